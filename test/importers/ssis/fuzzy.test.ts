import { describe, expect, it } from 'vitest'
import type { ComponentSpec } from '../../support/dtsx-builder.ts'
import { column, job, names, operator, outcome, source } from './component-job.ts'

const people: ComponentSpec = {
	...source,
	outputs: [{ id: 'src', columns: [column('s.id', 'id', 'i4'), column('s.name', 'name', 'wstr', { length: 20 })] }],
}
const read = (component: ComponentSpec) => job([people, component], [['src', 'f.in']])

describe('Fuzzy Lookup', () => {
	const join = { JoinToReferenceColumn: 'full_name', JoinType: 2, MinSimilarity: 0.8, FuzzyComparisonFlags: 1 }
	const lookup = (own = {}, joined = {}): ComponentSpec => ({
		name: 'Find',
		type: 'Microsoft.FuzzyLookup',
		properties: {
			ReferenceTableName: '_x005B_dbo_x005D_._x005B_people_x005D_',
			MaxOutputMatchesPerInput: 3,
			MinSimilarity: '0.5',
			Delimiters: '_x0020_,.',
			ReferenceMetadataXml: '',
			...own,
		},
		connections: ['DB'],
		inputs: [
			{ id: 'f.in', columns: [{ id: 'f.name', lineage: 's.name', name: 'name', properties: { ...join, ...joined } }] },
		],
		outputs: [
			{
				id: 'f.out',
				columns: [
					column('o.name', 'name', 'wstr', { length: 20 }, { SourceInputColumnLineageID: '#{s.name}', ColumnType: 0 }),
					column('o.no', 'no', 'i4', {}, { CopyFromReferenceColumn: 'person_no', ColumnType: 0 }),
					column('o.sim', '_Similarity', 'r4', {}, { ColumnType: 1 }),
					column('o.conf', '_Confidence', 'r4', {}, { ColumnType: 2 }),
					column('o.each', '_Similarity_name', 'r4', {}, { SourceInputColumnLineageID: '#{s.name}', ColumnType: 3 }),
				],
			},
		],
	})

	it('takes columns of the rows that are most like a row, and tells how like they are', () => {
		const found = read(lookup())
		expect(outcome(found, 'Find')).toMatchObject({ outcome: 'declared', reason: 'RG-D140, RG-D003' })
		expect(operator(found, 'Find', 'similar-lookup')).toMatchObject({
			equal: [],
			similar: [
				{
					left: 'name',
					right: 'full_name',
					minimum: 0.8,
					caseless: true,
					separators: ',.',
					similarity: '_Similarity_name',
				},
			],
			minimum: 0.5,
			matches: 3,
			take: [{ name: 'no', side: 'right', column: 'person_no', whenMissing: null }],
		})
		expect(operator(found, 'Find#reference', 'read').source).toMatchObject({
			kind: 'table',
			table: { text: '[dbo].[people]' },
		})
	})

	it.each([
		[{}, { JoinType: 1 }, 'it compares no column by how like it is'],
		[{ MaxOutputMatchesPerInput: 0 }, {}, 'it gives no match'],
		[{ ReferenceTableName: '' }, {}, 'its reference table or connection is not there'],
	])('is opaque with %j, %j', (own, joined, reason) => {
		expect(outcome(read(lookup(own, joined)), 'Find')).toMatchObject({ outcome: 'opaque', reason })
	})
})

