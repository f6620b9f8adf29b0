import { describe, expect, it } from 'vitest'
import type { ColumnSpec, JobSpec, LinkSpec, StageSpec, Values } from '../../../support/dsx-builder.ts'
import {
	importJob,
	operatorOf,
	outcomeOf,
	packed,
	reads,
	source,
	target,
	wires,
	writes,
} from '../../../support/dsx-builder.ts'

const columns: readonly ColumnSpec[] = [
	{ name: 'K', sqlType: 4 },
	{ name: 'T', precision: 10 },
]

/** In → stage → Out. */
function through(
	stage: StageSpec,
	options: { readonly in?: Partial<LinkSpec>; readonly out?: Partial<LinkSpec> } = {},
): JobSpec {
	return {
		stages: [source('In'), stage, target('Out')],
		links: [
			{ name: 'a', from: 'In', to: stage.name, columns, outProperties: reads('/in'), ...options.in },
			{ name: 'b', from: stage.name, to: 'Out', columns, inProperties: writes('/out'), ...options.out },
		],
	}
}

describe('stages that pack records and unpack them', () => {
	const pair = (packs: StageSpec, unpacks: StageSpec): JobSpec => ({
		stages: [source('In'), packs, unpacks, target('Out')],
		links: [
			{ name: 'a', from: 'In', to: packs.name, columns, outProperties: reads('/in') },
			{ name: 'p', from: packs.name, to: unpacks.name, columns: [{ name: 'raw', sqlType: -3, precision: 100 }] },
			{ name: 'b', from: unpacks.name, to: 'Out', columns, inProperties: writes('/out') },
		],
	})
	const stage = (name: string, type: string, command = ''): StageSpec => ({ name, type, properties: { command } })

	it.each([
		['PxEncode', 'gzip -9', 'PxDecode', 'gzip -d'],
		['PxEncode', 'compress', 'PxDecode', 'uncompress'],
		['PxCompress', 'gzip', 'PxExpand', 'gzip'],
		['PxCompress', '', 'PxExpand', 'compress'],
	])('%s by "%s" and %s by "%s" change nothing', (packs, command, unpacks, other) => {
		const job = importJob(pair(stage('P', packs, command), stage('U', unpacks, other)))
		expect(wires(job)).toContain('In#convert.out > Out#text.in')
		expect([outcomeOf(job, 'P'), outcomeOf(job, 'U')]).toEqual(['exact', 'exact'])
	})

	it('are given up where one does not undo the other, or stands alone', () => {
		const job = importJob(pair(stage('P', 'PxEncode', 'gzip'), stage('U', 'PxDecode', 'base64 -d')))
		expect(outcomeOf(job, 'P')).toBe('opaque: whether it and U undo each other cannot be told from their commands')
		expect(outcomeOf(job, 'U')).toBe('opaque: whether it and P undo each other cannot be told from their commands')
		expect(outcomeOf(importJob(through(stage('P', 'PxCompress'))), 'P')).toContain('no stage of the job unpacks them')
		expect(outcomeOf(importJob(through(stage('U', 'PxExpand'))), 'U')).toContain('which no stage of the job has packed')
	})
})

describe('Copy', () => {
	it('leaves no operator behind when nothing changes', () => {
		const job = importJob(through({ name: 'Cp', type: 'PxCopy' }))
		expect(wires(job)).toContain('In#convert.out > Out#text.in')
		expect(outcomeOf(job, 'Cp')).toBe('exact')
	})

	it('renames, drops and converts', () => {
		const out = [{ name: 'N', sqlType: -5, derivation: 'a.K' }]
		const { columns: mapped } = operatorOf(
			importJob(through({ name: 'Cp', type: 'PxCopy' }, { out: { columns: out } })),
			'Cp#b',
			'project',
		)
		expect(mapped).toMatchObject([
			{
				name: 'N',
				type: { bits: 64 },
				value: { text: 'a.K', expression: { kind: 'cast', rule: 'datastage.implicit', operand: { name: 'K' } } },
			},
		])
	})

	it('ends the job on a null for a column that takes none', () => {
		const job = importJob(
			through(
				{ name: 'Cp', type: 'PxCopy' },
				{ in: { columns: [{ name: 'T', nullable: true }] }, out: { columns: [{ name: 'T' }] } },
			),
		)
		expect(operatorOf(job, 'Cp#b', 'project').columns[0]?.onNull).toEqual({ kind: 'fail' })
	})

	it('lets unnamed columns travel along where columns propagate', () => {
		const job = importJob(
			through(
				{ name: 'Cp', type: 'PxCopy' },
				{ out: { columns: [{ name: 'N', sqlType: 4, derivation: 'a.K' }], inMeta: { RTColumnProp: '1' } } },
			),
		)
		expect(operatorOf(job, 'Cp#b', 'project').columns.map(({ name }) => name)).toEqual(['N', 'T'])
	})

	it('is opaque when a column comes from nowhere', () => {
		const job = importJob(
			through({ name: 'Cp', type: 'PxCopy' }, { out: { columns: [{ name: 'N', derivation: 'a.MISSING' }] } }),
		)
		expect(outcomeOf(job, 'Cp')).toBe('opaque: the column N of link b comes from no column of the input')
	})
})

