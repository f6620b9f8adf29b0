/** Calls of every operation of the catalogue over seeded values: by kinds of arguments, by number of arguments, with constants. */
import { type Arguments, isTypeProblem, type Operation } from '#languages/catalogue.ts'
import type { Expression } from '#model/expressions.ts'
import type { DataType, TypeKind } from '#model/types.ts'
import { int, text } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { columnName, type ParityCase } from './parity.ts'
import { seededRows, typeOfKind, valuesOf } from './seeded-values.ts'

const ROWS = 48

/** Constants for parameters that must be constants, by operation and parameter. Every listed one is tried. */
export type LiteralSamples = Readonly<Record<string, Readonly<Record<string, readonly Value[]>>>>

/** Kinds for each argument: parameters with the same choice take the same kind, as operators demand. */
function signatures(operation: Operation, arity: number): readonly (readonly TypeKind[])[] {
	const parameters = Array.from(
		{ length: arity },
		(_none, at) => operation.parameters[Math.min(at, operation.parameters.length - 1)],
	)
	const widest = Math.max(1, ...parameters.map((parameter) => parameter?.kinds.length ?? 1))
	return Array.from({ length: widest }, (_none, choice) =>
		parameters.map((parameter) => parameter?.kinds[Math.min(choice, parameter.kinds.length - 1)] ?? 'string'),
	)
}

function arities(operation: Operation): readonly number[] {
	const least = operation.parameters.filter(
		(parameter) => parameter.optional !== true && parameter.variadic !== true,
	).length
	const most =
		operation.parameters.length + (operation.parameters.some((parameter) => parameter.variadic === true) ? 1 : 0)
	return Array.from({ length: most - least + 1 }, (_none, at) => least + at)
}

/** Every way to put constants where constants must stand. */
function literalChoices(
	operation: Operation,
	arity: number,
	samples: LiteralSamples,
): readonly ReadonlyMap<number, Value>[] {
	let choices: readonly ReadonlyMap<number, Value>[] = [new Map()]
	for (const [at, parameter] of operation.parameters.slice(0, arity).entries()) {
		if (parameter.literal !== true) continue
		const values = samples[operation.id]?.[parameter.name]
		if (values === undefined) throw new Error(`${operation.id} needs sample constants for its ${parameter.name}`)
		choices = choices.flatMap((chosen) => values.map((value) => new Map([...chosen, [at, value]])))
	}
	return choices
}

const literalType = (value: Value, kind: TypeKind): DataType =>
	typeof value === 'bigint' ? int(32) : typeof value === 'string' ? text() : typeOfKind[kind]

function caseOf(
	operation: Operation,
	kinds: readonly TypeKind[],
	constants: ReadonlyMap<number, Value>,
	seed: number,
): ParityCase | undefined {
	const types: DataType[] = []
	const args = kinds.map((kind, at): Expression => {
		const value = constants.get(at)
		if (value !== undefined) return { kind: 'literal', value, type: literalType(value, kind) }
		const type = kind === 'int' && at === 0 && seed % 2 === 1 ? int(64) : typeOfKind[kind]
		types.push(type)
		return { kind: 'column', name: columnName(types.length - 1), type }
	})
	const literals = args.map((argument) => (argument.kind === 'literal' ? argument.value : undefined))
	const type = operation.result(args.map((argument) => argument.type) as unknown as Arguments<DataType>, literals)
	if (isTypeProblem(type)) return undefined
	const shown = kinds.map((kind, at) =>
		constants.has(at)
			? JSON.stringify(constants.get(at), (_key, part: unknown) => (typeof part === 'bigint' ? String(part) : part))
			: kind,
	)
	return {
		name: `${operation.id}(${shown.join(', ')})`,
		expression: { kind: 'call', operation: operation.id, args, type },
		types,
		rows: types.length === 0 ? [[]] : seededRows(types, ROWS, seed),
	}
}

/** Constants that also are drawn for parameters that need none, because their Spark text differs then. */
function optionalConstants(
	operation: Operation,
	kinds: readonly TypeKind[],
	required: ReadonlyMap<number, Value>,
	seed: number,
): ReadonlyMap<number, Value> {
	const chosen = new Map(required)
	for (const [at, kind] of kinds.entries()) {
		if (at === 0 || chosen.has(at) || operation.parameters[at]?.literal === true) continue
		const values = valuesOf(kind === 'int' ? int(8) : typeOfKind[kind])
		chosen.set(at, values[(seed * 7 + at * 3) % values.length] ?? null)
	}
	return chosen
}

/** Parity cases of one operation. */
export function operationCases(operation: Operation, samples: LiteralSamples): readonly ParityCase[] {
	const cases: ParityCase[] = []
	for (const arity of arities(operation)) {
		for (const kinds of signatures(operation, arity)) {
			for (const constants of literalChoices(operation, arity, samples)) {
				for (const seed of [1, 2]) {
					const plain = caseOf(operation, kinds, constants, seed)
					const fixed =
						arity > 1 ? caseOf(operation, kinds, optionalConstants(operation, kinds, constants, seed), seed) : undefined
					cases.push(...[plain, fixed].filter((one) => one !== undefined))
				}
			}
		}
	}
	const known = new Set<string>()
	return cases.filter((one) => {
		const key = `${one.name} ${one.types.map((type) => JSON.stringify(type)).join()}`
		return known.has(key) ? false : known.add(key) !== undefined
	})
}
