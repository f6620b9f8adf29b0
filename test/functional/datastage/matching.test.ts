import { packed } from '../../support/dsx-builder.ts'
import { from, list, stage, subject, to } from '../../support/functional-job.ts'

const left = `K varchar(5)?
	A int`
const right = `K varchar(5)?
	B int?`
const leftRows = 'a,1\na,2\nb,3\nNULL,4\nc,5\n'
const rightRows = 'a,10\na,20\nd,40\nB,30\nc,NULL\n'
const joined = (operator: string, out: string, written: string, more = {}) => ({
	stages: [stage('J', 'PxJoin', { operator, key: list('key', 'K'), ...more })],
	links: [from('L', 'J', left), from('R', 'J', right), to('Out', 'J', out)],
	given: { L: leftRows, R: rightRows },
	written: { Out: written },
})
const all = `K varchar(5)?
	A int?
	B int?`

subject('Join', {
	inner: joined('innerjoin', all, 'a,1,10\na,1,20\na,2,10\na,2,20\nc,5,NULL\n'),
	'left outer': joined('leftouterjoin', all, 'a,1,10\na,1,20\na,2,10\na,2,20\nb,3,NULL\nNULL,4,NULL\nc,5,NULL\n'),
	'right outer: a column that takes no null gets the default of its type': joined(
		'rightouterjoin',
		all,
		'a,1,10\na,1,20\na,2,10\na,2,20\nd,0,40\nB,0,30\nc,5,NULL\n',
	),
	'keys without letter case': joined('innerjoin', all, 'a,1,10\na,1,20\na,2,10\na,2,20\nb,3,30\nc,5,NULL\n', {
		key: packed(['key', 'K', ['ci\\cs', 'ci']]),
	}),
	'three inputs, two keys': {
		stages: [stage('J', 'PxJoin', { operator: 'leftouterjoin', key: list('key', 'K', 'L') })],
		links: [
			from(
				'One',
				'J',
				`K int
				L int
				A varchar(5)`,
			),
			from(
				'Two',
				'J',
				`K int
				L int
				B varchar(5)?`,
			),
			from(
				'Three',
				'J',
				`K int
				L int
				C varchar(5)?`,
			),
			to(
				'Out',
				'J',
				`K int
				L int
				A varchar(5)
				B varchar(5)?
				C varchar(5)?`,
			),
		],
		given: { One: '1,1,a\n1,2,b\n2,1,c\n', Two: '1,1,x\n1,1,y\n', Three: '1,1,p\n2,1,q\n' },
		written: { Out: '1,1,a,x,p\n1,1,a,y,p\n1,2,b,NULL,NULL\n2,1,c,NULL,q\n' },
	},
})

const primary = `ID int
	K varchar(5)?
	N int`
const looked = (
	reference: string,
	input: Record<string, string>,
	out: string,
	written: Record<string, string>,
	more: readonly ReturnType<typeof to>[] = [],
	given: Record<string, string> = {},
) => ({
	stages: [stage('Lk', 'PxLookup')],
	links: [
		from('In', 'Lk', primary),
		from('Ref', 'Lk', '', {
			kind: 'reference' as const,
			columns:
				from('Ref', 'Lk', reference).columns?.map((one) => (one.name === 'CODE' ? { ...one, key: 'in.K' } : one)) ?? [],
			in: input,
		}),
		to('Out', 'Lk', out),
		...more,
	],
	given: { In: '1,a,5\n2,b,15\n3,NULL,25\n4,A,35\n', Ref: 'a,one\na,uno\nc,three\n', ...given },
	written,
})
const reference = `CODE varchar(5)
	NAME varchar(9)`
const out = `ID int = in.ID
	K varchar(5)? = in.K
	NAME varchar(9)? = ref.NAME`