describe('Sort', () => {
	const sort = (properties: Values): StageSpec => ({ name: 'So', type: 'PxSort', properties })

	it('has keys with order, nulls and letter case, and a key change column', () => {
		const keys = packed(['key', 'k', ['asc\\desc', 'desc'], ['nulls', 'last']], ['key', 'T', ['ci\\cs', 'ci']])
		const out = [...columns, { name: 'CHANGED', sqlType: -6, derivation: 'KeyChange()' }]
		const job = importJob(
			through(sort({ key: keys, stable: 'stable', unique: ' ', flagKey: 'flagKey' }), { out: { columns: out } }),
		)
		expect(operatorOf(job, 'So', 'sort')).toMatchObject({
			keys: [
				{ column: 'K', direction: 'descending', nulls: 'last', collation: 'binary' },
				{ column: 'T', direction: 'ascending', nulls: 'first', collation: 'caseless' },
			],
			stable: true,
			unique: false,
			keyChange: 'keyChange',
		})
		expect(operatorOf(job, 'So#b', 'project').columns.at(-1)).toMatchObject({
			name: 'CHANGED',
			value: { expression: { name: 'keyChange' } },
		})
		expect(outcomeOf(job, 'So')).toBe('exact')
	})

	it('keeps one row of a key when duplicates are not allowed', () => {
		const job = importJob(through(sort({ key: packed(['key', 'K']), stable: ' ', unique: 'unique' })))
		expect(operatorOf(job, 'So', 'sort')).toMatchObject({ stable: false, unique: true, differences: ['RG-D001'] })
	})

	it('numbers the groups of keys that it takes as grouped already, in the order in which they come', () => {
		const job = importJob(through(sort({ key: packed(['key', 'K', ['sorted\\clustered', 'clustered']]) })))
		expect(operatorOf(job, 'So#clusters', 'stateful').variables.map(({ name }) => name)).toEqual([
			'cluster',
			'K_before',
		])
		expect(outcomeOf(job, 'So')).toBe('declared: RG-D008: So takes its rows as grouped by K')
	})

	it.each([
		['EBCDIC', { key: packed(['key', 'K', ['ebcdic', 'ebcdic']]) }, 'the key K sorts as EBCDIC'],
		['an unknown key', { key: packed(['key', 'X']) }, 'it names the column X, which its input does not have'],
		['no key', {}, 'it has no key'],
	])('is opaque with %s', (_what, properties, reason) => {
		expect(outcomeOf(importJob(through(sort(properties as Values))), 'So')).toBe(`opaque: ${reason}`)
	})
})

describe('a sort on a link', () => {
	it('stands before the stage; unique keeps the first row of a key', () => {
		const inMeta = {
			'Part/Col': 'hash -key K',
			Sort: 'tsort -key K -cs -asc -nulls first -key T -ci -desc',
			SortAdv: '-unique',
		}
		const job = importJob(through({ name: 'Cp', type: 'PxCopy' }, { in: { inMeta } }))
		expect(operatorOf(job, 'Cp#sort a', 'sort')).toMatchObject({
			unique: true,
			stable: true,
			keys: [
				{ column: 'K', direction: 'ascending', collation: 'binary' },
				{ column: 'T', direction: 'descending', collation: 'caseless' },
			],
		})
	})

	it('is none when only its options are left', () => {
		expect(
			wires(importJob(through({ name: 'Cp', type: 'PxCopy' }, { in: { inMeta: { SortAdv: '-unique -nonStable' } } }))),
		).toContain('In#convert.out > Out#text.in')
	})
})

