import { from, subject, to, transformer, variable } from '../../support/functional-job.ts'

const looping = (condition: string, variables: readonly string[]) =>
	transformer('T', [], {
		collections: {
			LoopCondition: [{ Name: 'LoopCondition', Expression: condition }],
			LoopVars: variables.map((line) => variable(line)),
		},
	})

subject('Loops of a Transformer', {
	'of several bounds the smallest counts; no turn gives no row, nor does a bound that is null': {
		stages: [looping('@ITERATION <= in.N And @ITERATION < 4', ['lv varchar(20) = in.S : @ITERATION'])],
		links: [from('In', 'T', 'S varchar(5)\nN int?'), to('Out', 'T', 'I int = @ITERATION\nS varchar(9) = lv')],
		given: { In: 'a,2\nb,0\nc,9\nd,NULL\n' },
		written: { Out: '1,a1\n2,a2\n1,c1\n2,c2\n3,c3\n' },
	},
	'a variable sees its value of the turn before': {
		stages: [
			looping('@ITERATION <= Dcount(in.S, "/")', [
				'lvPart varchar(9) = Field(in.S, "/", @ITERATION)',
				'lvAll varchar(20) = If @ITERATION = 1 Then lvPart Else lvAll : "+" : lvPart',
			]),
		],
		links: [from('In', 'T', 'S varchar(9)'), to('Out', 'T', 'S varchar(20) = lvAll')],
		given: { In: 'a/b/c\nx\n' },
		written: { Out: 'a\na+b\na+b+c\nx\n' },
	},
	'stage variables stand still while it loops; each output decides in each turn': {
		stages: [
			transformer('T', [variable('svN int = svN + 1', '0')], {
				collections: {
					StageVars: [variable('svN int = svN + 1', '0')],
					LoopCondition: [{ Name: 'LoopCondition', Expression: '@ITERATION <= 2' }],
					LoopVars: [variable('lv int = svN * 10 + @ITERATION')],
				},
			}),
		],
		links: [
			from('In', 'T', 'K int'),
			to('Odd', 'T', 'K int = in.K\nV int = lv', { out: { Constraint: 'Mod(lv, 2) = 1' } }),
			to('Rest', 'T', 'V int = lv', { out: { Reject: '1' } }),
		],
		given: { In: '7\n8\n' },
		written: { Odd: '7,11\n8,21\n', Rest: '12\n22\n' },
	},
})

subject('Links of a Transformer', {
	'otherwise takes what the links before it left, whatever those after it take': {
		stages: [transformer('T')],
		links: [
			from('In', 'T', 'N int?'),
			to('Big', 'T', 'N int? = in.N', { out: { Constraint: 'in.N > 10' } }),
			to('Rest', 'T', 'N int? = in.N', { out: { Reject: '1' } }),
			to('Small', 'T', 'N int? = in.N', { out: { Constraint: 'in.N < 5' } }),
		],
		given: { In: '1\n7\n20\nNULL\n' },
		written: { Big: '20\n', Rest: '1\n7\nNULL\n', Small: '1\n' },
	},
	'a link that aborts after some rows ends the job': {
		stages: [transformer('T')],
		links: [
			from('In', 'T', 'N int'),
			to('Bad', 'T', 'N int = in.N', { out: { Constraint: 'in.N < 0', RowLimit: '2' } }),
		],
		given: { In: '-1\n5\n-2\n' },
		written: {},
		fails: 'T',
	},
	'fewer rows than the limit are written': {
		stages: [transformer('T')],
		links: [
			from('In', 'T', 'N int'),
			to('Bad', 'T', 'N int = in.N', { out: { Constraint: 'in.N < 0', RowLimit: '2' } }),
		],
		given: { In: '-1\n5\n' },
		written: { Bad: '-1\n' },
	},
	'null conditions: three values inside, false at the end': {
		stages: [transformer('T')],
		links: [
			from('In', 'T', 'A int?\nB int'),
			to('Or', 'T', 'B int = in.B', { out: { Constraint: 'in.A > 1 Or in.B > 1' } }),
			to('And', 'T', 'B int = in.B', { out: { Constraint: 'in.A > 1 And in.B > 1' } }),
			to('NotOr', 'T', 'B int = in.B', { out: { Constraint: 'Not(in.A > 1 Or in.B > 1)' } }),
		],
		given: { In: 'NULL,2\nNULL,0\n5,0\n5,9\n0,0\n' },
		written: { Or: '2\n0\n9\n', And: '9\n', NotOr: '0\n' },
	},
})

