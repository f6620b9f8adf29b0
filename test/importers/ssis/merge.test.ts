import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ComponentSpec, PortSpec } from '../../support/dtsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'
import { column, job, operator, outcome, source } from './component-job.ts'

const other: ComponentSpec = {
	...source,
	name: 'Other',
	properties: { AccessMode: 0, OpenRowset: '[dbo].[Older]' },
	outputs: [{ id: 'oth', columns: [column('o.key', 'key', 'i4', { sortKeyPosition: 1 })] }],
}
const input = (id: string, columns: Readonly<Record<string, string>>): PortSpec => ({
	id,
	columns: Object.entries(columns).map(([lineage, to]) => ({
		id: `${id}.${lineage}`,
		lineage,
		name: lineage,
		properties: { OutputColumnLineageID: `#{${to}}` },
	})),
})
const merge: ComponentSpec = {
	name: 'Merge',
	type: 'Microsoft.Merge',
	inputs: [input('m.1', { 's.id': 'm.id', 's.name': 'm.name' }), input('m.2', { 'o.key': 'm.id' })],
	outputs: [
		{
			id: 'm.out',
			columns: [column('m.id', 'id', 'i4', { sortKeyPosition: 1 }), column('m.name', 'name', 'wstr', { length: 10 })],
		},
	],
}
const target: ComponentSpec = {
	name: 'Out',
	type: 'Microsoft.RecordsetDestination',
	properties: { VariableName: 'User::Rows' },
	inputs: [
		{
			id: 'r',
			columns: ['m.id', 'm.name'].map((lineage) => ({ id: `r.${lineage}`, lineage, name: lineage.slice(2) })),
		},
	],
}
const read = (second = other) =>
	job(
		[second, merge, target],
		[
			['src', 'm.1'],
			['oth', 'm.2'],
			['m.out', 'r'],
		],
		`<DTS:Variables><DTS:Variable DTS:Namespace="User" DTS:ObjectName="Rows"><DTS:VariableValue DTS:DataType="13"/></DTS:Variable></DTS:Variables>`,
	)

describe('Merge', () => {
	it('keeps the order of its sorted inputs; a column that one input lacks is null', () => {
		expect(operator(read(), 'Merge', 'union')).toMatchObject({
			how: 'sorted',
			keys: [{ column: 'id', direction: 'ascending', nulls: 'first' }],
			columns: [{ from: ['id', 'key'] }, { from: ['name', null] }],
		})
	})

	it('is given up where the inputs are not sorted by what it merges', () => {
		const unsorted = { ...other, outputs: [{ id: 'oth', columns: [column('o.key', 'key', 'i4')] }] }
		expect(outcome(read(unsorted), 'Merge')?.reason).toBe('its inputs are not sorted by columns that it merges')
	})
})

describe('on Spark', () => {
	const engine = startSpark()
	beforeAll(() => warmUp(engine))
	afterAll(() => engine.close())

	it('gives the rows of both inputs in their common order', async () => {
		const rows = {
			Src: [1n, 3n, 5n].map((id) => ({ id, name: `n${id}` })),
			Other: [null, 2n, 3n].map((key) => ({ key })),
		}
		const { expected, actual, script } = await runBoth(engine, read(), rows, { ordered: true })
		expect(actual, script).toEqual(expected)
		expect(outIds(actual)).toEqual([null, '1', '2', '3', '3', '5'])
	})
})

/** What the rows of `Out` have as id, in order. */
function outIds(written: Readonly<Record<string, unknown>>): readonly unknown[] {
	const { Out: lines } = written
	return Array.isArray(lines) ? lines.map((line) => /"id":(?:"?(\d+)"?|null)/.exec(String(line))?.[1] ?? null) : []
}
