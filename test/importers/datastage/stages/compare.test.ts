/** IBM: Compare stage. Its rows leave as sub-records, which Filter, Modify and Promote Subrecord go on with. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ColumnSpec, LinkSpec, StageSpec, Values } from '../../../support/dsx-builder.ts'
import {
	importJob,
	operatorOf,
	outcomeOf,
	packed,
	reads,
	source,
	target,
	writes,
} from '../../../support/dsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'

const format = { SchemaFormat: "final_delim=end, delim=',', null_field='~', quote=none" }
const old: readonly ColumnSpec[] = [
	{ name: 'ID', sqlType: 4 },
	{ name: 'AMOUNT', sqlType: 3, precision: 7, scale: 2, nullable: true },
]
const young: readonly ColumnSpec[] = [
	{ name: 'ID', sqlType: -5 },
	{ name: 'AMOUNT', sqlType: 3, precision: 7, scale: 2, nullable: true },
]
const inside = (name: string, sqlType: number, more: Values = {}): ColumnSpec => ({
	name,
	sqlType,
	...(sqlType === 3 ? { precision: 7, scale: 2, nullable: true } : {}),
	more: { LevelNo: '3', ...more },
})
const parent = (name: string): ColumnSpec => ({ name, sqlType: 0 })
const result: ColumnSpec = { name: 'result', sqlType: -6 }

/** Two files into a Compare stage, its rows through `stages` one after the other into a file. */
function compared(
	properties: Values,
	stages: readonly StageSpec[],
	columns: readonly (readonly ColumnSpec[])[],
	end: StageSpec = target('Out'),
) {
	const all: readonly StageSpec[] = [{ name: 'S', type: 'PxCompare', properties }, ...stages, end]
	const links = all.slice(1).map((stage, at): LinkSpec => {
		const own = columns[at]
		return {
			name: `link${at}`,
			from: all[at]?.name ?? '',
			to: stage.name,
			...(own === undefined ? {} : { columns: own }),
			...(stage === end ? { inProperties: writes('/out'), inMeta: format } : {}),
		}
	})
	return importJob({
		stages: [source('Old'), source('New'), ...all],
		links: [
			{ name: 'o', from: 'Old', to: 'S', columns: old, outProperties: reads('/old'), outMeta: format },
			{ name: 'n', from: 'New', to: 'S', columns: young, outProperties: reads('/new'), outMeta: format },
			...links,
		],
	})
}

const keys = { field: packed(['field', 'ID']) }
const promote = (name: string, subrecname: string): StageSpec => ({
	name,
	type: 'PxPromoteSubRec',
	properties: { subrecname },
})
const filter: StageSpec = {
	name: 'Differing',
	type: 'PxFilter',
	properties: { where: packed(['where', 'first.amount <> second.AMOUNT OR result <> 0']) },
}
const modify = (written: string): StageSpec => ({
	name: 'Renamed',
	type: 'PxModify',
	properties: { modifyspec: packed(['modifyspec', written, ['specsuffix', ';']]) },
})
const renamed = modify('DROP second.ID; second.AMOUNT2=second.amount')

describe('Compare', () => {
	const engine = startSpark()
	beforeAll(() => warmUp(engine))
	afterAll(() => engine.close())

	it('gives the rows that it compares as sub-records, whose fields later stages name', async () => {
		const job = compared(
			keys,
			[filter, renamed, promote('One', 'first'), promote('Two', 'second')],
			[[], [], [], [], [result, ...old, { ...young[1], name: 'AMOUNT2' }]],
		)
		for (const stage of ['S', 'Differing', 'Renamed', 'One', 'Two']) expect(outcomeOf(job, stage)).toBe('exact')
		const inputs = {
			Old: '1,1.00\n2,2.00\n3,3.00\n5,~\n6,6.50\n',
			New: '1,1.00\n2,2.50\n4,3.00\n5,0.00\n',
		}
		const { expected, actual, script } = await runBoth(engine, job, inputs)
		expect(actual, script).toEqual(expected)
		// 2: an amount differs; 3 is less than 4; 5: a null differs from 0; 6 has no counterpart, whose amount is null.
		expect(expected).toEqual({
			Out: ['-1,3, 00003.00, 00003.00', '0,2, 00002.00, 00002.50', '0,5,~, 00000.00', '2,6, 00006.50,~'],
		})
	})

	it('knows sub-records that a link defines by columns called first.ID below first', () => {
		const columns = [
			result,
			parent('first'),
			inside('first.ID', 4),
			inside('first.AMOUNT', 3),
			parent('second'),
			inside('second.ID', -5),
			inside('second.AMOUNT', 3),
		]
		const job = compared(keys, [promote('One', 'second')], [columns, [result, ...young]])
		expect(outcomeOf(job, 'S')).toBe('exact')
		expect(outcomeOf(job, 'One')).toBe('exact')
		const fields = job.flows[0]?.links.find(({ to }) => to.operator.startsWith('One'))?.schema.columns
		expect(fields?.map(({ name, type }) => [name, type.kind])).toEqual([
			['result', 'int'],
			['first', 'record'],
			['second', 'record'],
		])
	})

	it('makes no sub-records where the link asks for the code alone', () => {
		const job = compared(keys, [], [[result]])
		expect(operatorOf(job, 'S', 'join')).toMatchObject({ how: 'full', keys: [{ left: 'place', right: 'place' }] })
		expect(operatorOf(job, 'S#result', 'project').columns.map(({ name }) => name)).toEqual(['result'])
	})

	it('stays opaque where it ends the job at a difference', () => {
		const job = compared({ ...keys, abortOnDifference: 'abortOnDifference' }, [], [[result]])
		expect(outcomeOf(job, 'S')).toContain('opaque: it ends the job at the first difference')
	})
})

describe('Modify refuses', () => {
	it.each([
		['a field that is not there', 'drop second.GONE', 'the field second.GONE, which its input does not have'],
		['fields of a plain column', 'drop result.X', 'of which nothing tells that it is a sub-record'],
		['a field that is kept', 'keep second.ID', 'the column second.ID, which its input does not have'],
		['a field that leaves its sub-record', 'X = second.ID', 'cannot be read'],
	])('%s', (_what, written, reason) => {
		const job = compared(keys, [modify(written)], [[], []], { name: 'Out', type: 'PxDataSet' })
		expect(outcomeOf(job, 'Renamed')).toContain(reason)
	})
})
