import { describe, expect, it } from 'vitest'
import { typeName } from '#model/types.ts'
import type { ColumnSpec, JobSpec, Values } from '../../../support/dsx-builder.ts'
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

const left: readonly ColumnSpec[] = [{ name: 'K', sqlType: 4 }, { name: 'SAME' }, { name: 'L', nullable: true }]
const right: readonly ColumnSpec[] = [
	{ name: 'K', sqlType: 4 },
	{ name: 'SAME' },
	{ name: 'R', sqlType: 3, precision: 5, scale: 1 },
]

function join(operator: string, out: readonly ColumnSpec[], other = right): JobSpec {
	return {
		stages: [
			source('A'),
			source('B'),
			{ name: 'Jo', type: 'PxJoin', properties: { operator, key: packed(['key', 'K']) } },
			target('Out'),
		],
		links: [
			{ name: 'a', from: 'A', to: 'Jo', columns: left, outProperties: reads('/a') },
			{ name: 'b', from: 'B', to: 'Jo', columns: other, outProperties: reads('/b') },
			{ name: 'c', from: 'Jo', to: 'Out', columns: out, inProperties: writes('/c') },
		],
	}
}

const mapped = (job: ReturnType<typeof importJob>): readonly (readonly [string, string])[] =>
	operatorOf(job, 'Jo#c', 'project').columns.map(({ name, value }) => [
		name,
		value.expression.kind === 'column' ? value.expression.name : value.expression.kind,
	])

/** Where the join gives what goes on, in the order in which it goes on, nothing maps it again. */
const given = (job: ReturnType<typeof importJob>): readonly (readonly [string, string, string])[] =>
	operatorOf(job, 'Jo', 'join').columns.map(({ name, side, column }) => [name, side, column])

describe('Join', () => {
	it('keeps the left one of two columns with the same name, unless a derivation names the other', () => {
		const job = importJob(
			join('innerjoin', [{ name: 'K', sqlType: 4 }, { name: 'SAME' }, { name: 'OTHER', derivation: 'b.SAME' }]),
		)
		expect(operatorOf(job, 'Jo', 'join')).toMatchObject({
			how: 'inner',
			keys: [{ left: 'K', right: 'K', collation: 'binary' }],
			nullsEqual: false,
		})
		expect(mapped(job)).toEqual([
			['K', 'K'],
			['SAME', 'SAME'],
			['OTHER', 'SAME_2'],
		])
	})

	it('fills columns that take no null where a left outer join finds nothing', () => {
		const out = [...left, { name: 'OTHER', derivation: 'b.SAME' }, ...right.slice(2)]
		const { columns } = operatorOf(importJob(join('leftouterjoin', out)), 'Jo', 'join')
		expect(columns.map(({ name, side, whenMissing }) => [name, side, whenMissing])).toEqual([
			['K', 'left', null],
			['SAME', 'left', null],
			['L', 'left', null],
			['SAME_2', 'right', ''],
			['R', 'right', { kind: 'decimal', unscaled: 0n, scale: 1 }],
		])
	})

	it('takes the key of the right side in a right outer join', () => {
		const job = importJob(
			join('rightouterjoin', [
				{ name: 'K', sqlType: 4, derivation: 'a.K' },
				{ name: 'L', nullable: true },
			]),
		)
		expect(given(job)).toEqual([
			['K', 'right', 'K'],
			['L', 'left', 'L'],
		])
	})

	it('keeps both keys of a full outer join', () => {
		const out = [
			{ name: 'leftRec_K', sqlType: 4 },
			{ name: 'KB', sqlType: 4, derivation: 'b.K' },
		]
		expect(mapped(importJob(join('fullouterjoin', out)))).toEqual([
			['leftRec_K', 'leftRec_K'],
			['KB', 'rightRec_K'],
		])
	})

	it('brings keys of different kinds to one type', () => {
		const job = importJob(join('innerjoin', left, [{ name: 'K', precision: 5 }]))
		expect(operatorOf(job, 'Jo#key', 'project').columns.map(({ name, type }) => [name, typeName(type)])).toEqual([
			['K_key', 'int32'],
		])
		expect(operatorOf(job, 'Jo', 'join').keys).toEqual([{ left: 'K', right: 'K_key', collation: 'binary' }])
	})

	it('joins more than two inputs one after the other', () => {
		const spec = join('leftouterjoin', [{ name: 'K', sqlType: 4 }, { name: 'X' }])
		const third = {
			name: 'x',
			from: 'C',
			to: 'Jo',
			columns: [{ name: 'K', sqlType: 4 }, { name: 'X' }],
			outProperties: reads('/x'),
		}
		const job = importJob({ stages: [...spec.stages, source('C')], links: [...(spec.links ?? []), third] })
		expect(operatorOf(job, 'Jo#join 1', 'join').how).toBe('left')
		expect(wires(job)).toEqual(expect.arrayContaining(['Jo#join 1.out > Jo.left', 'C#convert.out > Jo.right']))
	})
})