subject('Lookup', {
	'the first of several rows, and nothing where none is found': looked(reference, { LookupFail: 'continue' }, out, {
		Out: '1,a,one\n2,b,\n3,NULL,\n4,A,\n',
	}),
	'several rows of one reference link': looked(reference, { LookupFail: 'drop', MultiRow: '1' }, out, {
		Out: '1,a,one\n1,a,uno\n',
	}),
	'a condition decides whether to look at all': looked(
		reference,
		{ LookupFail: 'drop', ConditionNotMet: 'continue', Condition: 'in.N > 10' },
		out,
		{ Out: '1,a,\n' },
	),
	'a condition that is not met rejects, a lookup that fails drops': looked(
		reference,
		{ LookupFail: 'drop', ConditionNotMet: 'reject', Condition: 'in.N < 30' },
		out,
		{ Out: '1,a,one\n', Bad: '4,A,35\n' },
		[to('Bad', 'Lk', primary, { kind: 'reject' })],
	),
	'reject when not found': looked(
		reference,
		{ LookupFail: 'reject' },
		out,
		{ Out: '1,a,one\n', Bad: '2,b,15\n3,NULL,25\n4,A,35\n' },
		[to('Bad', 'Lk', primary, { kind: 'reject' })],
	),
	'keys without letter case': {
		stages: [stage('Lk', 'PxLookup')],
		links: [
			from('In', 'Lk', primary),
			from('Ref', 'Lk', '', {
				kind: 'reference',
				columns: [
					{ name: 'CODE', precision: 5, key: 'in.K', more: { PKeyIsCaseless: '1' } },
					{ name: 'NAME', precision: 9, nullable: true },
				],
				in: { LookupFail: 'continue' },
			}),
			to('Out', 'Lk', out),
		],
		given: { In: '1,a,5\n4,A,35\n5,x,1\n', Ref: 'A,one\n' },
		written: { Out: '1,a,one\n4,A,one\n5,x,NULL\n' },
	},
	'two references, the second keyed by the first': {
		stages: [stage('Lk', 'PxLookup')],
		links: [
			from('In', 'Lk', primary),
			from('Ref', 'Lk', '', {
				kind: 'reference',
				columns: [
					{ name: 'CODE', precision: 5, key: 'in.K' },
					{ name: 'NEXT', precision: 9, nullable: true },
				],
				in: { LookupFail: 'continue' },
			}),
			from('Two', 'Lk', '', {
				kind: 'reference',
				columns: [
					{ name: 'CODE', precision: 9, key: 'ref.NEXT' },
					{ name: 'NAME', precision: 9, nullable: true },
				],
				in: { LookupFail: 'continue' },
			}),
			to(
				'Out',
				'Lk',
				`ID int = in.ID
				NEXT varchar(9)? = ref.NEXT
				NAME varchar(9)? = two.NAME`,
			),
		],
		given: { In: '1,a,5\n2,b,6\n', Ref: 'a,x\n', Two: 'x,found\n' },
		written: { Out: '1,x,found\n2,NULL,NULL\n' },
	},
})

const rejects = { kind: 'reject' as const }
subject('Merge', {
	'two updates, each with its reject link; masters without an update are kept': {
		stages: [
			stage('M', 'PxMerge', {
				key: packed(['key', 'K', ['asc\\desc', 'asc']]),
				'dropBadMasters\\keepBadMasters': 'keepBadMasters',
			}),
		],
		links: [
			from(
				'Master',
				'M',
				`K int
				A varchar(5)`,
			),
			from(
				'UpA',
				'M',
				`K int
				B varchar(5)?`,
			),
			from(
				'UpB',
				'M',
				`K int
				C varchar(5)?`,
			),
			to(
				'Out',
				'M',
				`K int
				A varchar(5)
				B varchar(5)?
				C varchar(5)?`,
			),
			to(
				'RejA',
				'M',
				`K int
				B varchar(5)?`,
				rejects,
			),
			to(
				'RejB',
				'M',
				`K int
				C varchar(5)?`,
				rejects,
			),
		],
		given: { Master: '1,a\n2,b\n3,c\n', UpA: '1,x\n4,y\n', UpB: '1,p\n2,q\n5,r\n' },
		written: { Out: '1,a,x,p\n2,b,NULL,q\n3,c,NULL,NULL\n', RejA: '4,y\n', RejB: '5,r\n' },
	},
})

subject('Funnel', {
	'a sequence: one input after the other': {
		stages: [stage('F', 'PxFunnel', { operator: 'sequence' })],
		links: [from('One', 'F', 'A int'), from('Two', 'F', 'A int'), to('Out', 'F', 'A int = one.A')],
		given: { One: '3\n1\n', Two: '2\n' },
		written: { Out: '3\n1\n2\n' },
		ordered: true,
	},
	'sorted inputs stay sorted': {
		stages: [
			stage('F', 'PxFunnel', {
				operator: 'sortfunnel',
				key: packed(['key', 'A', ['asc\\desc', 'desc'], ['nulls', 'last']]),
			}),
		],
		links: [from('One', 'F', 'A int?'), from('Two', 'F', 'A int?'), to('Out', 'F', 'A int?')],
		given: { One: '3\n1\nNULL\n', Two: '2\n0\n' },
		written: { Out: '3\n2\n1\n0\nNULL\n' },
		ordered: true,
	},
	'columns go by name, whatever their order': {
		stages: [stage('F', 'PxFunnel', { operator: 'funnel' })],
		links: [
			from(
				'One',
				'F',
				`A int
				B varchar(3)`,
			),
			from(
				'Two',
				'F',
				`B varchar(3)
				A int`,
			),
			to(
				'Out',
				'F',
				`A int
				B varchar(3)`,
			),
		],
		given: { One: '1,x\n', Two: 'y,2\n' },
		written: { Out: '1,x\n2,y\n' },
	},
})