const day = '2024-02-29'
subject('Dates of a Transformer', {
	'parts, offsets and differences': {
		stages: [transformer('T')],
		links: [
			from('In', 'T', 'D date\nX timestamp'),
			to(
				'Out',
				'T',
				`A int = YearFromDate(in.D) : MonthFromDate(in.D) : MonthDayFromDate(in.D)
				B int = YeardayFromDate(in.D)
				C int = WeekdayFromDate(in.D)
				E int = WeekdayFromDate(in.D, "mon")
				F int = DaysSinceFromDate(in.D, "2024-02-01")
				G date = DateFromDaysSince(30, in.D)
				H date = DateOffsetByDays(in.D, -60)
				I int = DaysInMonth(in.D)
				J int = DaysInYear(in.D)
				L int = JulianDayFromDate(in.D)
				M varchar(20) = DateToString(in.D, "%dd/%mmm/%yy")
				N varchar(20) = TimestampToString(in.X, "%yyyy%mm%dd%hh%nn%ss")
				O date = TimestampToDate(in.X)
				P time = TimestampToTime(in.X)
				Q timestamp = TimestampOffsetBySeconds(in.X, 3600)
				R int = SecondsSinceFromTimestamp(in.X, "2024-02-29 00:00:00")
				S timestamp = TimestampFromDateTime(in.D, TimestampToTime(in.X))
				U date = NthWeekdayFromDate(in.D, "fri", 1)`,
			),
		],
		given: { In: `${day},2024-02-29 23:30:05\n` },
		written: {
			Out: `2024229,60,4,3,28,2024-03-30,2023-12-31,29,366,2460370,29/Feb/24,20240229233005,2024-02-29,23:30:05,2024-03-01 00:30:05,84605,2024-02-29 23:30:05,2024-03-01\n`,
		},
	},
	'texts become dates by their format, one or two digits where it says so': {
		stages: [transformer('T')],
		links: [
			from('In', 'T', 'S varchar(12)\nT varchar(20)'),
			to(
				'Out',
				'T',
				`A date = StringToDate(in.S, "%(d,s)/%(m,s)/%yyyy")
				B timestamp = StringToTimestamp(in.T, "%dd.%mm.%yyyy %hh:%nn")
				C int = IsValid("date", in.S, "%dd/%mm/%yyyy")
				D int = IsValid("int32", in.T)`,
			),
		],
		given: { In: '8/ 8/1958,01.12.2020 07:45\n08/11/1999,31.01.2021 23:59\n' },
		written: { Out: '1958-08-08,2020-12-01 07:45:00,0,0\n1999-11-08,2021-01-31 23:59:00,1,0\n' },
	},
	'text and dates convert by the usual format without a call': {
		stages: [transformer('T')],
		links: [
			from('In', 'T', 'S varchar(10)\nD date\nX timestamp'),
			to(
				'Out',
				'T',
				`A date = in.S
				B varchar(20) = in.D
				C varchar(30) = in.X
				E varchar(30) = "on " : in.D`,
			),
		],
		given: { In: '2020-01-02,2021-03-04,2022-05-06 07:08:09\n' },
		written: { Out: '2020-01-02,2021-03-04,2022-05-06 07:08:09,on 2021-03-04\n' },
	},
})

subject('Numbers of a Transformer', {
	'decimals are cut to the scale of their column, whole numbers from decimals too': {
		stages: [transformer('T')],
		links: [
			from('In', 'T', 'D decimal(9,4)\nN int'),
			to(
				'Out',
				'T',
				`A decimal(7,2) = in.D
				B int = in.D
				C int = AsInteger(in.D)
				E decimal(7,2) = DecimalToDecimal(in.D, "round_inf")
				F decimal(7,2) = DecimalToDecimal(in.D, "floor")
				G decimal(7,2) = DecimalToDecimal(in.D, "ceil")
				H varchar(20) = DecimalToString(in.D, "suppress_zero")
				I int = Mod(in.N, 3)
				J int = Div(in.N, 3)
				K int = Abs(in.N)`,
			),
		],
		given: { In: '2.5678,7\n-2.5678,-7\n0.0050,0\n' },
		written: {
			Out: ' 00002.56,2,3, 00002.57, 00002.56, 00002.57,2.5678,1,2,7\n-00002.56,-2,-3,-00002.57,-00002.57,-00002.56,-2.5678,-1,-2,7\n 00000.00,0,0, 00000.01, 00000.00, 00000.01,0.005,0,0,0\n',
		},
	},
	'a text that is no number is 0 in sums, and not null': {
		stages: [transformer('T')],
		links: [
			from('In', 'T', 'S varchar(9)'),
			to(
				'Out',
				'T',
				`A int = in.S + 1
				B int = If Num(in.S) Then in.S Else -1
				C decimal(5,2) = in.S`,
			),
		],
		given: { In: '12\nx1\n3.75\n' },
		written: { Out: '13,12, 012.00\n1,-1, 000.00\n4,3, 003.75\n' },
	},
})