function lookup(
	input: Values,
	more: {
		readonly referenceColumns?: readonly ColumnSpec[]
		readonly inProperties?: Values
		readonly rejects?: boolean
	} = {},
): JobSpec {
	const reference = more.referenceColumns ?? [
		{ name: 'ID', sqlType: 4, key: 'a.K' },
		{ name: 'SAME' },
		{ name: 'N', nullable: true },
		{ name: 'UNUSED' },
	]
	const out = [
		{ name: 'K', sqlType: 4, derivation: 'a.K' },
		{ name: 'S1', derivation: 'a.SAME' },
		{ name: 'S2', derivation: 'r.SAME' },
		{ name: 'R', sqlType: 4, derivation: 'r.ID' },
		{ name: 'N', nullable: true, derivation: 'r.N' },
	]
	return {
		stages: [
			source('R'),
			source('A'),
			{ name: 'Lk', type: 'PxLookup' },
			target('Out'),
			...(more.rejects ? [target('Bad')] : []),
		],
		links: [
			{
				name: 'r',
				from: 'R',
				to: 'Lk',
				kind: 'reference',
				columns: reference,
				outProperties: reads('/r'),
				in: input,
				...(more.inProperties === undefined ? {} : { inProperties: more.inProperties }),
			},
			{ name: 'a', from: 'A', to: 'Lk', columns: left, outProperties: reads('/a') },
			...(more.rejects
				? [{ name: 'bad', from: 'Lk', to: 'Bad', kind: 'reject' as const, columns: left, inProperties: writes('/bad') }]
				: []),
			{ name: 'c', from: 'Lk', to: 'Out', columns: out, inProperties: writes('/c') },
		],
	}
}

describe('Lookup', () => {
	it('takes the primary link wherever it stands, keys from the reference link, and its columns that go on', () => {
		const job = importJob(lookup({ LookupFail: 'continue' }))
		expect(operatorOf(job, 'Lk', 'lookup')).toMatchObject({
			keys: [{ left: 'K', right: 'ID', collation: 'binary' }],
			match: 'first',
			onMiss: 'continue',
			onConditionNotMet: 'fail',
			take: [
				{ name: 'ID', whenMissing: 0n },
				{ name: 'r_SAME', column: 'SAME', whenMissing: '' },
				{ name: 'N', whenMissing: null },
			],
			differences: ['RG-D003'],
		})
		expect(wires(job)).toEqual(expect.arrayContaining(['A#convert.out > Lk.in', 'R#convert.out > Lk.reference']))
		expect(operatorOf(job, 'Lk#c', 'project').columns.map(({ value }) => value.expression)).toMatchObject([
			{ name: 'K' },
			{ name: 'SAME' },
			{ name: 'r_SAME' },
			{ name: 'ID' },
			{ name: 'N' },
		])
	})

	it('fails where no match is found unless told otherwise', () => {
		expect(operatorOf(importJob(lookup({})), 'Lk', 'lookup')).toMatchObject({
			onMiss: 'fail',
			onConditionNotMet: 'fail',
		})
	})

	it('sends unmatched rows to the reject link, with the columns of the primary link', () => {
		const job = importJob(lookup({ LookupFail: 'reject' }, { rejects: true }))
		expect(wires(job)).toContain('Lk.reject > Bad#text.in')
	})

	it('may return several rows, and compare without letter case', () => {
		const referenceColumns = [{ name: 'ID', key: 'a.SAME', more: { PKeyIsCaseless: '1' } }, { name: 'SAME' }]
		const job = importJob(lookup({}, { referenceColumns, inProperties: { allow_dups: 'allow_dups' } }))
		expect(operatorOf(job, 'Lk', 'lookup')).toMatchObject({
			match: 'all',
			keys: [{ collation: 'caseless' }],
			differences: [],
		})
	})

	it('computes key expressions and tests the condition before', () => {
		const referenceColumns = [{ name: 'ID', key: 'UpCase(a.SAME)' }, { name: 'SAME' }]
		const job = importJob(lookup({ Condition: 'a.K > 3', ConditionNotMet: 'drop' }, { referenceColumns }))
		expect(operatorOf(job, 'Lk', 'lookup')).toMatchObject({
			keys: [{ left: 'ID_lookup', right: 'ID' }],
			onConditionNotMet: 'drop',
			condition: { expression: { operation: 'datastage.gt' } },
		})
	})

	it('is exact when the reference has one row of each key', () => {
		const spec = lookup({})
		const stages = [...spec.stages, { name: 'Rd', type: 'PxRemDup', properties: { key: packed(['key', 'ID']) } }]
		const [reference, ...others] = spec.links ?? []
		if (reference === undefined) throw new Error('the job has links')
		const before = {
			name: 'r0',
			from: 'R',
			to: 'Rd',
			columns: [{ name: 'ID', sqlType: 4 }, { name: 'SAME' }, { name: 'N', nullable: true }],
			outProperties: reads('/r'),
		}
		const { outProperties: _none, ...after } = { ...reference, from: 'Rd' }
		expect(outcomeOf(importJob({ stages, links: [before, after, ...others] }), 'Lk')).toBe('exact')
	})

	it('is opaque without keys, and for ranges', () => {
		expect(outcomeOf(importJob(lookup({}, { referenceColumns: [{ name: 'ID' }, { name: 'SAME' }] })), 'Lk')).toBe(
			'opaque: the reference link r has no key',
		)
		const spec = lookup({})
		const ranges = {
			...spec,
			stages: spec.stages.map((stage) =>
				stage.name === 'Lk' ? { ...stage, meta: { LookupOperator: 'transform' } } : stage,
			),
		}
		expect(outcomeOf(importJob(ranges), 'Lk')).toBe('opaque: it looks up ranges, and its links do not say which')
	})
})
