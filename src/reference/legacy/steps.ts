/** Single steps that the old job does in another way. */
import type { SpreadFunction } from '#model/operators.ts'
import type { Row } from '#model/values.ts'
import { isError } from '#model/values.ts'
import { coerceNumber } from '../numbers.ts'
import type { LegacyWay } from './switch.ts'

/** The number of its turn sends a row to an output; in one buffer it is the first turn of all. */
export const oneBuffer: LegacyWay = {
	kinds: ['number'],
	run: (operator, inputs, context, run) =>
		run(operator.kind === 'number' ? { ...operator, step: 0n } : operator, inputs, context),
}

export const otherDraws: LegacyWay = {
	kinds: ['sample'],
	run: (operator, inputs, context, run) =>
		run('seed' in operator ? { ...operator, seed: operator.seed + 1 } : operator, inputs, context),
}

export const firstKey: LegacyWay = {
	kinds: ['unpivot'],
	run: (operator, inputs, context, run) => {
		const ports = run(operator, inputs, context)
		if (operator.kind !== 'unpivot' || operator.key === undefined) return ports
		const { name } = operator.key
		const key = operator.rows[0]?.key ?? null
		return { ...ports, out: (ports['out'] ?? []).map((row) => (row[name] === null ? { ...row, [name]: key } : row)) }
	},
}

export const plainCurrency: LegacyWay = {
	kinds: ['checksum'],
	run: (operator, inputs, context, run) =>
		run(operator.kind === 'checksum' ? { ...operator, trimmed: [] } : operator, inputs, context),
}

const dividing: ReadonlySet<string> = new Set<SpreadFunction>(['variance', 'deviation', 'standard-error', 'variation'])

export const spreadOfOneNull: LegacyWay = {
	kinds: ['aggregate'],
	run: (operator, inputs, context, run) => {
		if (operator.kind !== 'aggregate') return run(operator, inputs, context)
		const measures = operator.measures.map((one) => (dividing.has(one.function) ? { ...one, whenEmpty: null } : one))
		return run({ ...operator, measures }, inputs, context)
	},
}

/** The step behind a group only brings its results to the scale that is wanted: row by row, none is lost. */
export const halfRounded: LegacyWay = {
	kinds: ['project'],
	run: (operator, inputs, context, run) => {
		const ports = run(operator, inputs, context)
		const exact = inputs['in'] ?? []
		const out = ports['out'] ?? []
		if (operator.kind !== 'project' || out.length !== exact.length) return ports
		const results = operator.columns.filter(({ type }) => type.kind === 'decimal')
		const rounded = (row: Row, index: number): Row => ({
			...row,
			...Object.fromEntries(
				results.flatMap(({ name, type }) => {
					const value = coerceNumber(exact[index]?.[name] ?? null, type)
					return isError(value) ? [] : [[name, value]]
				}),
			),
		})
		return { ...ports, out: out.map(rounded) }
	},
}
