/** Keys that compare as a database of the usual collation does. */
import type { KeyPair } from '#model/operators.ts'
import type { Row, Value } from '#model/values.ts'
import type { Ports } from '../context.ts'
import type { LegacyWay } from './switch.ts'

/** Key columns get a shadow without case and blanks at the end, by which rows are found. */
export const databaseCollation: LegacyWay = {
	kinds: ['lookup', 'slowly-changing'],
	run: (operator, inputs, context, run) => {
		if (operator.kind !== 'lookup' && operator.kind !== 'slowly-changing') return run(operator, inputs, context)
		const keys = operator.keys.map((key, index) => ({ ...key, left: shadow(index), right: shadow(index) }))
		const other = operator.kind === 'lookup' ? 'reference' : 'dimension'
		const shadowed = {
			...inputs,
			in: withShadows(inputs['in'] ?? [], operator.keys, 'left'),
			[other]: withShadows(inputs[other] ?? [], operator.keys, 'right'),
		}
		return withoutShadows(run({ ...operator, keys }, shadowed, context), keys)
	},
}

/** No column of a source has a name with a line feed. */
const shadow = (index: number): string => `key\n${index}`

const withShadows = (rows: readonly Row[], keys: readonly KeyPair[], side: 'left' | 'right'): readonly Row[] =>
	rows.map((row) => ({
		...row,
		...Object.fromEntries(keys.map((key, index) => [shadow(index), alike(row[key[side]] ?? null)])),
	}))

const alike = (value: Value): Value => (typeof value === 'string' ? value.trimEnd().toLowerCase() : value)

function withoutShadows(ports: Ports, keys: readonly KeyPair[]): Ports {
	const shadows = new Set(keys.map(({ left }) => left))
	const clean = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([name]) => !shadows.has(name)))
	return Object.fromEntries(Object.entries(ports).map(([port, rows]) => [port, rows.map(clean)]))
}
