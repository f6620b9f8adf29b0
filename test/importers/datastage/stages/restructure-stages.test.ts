import { describe, expect, it } from 'vitest'
import type { ColumnSpec, StageSpec, Values } from '../../../support/dsx-builder.ts'
import { importJob, operatorOf, packed } from '../../../support/dsx-builder.ts'

const number = (name: string, more: Values = {}): ColumnSpec => ({ name, sqlType: 4, more })
const word = (name: string, more: Values = {}): ColumnSpec => ({ name, precision: 10, more })
const inside = (column: ColumnSpec): ColumnSpec => ({ ...column, more: { ...column.more, LevelNo: '2' } })

/** A stage between two data sets, which may hold anything. */
function jobOf(
	type: string,
	properties: Values,
	arriving: readonly ColumnSpec[],
	leaving: readonly ColumnSpec[],
	target: StageSpec = { name: 'Out', type: 'PxDataSet' },
) {
	return importJob({
		stages: [{ name: 'In', type: 'PxDataSet' }, { name: 'S', type, properties }, target],
		links: [
			{ name: 'in', from: 'In', to: 'S', columns: arriving, outProperties: { dataset: '/data/in.ds' } },
			{ name: 'out', from: 'S', to: 'Out', columns: leaving, inProperties: { dataset: '/data/out.ds' } },
		],
	})
}

const reasonOf = (job: ReturnType<typeof jobOf>, stage: string): string | undefined =>
	job.accounting.find(({ name }) => name === stage)?.reason

describe('restructure stages stay opaque', () => {
	it.each<[string, string, Values, readonly ColumnSpec[], RegExp]>([
		['the columns are not there', 'PxMakeVect', { name: 'A' }, [number('A1')], /makes a vector of columns A0, A1/],
		[
			'the columns are of two types',
			'PxMakeVect',
			{ name: 'A' },
			[number('A0'), word('A1')],
			/A0 is int32 and A1 is string/,
		],
		['the name is taken', 'PxMakeVect', { name: 'A' }, [number('A0'), number('A')], /has a column A already/],
		[
			'the length varies',
			'PxSplitVect',
			{ name: 'A' },
			[number('A', { OccursVarying: '1' })],
			/differs from row to row/,
		],
		['there is no vector', 'PxSplitVect', { name: 'A' }, [number('A')], /A is no vector/],
		['there is no sub-record', 'PxPromoteSubRec', { subrecname: 'A' }, [number('A')], /A is no sub-record/],
		[
			'a field has the name of a column',
			'PxPromoteSubRec',
			{ subrecname: 'R' },
			[number('A'), word('R'), inside(number('A'))],
			/has a column A already/,
		],
		[
			'a sub-record is no vector',
			'PxSplitSubRec',
			{ subrecname: 'R' },
			[word('R'), inside(number('A'))],
			/Promote Subrecord/,
		],
		['no key is named', 'PxCombineRecords', { subrecname: 'R' }, [number('A')], /has no key/],
		['no sub-record is named', 'PxCombineRecords', { key: packed(['key', 'A']) }, [number('A')], /names no column/],
		[
			'the sub-record is tagged',
			'PxCopy',
			{},
			[word('R', { TaggedSubrec: '1' }), inside(number('A'))],
			/tagged sub-record/,
		],
		[
			'the stage takes none',
			'PxChecksum',
			{},
			[number('A', { Occurs: '3' })],
			/its column A is a vector.*split it before this stage/,
		],
	])('because %s', (_why, type, properties, columns, reason) => {
		const job = jobOf(type, properties, columns, columns)
		expect(reasonOf(job, type === 'PxCopy' ? 'In' : 'S')).toMatch(reason)
	})

	it('as does a text file for a vector', () => {
		const columns = [number('A', { Occurs: '3' })]
		const job = jobOf('PxCopy', {}, columns, columns, { name: 'Out', type: 'PxSequentialFile' })
		expect(reasonOf(job, 'S')).toBeUndefined()
		expect(reasonOf(job, 'Out')).toMatch(/its column A is a vector/)
	})
})

describe('columns with level numbers', () => {
	it('belong to the column above them, to any depth', () => {
		const deep = { ...number('B'), more: { LevelNo: '3' } }
		const columns = [word('R'), inside(word('S', { Occurs: '2' })), deep, inside(number('C')), number('D')]
		const job = jobOf('PxCopy', {}, columns, columns)
		expect(job.flows[0]?.links[0]?.schema.columns.map(({ name, type }) => [name, type.kind])).toEqual([
			['R', 'record'],
			['D', 'int'],
		])
		expect(job.flows[0]?.links[0]?.schema.columns[0]?.type).toMatchObject({
			fields: [{ name: 'S', type: { kind: 'vector', length: 2, element: { fields: [{ name: 'B' }] } } }, { name: 'C' }],
		})
	})

	it('say nothing in a Complex Flat File', () => {
		const columns = [word('R'), inside(number('A'))]
		const job = importJob({
			stages: [
				{ name: 'In', type: 'PxCFF' },
				{ name: 'Out', type: 'PxDataSet' },
			],
			links: [{ name: 'in', from: 'In', to: 'Out', columns, inProperties: { dataset: '/data/out.ds' } }],
		})
		expect(job.flows[0]?.links[0]?.schema.columns.map(({ name }) => name)).toEqual(['R', 'A'])
	})
})

it('Combine Records keeps the first spelling of a key that is compared without letter case', () => {
	const job = jobOf(
		'PxCombineRecords',
		{ key: packed(['key', 'A', ['ci\\cs', 'ci']]), subrecname: 'R', toplevelkeys: 'toplevelkeys' },
		[word('A'), number('B')],
		[word('A'), word('R')],
	)
	expect(operatorOf(job, 'S', 'gather')).toMatchObject({
		keys: [{ column: 'A', collation: 'caseless' }],
		passes: ['A'],
		fields: [{ name: 'B' }],
		into: 'R',
	})
})