describe('Fuzzy Grouping', () => {
	const properties = { ToBeCleaned: 'true', ExactFuzzy: 2, MinSimilarity: 0, FuzzyComparisonFlags: 0 }
	const grouping = (own = {}): ComponentSpec => ({
		name: 'Group',
		type: 'Microsoft.FuzzyGrouping',
		properties: { MinSimilarity: '0,7', Delimiters: ' ,' },
		inputs: [
			{
				id: 'f.in',
				columns: [{ id: 'f.name', lineage: 's.name', name: 'name', properties: { ...properties, ...own } }],
			},
		],
		outputs: [
			{
				id: 'f.out',
				columns: [
					column('o.in', '_key_in', 'i4', {}, { ColumnType: 1, InputId: -1 }),
					column('o.key', '_key_out', 'i4', {}, { ColumnType: 2, InputId: -1 }),
					column('o.score', '_score', 'r4', {}, { ColumnType: 3, InputId: -1 }),
					column('o.name', 'name', 'wstr', { length: 20 }, { ColumnType: 5, InputId: '#{s.name}' }),
					column('o.clean', 'name_clean', 'wstr', { length: 20 }, { ColumnType: 6, InputId: '#{s.name}' }),
				],
			},
		],
	})

	it('groups rows, and the first of a group stands for it', () => {
		const found = read(grouping())
		expect(outcome(found, 'Group')).toMatchObject({ outcome: 'declared', reason: 'RG-D141' })
		expect(operator(found, 'Group', 'similar-group')).toMatchObject({
			similar: [{ column: 'name', minimum: 0, caseless: false, separators: ',' }],
			minimum: 0.7,
			leading: [{ name: 'name_clean', column: 'name' }],
		})
		expect(names(found, 'Group#columns')).toEqual(['id', 'name', '_key_in', '_key_out', '_score', 'name_clean'])
	})

	it('is opaque where the numbers around a text count', () => {
		expect(outcome(read(grouping({ LeadingTrailingNumeralsSignificant: 1 })), 'Group')?.reason).toBe(
			'the numbers around name have to be equal (LeadingTrailingNumeralsSignificant)',
		)
	})
})

describe('Term Extraction and Term Lookup', () => {
	const words = (own = {}): ComponentSpec => ({
		name: 'Words',
		type: 'Microsoft.TermExtraction',
		properties: {
			WordOrPhrase: 2,
			ScoreType: 1,
			FrequencyThreshold: 3,
			MaxLengthOfTerm: 4,
			IsCaseSensitive: 'false',
			...own,
		},
		inputs: [{ id: 'f.in', columns: [{ id: 'f.name', lineage: 's.name', name: 'name' }] }],
		outputs: [
			{
				id: 'f.out',
				columns: [column('o.term', 'Term', 'wstr', { length: 64 }), column('o.score', 'Score', 'r8')],
			},
		],
	})

	it('find terms with their scores', () => {
		const found = read(words())
		expect(outcome(found, 'Words')).toMatchObject({ outcome: 'declared', reason: 'RG-D144' })
		expect(operator(found, 'Words', 'term-extraction')).toMatchObject({
			text: 'name',
			finds: 'both',
			scoring: 'tfidf',
			least: 3,
			mostWords: 4,
			mostCharacters: 64,
		})
		expect(outcome(read(words({ NeedReferenceData: 'true' })), 'Words')?.reason).toBe(
			'it leaves out the terms of a table',
		)
	})

	it('count the terms of a table, beside the columns that pass', () => {
		const lookup: ComponentSpec = {
			name: 'Terms',
			type: 'Microsoft.TermLookup',
			properties: { RefTermTable: '[dbo].[terms]', RefTermColumn: 'word', IsCaseSensitive: 'true' },
			connections: ['DB'],
			inputs: [
				{
					id: 'f.in',
					columns: [
						{ id: 'f.id', lineage: 's.id', name: 'id', properties: { InputColumnType: 0 } },
						{ id: 'f.name', lineage: 's.name', name: 'name', properties: { InputColumnType: 1 } },
					],
				},
			],
			outputs: [
				{
					id: 'f.out',
					columns: [
						column('o.term', 'Term', 'wstr', { length: 64 }),
						column('o.times', 'Frequency', 'i4'),
						column('o.id', 'id', 'i4', {}, { CustomLineageID: '#{s.id}' }),
					],
				},
			],
		}
		const found = read(lookup)
		expect(outcome(found, 'Terms')).toMatchObject({ outcome: 'declared', reason: 'RG-D143' })
		expect(operator(found, 'Terms', 'term-lookup')).toMatchObject({
			text: 'name',
			caseless: false,
			list: 'word',
			term: 'Term',
			frequency: 'Frequency',
		})
		expect(names(found, 'Terms#columns')).toEqual(['id', 'name', 'Term', 'Frequency'])
	})
})
