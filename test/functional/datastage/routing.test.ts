import { packed } from '../../support/dsx-builder.ts'
import { from, list, stage, subject, to } from '../../support/functional-job.ts'

const columns = `K int?
	S varchar(12)?`
const given = { In: '1,abc\n5,it\n10,ABC\nNULL,x\n7,NULL\n' }
const clauses = (...texts: readonly (readonly [string, string])[]) =>
	packed(...texts.map(([where, target]) => ['where', where, ['target', target] as const] as const))

subject('Filter', {
	'a row goes to each link whose clause it meets; a null is less than all': {
		stages: [stage('F', 'PxFilter', { where: clauses(['K < 6', '0'], ["S = 'abc' or K = 10", '1']) })],
		links: [from('In', 'F', columns), to('A', 'F', columns), to('B', 'F', columns)],
		given,
		written: { A: '1,abc\n5,it\nNULL,x\n', B: '1,abc\n10,ABC\n' },
	},
	'only once, rejects, nulls greater than all': {
		stages: [
			stage('F', 'PxFilter', {
				where: clauses(['K < 6', '0'], ['K <= 7', '1']),
				first: 'first',
				reject: 'reject',
				nulls: 'last',
			}),
		],
		links: [
			from('In', 'F', columns),
			to('A', 'F', columns),
			to('B', 'F', columns),
			to('R', 'F', columns, { kind: 'reject' }),
		],
		given,
		written: { A: '1,abc\n5,it\n', B: '7,NULL\n', R: '10,ABC\nNULL,x\n' },
	},
	'the words of where clauses; and / or from left to right': {
		stages: [
			stage('F', 'PxFilter', {
				where: clauses(
					['S is null', '0'],
					['K between 5 and 7', '1'],
					["S like 'a.*'", '2'],
					["K = 1 or K = 5 and S = 'it'", '3'],
					['not (K > 5) and K is not null', '4'],
				),
			}),
		],
		links: [from('In', 'F', columns), ...['A', 'B', 'C', 'D', 'E'].map((name) => to(name, 'F', columns))],
		given,
		written: { A: '7,NULL\n', B: '5,it\n7,NULL\n', C: '1,abc\n', D: '5,it\n', E: '1,abc\n5,it\n' },
	},
	'parameters, dates, decimals, columns against columns': {
		parameters: [{ Name: 'pMin', ParamType: '2', Default: '5' }],
		stages: [
			stage('F', 'PxFilter', {
				where: clauses(['A >= #pMin# and A <> B', '0'], ["D > '2020-01-15'", '1'], ['M <= 1.5', '2']),
			}),
		],
		links: [
			from(
				'In',
				'F',
				`A int
				B int
				D date
				M decimal(5,2)`,
			),
			to('X', 'F', `A int`),
			to('Y', 'F', `A int`),
			to('Z', 'F', `A int`),
		],
		given: { In: '5,5,2020-01-15,1.50\n6,5,2020-01-16,1.51\n4,1,2021-01-01,-3\n' },
		written: { X: '6\n', Y: '6\n4\n', Z: '5\n4\n' },
	},
})

const cases = (...values: readonly string[]) => list('case', ...values)
subject('Switch', {
	'values, another value of the link before, dropped when not found': {
		stages: [
			stage('Sw', 'PxSwitch', {
				key: list('key', 'K'),
				selection: 'user',
				case: cases('1=0', '5', '10=1'),
				ifNotFound: 'ignore',
			}),
		],
		links: [from('In', 'Sw', columns), to('A', 'Sw', columns), to('B', 'Sw', columns)],
		given: { In: '1,abc\n5,it\n10,ABC\n7,x\n' },
		written: { A: '1,abc\n5,it\n', B: '10,ABC\n' },
	},
	'without letter case; a value that discards its rows': {
		stages: [
			stage('Sw', 'PxSwitch', {
				key: packed(['key', 'S', ['ci\\cs', 'ci']]),
				selection: 'user',
				case: cases('abc=0', 'it=2'),
				discard: '2',
				ifNotFound: 'allow',
			}),
		],
		links: [from('In', 'Sw', columns), to('A', 'Sw', columns), to('R', 'Sw', columns, { kind: 'reject' })],
		given: { In: '1,abc\n5,it\n10,ABC\n7,x\n' },
		written: { A: '1,abc\n10,ABC\n', R: '7,x\n' },
	},
})

