/** Every operation and conversion there is. A new one is a line in its language's table; ids derive from the tables. */
import type { Conversion, Operation } from './catalogue.ts'
import { basicConversions } from './datastage-basic/conversions.ts'
import { basicOperations } from './datastage-basic/operations.ts'
import { parallelConversions } from './datastage-parallel/conversions.ts'
import { parallelOperations } from './datastage-parallel/operations.ts'
import { sharedOperations } from './shared/operations.ts'
import { ssisConversions } from './ssis/conversions.ts'
import { ssisOperations } from './ssis/operations.ts'

const operations: ReadonlyMap<string, Operation> = index([
	...sharedOperations,
	...ssisOperations,
	...parallelOperations,
	...basicOperations,
])
const conversions: ReadonlyMap<string, Conversion> = index([
	...ssisConversions,
	...parallelConversions,
	...basicConversions,
])

function index<T extends { readonly id: string }>(entries: readonly T[]): ReadonlyMap<string, T> {
	const map = new Map<string, T>()
	for (const entry of entries) {
		if (map.has(entry.id)) throw new Error(`the catalogue has two entries with the id ${entry.id}`)
		map.set(entry.id, entry)
	}
	return map
}

/** @throws Error for an id that no table has: lowering must not make such expressions. */
export function operation(id: string): Operation {
	const entry = operations.get(id)
	if (entry === undefined) throw new Error(`no operation has the id ${id}`)
	return entry
}

/** @throws Error for an id that no table has. */
export function conversion(id: string): Conversion {
	const entry = conversions.get(id)
	if (entry === undefined) throw new Error(`no conversion has the id ${id}`)
	return entry
}

export function allOperations(): readonly Operation[] {
	return [...operations.values()]
}

export function allConversions(): readonly Conversion[] {
	return [...conversions.values()]
}
