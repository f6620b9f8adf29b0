import { from, link, list, stage, subject, to } from '../../support/functional-job.ts'

const sales = `ID int
	N int?`
const bands = (key: string) => [
	{ name: 'LOW', sqlType: 4, nullable: true, key },
	{ name: 'HIGH', sqlType: 4, nullable: true },
	{ name: 'NAME', precision: 9, nullable: true },
]
const inBand = '(in.N >= ref.LOW) And (in.N < ref.HIGH)'
const found = `ID int = in.ID
	NAME varchar(9)? = ref.NAME`
const ranged = (input: Record<string, string>, written: string) => ({
	stages: [stage('Lk', 'PxLookup', {}, { meta: { LookupOperator: 'transform' } })],
	links: [
		from('In', 'Lk', sales),
		from('Ref', 'Lk', '', { kind: 'reference' as const, columns: bands(inBand), in: input }),
		to('Out', 'Lk', found),
	],
	given: { In: '1,5\n2,15\n3,99\n4,10\n5,NULL\n', Ref: '0,10,low\n10,20,mid\n5,12,mix\nNULL,99,open\n' },
	written: { Out: written },
})

subject('Lookup of a range', {
	'the first row whose bounds hold the value; a bound that is null holds none': ranged(
		{ LookupFail: 'continue' },
		'1,low\n2,mid\n3,NULL\n4,mid\n5,NULL\n',
	),
	'every row whose bounds hold the value': ranged(
		{ LookupFail: 'drop', MultiRow: '1' },
		'1,low\n1,mix\n2,mid\n4,mid\n4,mix\n',
	),
	'a key and the dates between which it holds': {
		stages: [stage('Lk', 'PxLookup', {}, { meta: { LookupOperator: 'transform' } })],
		links: [
			from(
				'In',
				'Lk',
				`K varchar(3)
				D date`,
			),
			from('Ref', 'Lk', '', {
				kind: 'reference',
				columns: [
					{ name: 'CODE', precision: 3, key: 'in.K' },
					{ name: 'SINCE', sqlType: 9, key: 'in.D >= ref.SINCE And in.D <= ref.UNTIL' },
					{ name: 'UNTIL', sqlType: 9 },
					{ name: 'PRICE', sqlType: 3, precision: 5, scale: 2 },
				],
				in: { LookupFail: 'reject' },
			}),
			to(
				'Out',
				'Lk',
				`K varchar(3) = in.K
				PRICE decimal(5,2) = ref.PRICE`,
			),
			to(
				'Bad',
				'Lk',
				`K varchar(3)
				D date`,
				{ kind: 'reject' },
			),
		],
		given: {
			In: 'a,2020-01-01\na,2020-12-31\na,2021-01-01\nb,2020-06-01\n',
			Ref: 'a,2020-01-01,2020-06-30,1.50\na,2020-07-01,2020-12-31,2.25\n',
		},
		written: { Out: 'a, 001.50\na, 002.25\n', Bad: 'a,2021-01-01\nb,2020-06-01\n' },
	},
})

const keyed = [
	{ name: 'CODE', precision: 5, key: 'in.K' },
	{ name: 'QTY', sqlType: 4 },
	{ name: 'RATE', sqlType: 3, precision: 4, scale: 1 },
	{ name: 'TXT', precision: 5 },
	{ name: 'OPT', precision: 5, nullable: true },
]
const policy = (input: Record<string, string>, more: { readonly written: string; readonly fails?: string }) => ({
	stages: [stage('Lk', 'PxLookup')],
	links: [
		from(
			'In',
			'Lk',
			`ID int
			K varchar(5)?`,
		),
		from('Ref', 'Lk', '', { kind: 'reference' as const, columns: keyed, in: input }),
		to(
			'Out',
			'Lk',
			`ID int = in.ID
			QTY int = ref.QTY
			RATE decimal(4,1) = ref.RATE
			TXT varchar(5) = ref.TXT
			OPT varchar(5)? = ref.OPT`,
		),
	],
	given: { In: '1,a\n2,b\n3,NULL\n', Ref: 'a,7,1.5,x,y\n' },
	written: { Out: more.written },
	...(more.fails === undefined ? {} : { fails: more.fails }),
})

