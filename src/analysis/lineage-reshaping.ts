/** Lineage of operators that make rows of columns and columns of rows, and of those that compare two states of rows. */

import type { ChangeApplyOperator, ChangeCaptureOperator, ChangeTake, SlowlyChangingOperator } from '#model/changes.ts'
import type { ChecksumOperator } from '#model/checksum.ts'
import type { DimensionColumn, MaintainDimensionOperator } from '#model/dimension.ts'
import { columnBehind } from '#model/dimension.ts'
import { valueText } from '#model/json-values.ts'
import type { GatherOperator, SpreadOperator } from '#model/nesting.ts'
import type { KeyPair } from '#model/operator-base.ts'
import type { PivotOperator, PivotTake, UnpivotOperator } from '#model/reshaping.ts'
import type { ColumnStep, Known, Lineage } from './lineage-set.ts'
import { after, lookUp, together } from './lineage-set.ts'

type Entry = readonly [string, Lineage]

/** Each column is the value of one row of the group. */
export function pivoted({ id, columns, pivotKey, keys }: PivotOperator, input: Known): readonly Entry[] {
	return columns.map(({ name, take }) => {
		const value = lookUp(input, take.column)
		if (take.kind === 'first' && keys.some(({ column }) => column === take.column)) return [name, value]
		const which = chosenRow(take, pivotKey?.column ?? '')
		return [name, after(value, { operator: id, column: name, how: { kind: 'chosen', which } })]
	})
}

function chosenRow(take: PivotTake, pivotKey: string): string {
	switch (take.kind) {
		case 'first':
			return `${take.column} of the first row of the group`
		case 'place':
			return `${take.column} of row ${take.place + 1} of the group`
		case 'value':
			return `${take.column} where ${pivotKey} is ${take.value === null ? 'null' : valueText(take.value)}`
	}
}

/** The vector holds the values of all rows of a key. */
export function gathered({ id, passes, fields, into }: GatherOperator, input: Known): readonly Entry[] {
	const which = `${fields.map(({ name }) => name).join(', ')} of each row of the key`
	const all = together(fields.map(({ name }) => lookUp(input, name)))
	return [
		...passes.map((name): Entry => [name, lookUp(input, name)]),
		[into, after(all, { operator: id, column: into, how: { kind: 'chosen', which } })],
	]
}

/** Which of the columns that a vector was made of a field was is not followed. */
export function spread({ id, from, passes, fields }: SpreadOperator, input: Known): readonly Entry[] {
	const vector = lookUp(input, from)
	return [
		...passes.map((name): Entry => [name, lookUp(input, name)]),
		...fields.map(({ name }): Entry => {
			const which = `${name} of each record of ${from}`
			return [name, after(vector, { operator: id, column: name, how: { kind: 'chosen', which } })]
		}),
	]
}

/** A made column takes the value of another input column on each row. */
export function unpivoted({ id, passes, made, key, index, rows }: UnpivotOperator, input: Known): readonly Entry[] {
	const passing = passes.map((name): Entry => [name, lookUp(input, name)])
	const taken = made.map(({ name }, place): Entry => {
		const from = rows.flatMap((row) => row.from[place] ?? [])
		const which = `a row for each of ${from.join(', ')}`
		return [
			name,
			after(together(from.map((column) => lookUp(input, column))), {
				operator: id,
				column: name,
				how: { kind: 'chosen', which },
			}),
		]
	})
	const nothing: Lineage = { origins: [], steps: [] }
	const named: readonly Entry[] =
		key === undefined
			? []
			: [
					[
						key.name,
						after(nothing, { operator: id, column: key.name, how: { kind: 'made', what: 'name of a column' } }),
					],
				]
	const numbered: readonly Entry[] =
		index === undefined
			? []
			: [[index, after(nothing, { operator: id, column: index, how: { kind: 'made', what: 'number' } })]]
	return [...passing, ...taken, ...named, ...numbered]
}

/** A column comes from the row after, for deleted rows from the one before. */
export function captured({ id, columns }: ChangeCaptureOperator, before: Known, after: Known): readonly Entry[] {
	return columns.map(({ name, take }) => [name, captureLineage(id, name, take, before, after)])
}

function captureLineage(id: string, name: string, take: ChangeTake, before: Known, after: Known): Lineage {
	switch (take.kind) {
		case 'code':
			return step(id, name, { kind: 'made', what: 'code of the change' })
		case 'before':
			return lookUp(before, take.column)
		case 'after':
			return lookUp(after, take.column)
		case 'current':
			return together([lookUp(after, take.after), lookUp(before, take.before)])
	}
}

/** A column comes from the row before or from its change. */
export function changed({ columns }: ChangeApplyOperator, before: Known, changes: Known): readonly Entry[] {
	return columns.map((column) => [
		column.name,
		together([lookUp(before, column.before), lookUp(changes, column.change)]),
	])
}

/** Whether there is a version hangs on the keys, whether it differs on the attributes too. */
export function compared(operator: SlowlyChangingOperator, input: Known, dimension: Known): readonly Entry[] {
	const pairs = (all: readonly KeyPair[]): Lineage =>
		together(all.flatMap(({ left, right }) => [lookUp(input, left), lookUp(dimension, right)]))
	const entry = (name: string, all: readonly KeyPair[]): Entry => [
		name,
		after(pairs(all), {
			operator: operator.id,
			column: name,
			how: { kind: 'made', what: 'comparison with the dimension' },
		}),
	]
	const { keys, found, changes } = operator
	return [entry(found, keys), ...changes.map(({ name, values }) => entry(name, [...keys, ...values]))]
}

const step = (operator: string, column: string, how: ColumnStep['how']): Lineage =>
	after({ origins: [], steps: [] }, { operator, column, how })

/** A column of the dimension comes from the input, or stays as it was. */
export function maintained(
	{ id, columns, take, begun }: MaintainDimensionOperator,
	input: Known,
	dimension: Known,
): { readonly changes: readonly Entry[]; readonly out: readonly Entry[] } {
	const lineage = ({ name, value, ended }: DimensionColumn, column: string): Entry => {
		const sources = [columnBehind(value), ...(ended === undefined ? [] : [ended])].map((one) => lookUp(input, one))
		const how =
			value.kind === 'next-key'
				? ({ kind: 'made', what: 'number' } as const)
				: ({ kind: 'chosen', which: 'the current row of the dimension' } as const)
		return [column, after(together([...sources, lookUp(dimension, name)]), { operator: id, column, how })]
	}
	const taken = take.flatMap(({ name, column }) => {
		const one = columns.find((other) => other.name === column)
		return one === undefined ? [] : [lineage(one, name)]
	})
	const counted = { operator: id, column: begun ?? '', how: { kind: 'made', what: 'number' } } as const
	const numbers: readonly Entry[] = begun === undefined ? [] : [[begun, after(together([]), counted)]]
	return { changes: columns.map((one) => lineage(one, one.name)), out: [...taken, ...numbers] }
}

/** A hash is made of all the columns that it covers. */
export function hashed({ id, column, inputs, algorithm }: ChecksumOperator, input: Known): Entry {
	const how = { kind: 'chosen' as const, which: `${algorithm} of ${inputs.join(', ')}` }
	const all = together(inputs.map((name) => lookUp(input, name)))
	return [column.name, after(all, { operator: id, column: column.name, how })]
}