subject('Switch of a flow', {
	'letter case is a property of its own': {
		stages: [stage('Sw', 'PxSwitch', { key: 'S', 'ci\\cs': 'ci', case: cases('abc=0'), ifNotFound: 'ignore' })],
		links: [from('In', 'Sw', columns), to('A', 'Sw', columns)],
		given: { In: '1,abc\n10,ABC\n7,x\n' },
		written: { A: '1,abc\n10,ABC\n' },
	},
})

subject('Copy', {
	'columns are dropped and renamed, differently on each link': {
		stages: [stage('C', 'PxCopy')],
		links: [
			from('In', 'C', columns),
			to('A', 'C', `KEY int? = in.K`),
			to(
				'B',
				'C',
				`S varchar(12)? = in.S
				K int? = in.K`,
			),
			to('D', 'C', 'K bigint?'),
		],
		given: { In: '1,abc\n' },
		written: { A: '1\n', B: 'abc,1\n', D: '1\n' },
	},
})

const modified = (specs: readonly string[], inColumns: string, out: string, input: string, output: string) => ({
	stages: [stage('M', 'PxModify', { modifyspec: list('modifyspec', ...specs), specsuffix: ';' })],
	links: [from('In', 'M', inColumns), to('Out', 'M', out)],
	given: { In: input },
	written: { Out: output },
})
subject('Modify', {
	'keep and rename': modified(
		['keep A, B', 'C = B'],
		'A int\nB varchar(5)\nX int',
		'A int\nC varchar(5)',
		'1,b,2\n',
		'1,b\n',
	),
	drop: modified(['drop X'], 'A int\nX int', 'A int', '1,2\n', '1\n'),
	'nulls to values and back': modified(
		['A = handle_null(A, -1)', "B = make_null(B, 'none')"],
		'A int?\nB varchar(5)',
		'A int\nB varchar(5)?',
		'NULL,none\n2,b\n',
		'-1,NULL\n2,b\n',
	),
	'dates and texts': modified(
		[
			'D:date = date_from_string[%dd.%mm.%yyyy](S)',
			'Y:int16 = year_from_date(E)',
			'W:int8 = weekday_from_date[monday](E)',
			'N:int32 = days_since_from_date[2020-01-01](E)',
			'T:string = string_from_date[%yyyy%mm%dd](E)',
			'X:timestamp = timestamp_from_date[10:11:12](E)',
		],
		'S varchar(10)\nE date',
		`D date
		Y smallint
		W tinyint
		N int
		T varchar(8)
		X timestamp`,
		'31.12.2020,2020-03-04\n',
		'2020-12-31,2020,2,63,20200304,2020-03-04 10:11:12\n',
	),
	'numbers and texts': modified(
		[
			'A:decimal[5,1] = decimal_from_decimal[ceil](D)',
			'B:int32 = int32_from_decimal[round_inf](D)',
			'C:string = string_from_decimal[suppress_zero](D)',
			'E:string = string_trim[" ", end](S)',
			'F:string = substring[1,2](S)',
			'G = uppercase_string(S)',
			'H:int32 = string_length(S)',
		],
		'D decimal(7,3)\nS varchar(10)',
		`A decimal(5,1)
		B int
		C varchar(9)
		E varchar(9)
		F varchar(9)
		G varchar(10)
		H int`,
		'1.250,abc  \n-2.500,x\n',
		' 0001.3,1,1.25,abc,bc,ABC  ,5\n-0002.5,-3,-2.5,x,,X,1\n',
	),
	'types alone': modified(
		['A:int32 = A', 'B:string[max=5] = B'],
		'A varchar(5)\nB int',
		'A int\nB varchar(5)',
		'12,34\n',
		'12,34\n',
	),
})