subject('Lookup, what becomes of rows without a match', {
	'continue: columns that take no null get the default of their type': policy(
		{ LookupFail: 'continue' },
		{ written: '1,7, 001.5,x,y\n2,0, 000.0,,NULL\n3,0, 000.0,,NULL\n' },
	),
	'the job ends when nothing else is said': policy({}, { written: '', fails: 'Lk' }),
	'a condition that is not met ends the job when nothing else is said': policy(
		{ LookupFail: 'drop', Condition: 'in.ID < 3' },
		{ written: '', fails: 'Lk' },
	),
	'a condition that is null is not met': policy(
		{ LookupFail: 'fail', ConditionNotMet: 'drop', Condition: 'in.K <> "b"' },
		{ written: '1,7, 001.5,x,y\n' },
	),
	'the reject link takes the rows of either reference, with the columns of the primary link': {
		stages: [stage('Lk', 'PxLookup')],
		links: [
			from('One', 'Lk', 'K varchar(5)\nV int', {
				kind: 'reference',
				columns: [
					{ name: 'K', precision: 5, key: 'in.K' },
					{ name: 'V', sqlType: 4 },
				],
				in: { LookupFail: 'reject' },
			}),
			from('In', 'Lk', 'ID int\nK varchar(5)'),
			from('Two', 'Lk', '', {
				kind: 'reference',
				columns: [
					{ name: 'V', sqlType: 4, key: 'one.V' },
					{ name: 'N', precision: 5 },
				],
				in: { LookupFail: 'reject' },
			}),
			to('Bad', 'Lk', 'ID int\nK varchar(5)', { kind: 'reject' }),
			to('Out', 'Lk', 'ID int = in.ID\nV int = one.V\nN varchar(5) = two.N'),
		],
		given: { In: '1,a\n2,b\n3,c\n', One: 'a,1\nb,2\n', Two: '1,x\n' },
		written: { Out: '1,1,x\n', Bad: '2,b\n3,c\n' },
	},
	'a key that is computed, of another type': {
		stages: [stage('Lk', 'PxLookup')],
		links: [
			from('In', 'Lk', 'ID int\nK varchar(9)'),
			from('Ref', 'Lk', '', {
				kind: 'reference',
				columns: [
					{ name: 'NO', sqlType: 4, key: 'in.K[3, 2]' },
					{ name: 'NAME', precision: 5 },
				],
				in: { LookupFail: 'drop' },
			}),
			to('Out', 'Lk', 'ID int = in.ID\nNAME varchar(5) = ref.NAME'),
		],
		given: { In: '1,xx07\n2,xx08\n', Ref: '7,seven\n' },
		written: { Out: '1,seven\n' },
	},
	'a reference that a stage before made': {
		stages: [stage('D', 'PxRemDup', { key: list('key', 'CODE') }), stage('Lk', 'PxLookup')],
		links: [
			from('In', 'Lk', 'ID int\nK varchar(5)'),
			from('Ref', 'D', 'CODE varchar(5)\nNAME varchar(5)'),
			link('once', 'D', 'Lk', '', {
				kind: 'reference',
				columns: [
					{ name: 'CODE', precision: 5, key: 'in.K' },
					{ name: 'NAME', precision: 5 },
				],
				in: { LookupFail: 'drop' },
			}),
			to('Out', 'Lk', 'ID int = in.ID\nNAME varchar(5) = once.NAME'),
		],
		given: { In: '1,a\n2,b\n', Ref: 'a,one\na,two\nb,three\n' },
		written: { Out: '1,one\n2,three\n' },
	},
})
