import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ColumnSpec, ComponentSpec, PortSpec } from '../../support/dtsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'
import { column, errorColumns, job, outcome } from './component-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = [
	{ id: 1n, name: 'Ann' },
	{ id: 2n, name: 'straße' },
	{ id: 3n, name: null },
	{ id: 4n, name: '' },
]

/** A synchronous component between the source and table `Out`. */
const between = (type: string, input: PortSpec, columns: readonly ColumnSpec[]): ComponentSpec => ({
	name: 'Step',
	type,
	inputs: [input],
	outputs: [
		{ id: 'st.out', attributes: { synchronousInputId: input.id }, columns },
		{ id: 'st.err', attributes: { isErrorOut: 'true', synchronousInputId: input.id }, columns: errorColumns('st') },
	],
})

const target = (name: string, lineages: Readonly<Record<string, Record<string, string | number>>>): ComponentSpec => ({
	name,
	type: 'Microsoft.OLEDBDestination',
	properties: { AccessMode: 0, OpenRowset: name },
	connections: ['DB'],
	inputs: [
		{
			id: `${name}.in`,
			columns: Object.keys(lineages).map((lineage) => ({
				id: `${name}.${lineage}`,
				lineage,
				name: lineage,
				attributes: { externalMetadataColumnId: `${name}/${lineage}` },
			})),
			external: Object.entries(lineages).map(([lineage, attributes]) => ({
				id: `${name}/${lineage}`,
				name: lineage.replace('s.', '').replace('st.', ''),
				attributes,
			})),
		},
	],
})

const text = { dataType: 'wstr', length: 50 }
const number = { dataType: 'i4' }

async function same(read: ReturnType<typeof job>) {
	const { expected, actual, script } = await runBoth(engine, read, { Src: rows })
	expect(actual, script).toEqual(expected)
	return actual
}

describe('components that pass rows on', () => {
	it('Character Map changes letter case in place and as a new column', async () => {
		const input = {
			id: 'st.in',
			columns: [
				{
					id: 'st.1',
					lineage: 's.name',
					name: 'name',
					attributes: { usageType: 'readWrite', truncationRowDisposition: 'FailComponent' },
					properties: { MapFlags: 256 },
				},
			],
		}
		const upper = column('st.up', 'up', 'wstr', { length: 50 }, { MapFlags: 512, InputColumnLineageID: '#{s.name}' })
		const step = between('Microsoft.CharacterMap', input, [upper])
		const read = job(
			[step, target('Out', { 's.name': text, 'st.up': text })],
			[
				['src', 'st.in'],
				['st.out', 'Out.in'],
			],
		)
		expect(outcome(read, 'Step')?.outcome).toBe('exact')
		expect(await same(read)).toEqual({
			Out: [
				'{"name":"","up":""}',
				'{"name":"ann","up":"ANN"}',
				'{"name":"straße","up":"STRAßE"}',
				'{"name":null,"up":null}',
			],
		})
	})

	it.each([
		[0x800, 'byte reversal'],
		[0x2000000, 'simplified Chinese'],
		[0x4000000, 'traditional Chinese'],
	])('Character Map refuses mappings whose tables are in no document: %s', (flags, reason) => {
		const mapped = column('st.up', 'up', 'wstr', { length: 50 }, { MapFlags: flags, InputColumnLineageID: '#{s.name}' })
		const read = job([between('Microsoft.CharacterMap', { id: 'st.in' }, [mapped])], [['src', 'st.in']])
		expect(outcome(read, 'Step')?.reason).toContain(reason)
	})

	it('Copy Column gives a column a second name', async () => {
		const copy = column('st.copy', 'copy', 'i4', {}, { CopyColumnId: '#{s.id}' })
		const step = between('Microsoft.CopyColumn', { id: 'st.in' }, [copy])
		const read = job(
			[step, target('Out', { 's.id': number, 'st.copy': number })],
			[
				['src', 'st.in'],
				['st.out', 'Out.in'],
			],
		)
		expect(outcome(read, 'Step')?.outcome).toBe('exact')
		expect(await same(read)).toEqual({ Out: [1, 2, 3, 4].map((id) => `{"id":${id},"copy":${id}}`) })
	})

	it('Audit writes facts of package, task and run; those of the run are a declared difference', async () => {
		const fact = (item: number, name: string, dataType = 'wstr') =>
			column(`st.${name}`, name, dataType, { length: 64 }, { LineageItemSelected: item })
		const facts = [fact(2, 'package'), fact(7, 'task'), fact(4, 'start', 'date'), fact(0, 'run')]
		const read = job(
			[
				between('Microsoft.Audit', { id: 'st.in' }, facts),
				target('Out', {
					's.id': number,
					'st.package': text,
					'st.task': text,
					'st.start': { dataType: 'date' },
					'st.run': text,
				}),
			],
			[
				['src', 'st.in'],
				['st.out', 'Out.in'],
			],
		)
		expect(outcome(read, 'Step')?.reason).toBe('RG-D032')
		const { expected, actual } = await runBoth(engine, read, { Src: [{ id: 1n, name: null }] })
		// The run's id is the one thing that both sides are given differently here.
		const start = '{"id":1,"package":"P","task":"Flow","start":"1970-01-01 00:00:00","run":'
		expect(actual).toEqual({ Out: [`${start}"test"}`] })
		expect(expected).toEqual({ Out: [`${start}""}`] })
	})

	it('Balanced Data Distributor deals rows to its outputs in turn', async () => {
		const step: ComponentSpec = {
			name: 'Step',
			type: 'Microsoft.BDD',
			inputs: [{ id: 'st.in' }],
			outputs: ['one', 'two', 'none'].map((id) => ({
				id,
				attributes: { synchronousInputId: 'st.in', exclusionGroup: 1 },
			})),
		}
		const read = job(
			[step, target('A', { 's.id': number }), target('B', { 's.id': number })],
			[
				['src', 'st.in'],
				['one', 'A.in'],
				['two', 'B.in'],
			],
		)
		expect(outcome(read, 'Step')?.reason).toBe('RG-D033')
		expect(await same(read)).toEqual({ A: ['{"id":1}', '{"id":3}'], B: ['{"id":2}', '{"id":4}'] })
	})
})