describe('Remove Duplicates', () => {
	const properties = { key: packed(['key', 'T', ['ci\\cs', 'ci']]), keep: 'last' }

	it('keeps the first or last row of a key', () => {
		const job = importJob(
			through({ name: 'Rd', type: 'PxRemDup', properties }, { in: { inMeta: { Sort: 'tsort -key T -ci' } } }),
		)
		expect(operatorOf(job, 'Rd', 'distinct')).toMatchObject({
			keep: 'last',
			keys: [{ column: 'T', collation: 'caseless' }],
			differences: [],
		})
	})

	it('declares that the order is open where nothing sorts before it', () => {
		const job = importJob(through({ name: 'Rd', type: 'PxRemDup', properties }))
		expect(operatorOf(job, 'Rd', 'distinct').differences).toEqual(['RG-D001'])
		expect(job.differences).toMatchObject([{ id: 'RG-D001', element: 'JOB/Rd' }])
		expect(outcomeOf(job, 'Rd')).toMatch(/^declared: RG-D001/)
	})
})

describe('partitioning', () => {
	it('is reported where it deals rows out without regard to keys', () => {
		const properties = { key: packed(['key', 'K']) }
		const job = importJob(
			through({ name: 'Rd', type: 'PxRemDup', properties }, { in: { inMeta: { 'Part/Col': 'roundrobin' } } }),
		)
		expect(job.diagnostics.map(({ what }) => what)).toContain(
			'Rd gets the rows of a dealt out without regard to its keys (roundrobin)',
		)
	})
})

describe('Head', () => {
	it('takes the first rows, ten unless told otherwise', () => {
		expect(operatorOf(importJob(through({ name: 'He', type: 'PxHead' })), 'He', 'sample')).toMatchObject({
			rows: 10,
			skip: 0,
			differences: ['RG-D002'],
		})
		const told = importJob(
			through({ name: 'He', type: 'PxHead', properties: { nrecs: '3', skip: packed(['skip', '2']) } }),
		)
		expect(operatorOf(told, 'He', 'sample')).toMatchObject({ rows: 3, skip: 2 })
	})

	it('takes all rows after the skipped ones', () => {
		expect(
			operatorOf(importJob(through({ name: 'He', type: 'PxHead', properties: { all: 'all' } })), 'He', 'sample'),
		).not.toHaveProperty('rows')
	})
})

describe('Peek', () => {
	it('passes rows on', () => {
		const job = importJob(through({ name: 'Pe', type: 'PxPeek', properties: { nrecs: '7' } }))
		expect(operatorOf(job, 'Pe', 'observe').what).toEqual({ kind: 'peek', rows: 7 })
		expect(outcomeOf(job, 'Pe')).toBe('exact')
	})

	it('is dropped at the end of a path', () => {
		const job = importJob({
			stages: [source('In'), { name: 'Pe', type: 'PxPeek' }],
			links: [{ name: 'a', from: 'In', to: 'Pe', columns, outProperties: reads('/in') }],
		})
		expect(operatorOf(job, 'Pe', 'write').target).toEqual({ kind: 'none' })
		expect(outcomeOf(job, 'Pe')).toMatch(/^dropped: /)
	})
})

describe('Funnel', () => {
	const funnel = (operator: string, more: Values = {}): JobSpec => ({
		stages: [
			source('A'),
			source('B'),
			{ name: 'Fu', type: 'PxFunnel', properties: { operator, ...more } },
			target('Out'),
		],
		links: [
			{ name: 'a', from: 'A', to: 'Fu', columns, outProperties: reads('/a') },
			{
				name: 'b',
				from: 'B',
				to: 'Fu',
				columns: [
					{ name: 't', precision: 10 },
					{ name: 'k', sqlType: 5 },
				],
				outProperties: reads('/b'),
			},
			{ name: 'c', from: 'Fu', to: 'Out', columns, inProperties: writes('/c') },
		],
	})

	it('brings inputs together by name, converted to the types of the output', () => {
		const job = importJob(funnel('funnel'))
		expect(operatorOf(job, 'Fu', 'union')).toMatchObject({
			how: 'arrival',
			inputs: 2,
			columns: [
				{ column: { name: 'K' }, from: ['K', 'K'] },
				{ column: { name: 'T' }, from: ['T', 'T'] },
			],
		})
		expect(operatorOf(job, 'Fu#from b', 'project').columns[0]).toMatchObject({
			name: 'K',
			type: { bits: 32 },
			value: { expression: { kind: 'cast', operand: { name: 'k' } } },
		})
	})

	it('takes one input after the other, or merges sorted ones', () => {
		expect(operatorOf(importJob(funnel('sequence')), 'Fu', 'union')).toMatchObject({ how: 'sequence', keys: [] })
		const sorted = importJob(funnel('sortfunnel', { key: packed(['key', 'K', ['asc\\desc', 'desc']]) }))
		expect(operatorOf(sorted, 'Fu', 'union')).toMatchObject({
			how: 'sorted',
			keys: [{ column: 'K', direction: 'descending' }],
		})
	})
})
