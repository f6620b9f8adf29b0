/** Operations of the parallel engine that mean the same in BASIC, to the last null. */
import type { Operation } from '../catalogue.ts'
import { parallelOperations } from '../datastage-parallel/operations.ts'

const operations: ReadonlyMap<string, Operation> = new Map(parallelOperations.map((entry) => [entry.id, entry]))

/** @throws Error for an id that the parallel engine's table does not have. */
export function parallelOperation(id: string): Operation {
	const found = operations.get(id)
	if (found === undefined) throw new Error(`no operation has the id ${id}`)
	return found
}
