import { from, subject, to, transformer, variable } from '../../support/functional-job.ts'

subject('Transformer', {
	'stage variables keep their value from row to row, and see those below them as the row before left them': {
		stages: [
			transformer('T', [
				variable('svNew int = If in.K <> svPrev Then 1 Else 0', '0'),
				variable('svCount int = If svNew = 1 Then 1 Else svCount + 1', '0'),
				variable('svSum decimal(12,2) = If svNew = 1 Then in.V Else svSum + in.V', '0'),
				variable('svPrev varchar(5) = in.K', '""'),
			]),
		],
		links: [
			from(
				'In',
				'T',
				`K varchar(5)
				V decimal(9,2)`,
				{},
			),
			to(
				'Out',
				'T',
				`K varchar(5) = in.K
				NEW int = svNew
				CNT int = svCount
				TOTAL decimal(12,2) = svSum`,
			),
		],
		given: { In: 'a,1.50\na,2.00\nb,3\na,4\n' },
		written: { Out: 'a,1,1, 0000000001.50\na,0,2, 0000000003.50\nb,1,1, 0000000003.00\na,1,1, 0000000004.00\n' },
	},
	'a variable without derivation keeps its initial value': {
		stages: [transformer('T', [variable('svBase int', '40'), variable('svText varchar(9)', '"x"')])],
		links: [
			from('In', 'T', 'K int'),
			to(
				'Out',
				'T',
				`K int = in.K + svBase
				S varchar(9) = svText`,
			),
		],
		given: { In: '1\n2\n' },
		written: { Out: '41,x\n42,x\n' },
	},
	'row numbers of input and of each output': {
		stages: [transformer('T')],
		links: [
			from('In', 'T', 'K int'),
			to(
				'Odd',
				'T',
				`K int = in.K
				I int = @INROWNUM
				O int = @OUTROWNUM
				P int = @PARTITIONNUM
				N int = @NUMPARTITIONS`,
				{ out: { Constraint: 'Mod(in.K, 2) = 1' } },
			),
			to(
				'All',
				'T',
				`K int = in.K
				U int = (@INROWNUM - 1) * @NUMPARTITIONS + @PARTITIONNUM + 1
				O int = @OUTROWNUM`,
			),
		],
		given: { In: '5\n6\n7\n' },
		written: { Odd: '5,1,1,0,1\n7,3,2,0,1\n', All: '5,1,1\n6,2,2\n7,3,3\n' },
	},
	'a null anywhere makes the result null; a condition that is null is false': {
		stages: [transformer('T')],
		links: [
			from(
				'In',
				'T',
				`K int
				S varchar(9)?
				N int?`,
			),
			to(
				'Out',
				'T',
				`K int = in.K
				A varchar(20)? = in.S : "-" : in.N
				B int? = in.N + 1
				C varchar(9) = If in.N > 1 Then "big" Else "not"
				D varchar(9) = NullToValue(in.S, "none")
				E int = NullToZero(in.N)
				F varchar(9) = NullToEmpty(in.S)
				G int = IsNull(in.S)
				H int = IsNotNull(in.N)
				I varchar(9)? = If in.K = 1 Then SetNull() Else in.S
				J varchar(9) = If Not(in.N > 1) Then "no" Else "else"`,
			),
		],
		given: { In: '1,a,2\n2,NULL,1\n3,c,NULL\n' },
		written: {
			Out: '1,a-2,3,big,a,2,a,0,1,NULL,else\n2,NULL,2,not,none,1,,1,1,NULL,no\n3,NULL,NULL,not,c,0,c,0,0,c,else\n',
		},
	},
	'null for a column that takes none drops the row, or rejects it': {
		stages: [transformer('T')],
		links: [
			from(
				'In',
				'T',
				`K int
				S varchar(9)?`,
			),
			to(
				'Out',
				'T',
				`K int = in.K
				S varchar(9) = in.S`,
			),
			to(
				'Bad',
				'T',
				`K int
				S varchar(9)?`,
				{ kind: 'reject', out: { ErrorPin: '1' } },
			),
		],
		given: { In: '1,a\n2,NULL\n' },
		written: { Out: '1,a\n', Bad: '2,NULL\n' },
	},
	'a value that does not fit its column rejects the row, computed or taken as it is': {
		stages: [transformer('T', [variable('svSmall decimal(4,2) = in.V', '0')])],
		links: [
			from('In', 'T', 'K int\nS varchar(9)\nV decimal(7,2)'),
			to('Text', 'T', 'K int = in.K\nD decimal(4,2) = in.S'),
			to('Same', 'T', 'K int = in.K\nV decimal(4,2)'),
			to('Held', 'T', 'K int = in.K\nV decimal(4,2) = svSmall'),
			to('Bad', 'T', 'K int\nS varchar(9)\nV decimal(7,2)', { kind: 'reject', out: { ErrorPin: '1' } }),
		],
		given: { In: '1,1.5,1.25\n2,123,2.00\n3,3,100.00\n' },
		written: {
			Text: '1, 01.50\n',
			Same: '1, 01.25\n2, 02.00\n',
			Held: '1, 01.25\n2, 02.00\n',
			Bad: '2,123, 00002.00\n3,3, 00100.00\n',
		},
	},
	'the old way with nulls: a null that an expression uses rejects the row': {
		stages: [transformer('T', [], { values: { OldNullHandling: '1' } })],
		links: [
			from(
				'In',
				'T',
				`K int
				S varchar(9)?
				N int?`,
			),
			to(
				'Out',
				'T',
				`K int = in.K
				S varchar(9)? = in.S
				A int? = in.N + 1
				B varchar(9)? = If IsNull(in.N) Then "null" Else "known"`,
			),
			to(
				'Bad',
				'T',
				`K int
				S varchar(9)?
				N int?`,
				{ kind: 'reject', out: { ErrorPin: '1' } },
			),
		],
		given: { In: '1,a,1\n2,NULL,1\n3,c,NULL\n' },
		written: { Out: '1,a,2,known\n2,NULL,2,known\n', Bad: '3,c,NULL\n' },
	},
	'the otherwise link takes what no link before it took': {
		stages: [transformer('T')],
		links: [
			from('In', 'T', `K int?`),
			to('Small', 'T', 'K int? = in.K', { out: { Constraint: 'in.K < 10' } }),
			to('Even', 'T', 'K int? = in.K', { out: { Constraint: 'Mod(in.K, 2) = 0' } }),
			to('Rest', 'T', 'K int? = in.K', { out: { Reject: '1' } }),
		],
		given: { In: '1\n2\n12\n13\nNULL\n' },
		written: { Small: '1\n2\n', Even: '2\n12\n', Rest: '13\nNULL\n' },
	},
	'texts that are no numbers give 0; text is cut to its length; a Char is filled up': {
		stages: [transformer('T')],
		links: [
			from('In', 'T', `S varchar(20)`),
			to(
				'Out',
				'T',
				`N int = in.S
				D decimal(5,2) = in.S
				C varchar(3) = in.S
				L int = Len(in.S)`,
			),
		],
		given: { In: '12.789\nabcdef\n 7 \n' },
		written: { Out: '12, 012.78,12.,6\n0, 000.00,abc,6\n7, 007.00, 7 ,3\n' },
	},
	'decimals: cut by default, rounded as a function says': {
		stages: [transformer('T')],
		links: [
			from('In', 'T', 'D decimal(9,4)'),
			to(
				'Out',
				'T',
				`A decimal(7,2) = in.D
				B decimal(7,2) = DecimalToDecimal(in.D, "round_inf")
				C decimal(7,2) = DecimalToDecimal(in.D, "ceil")
				D decimal(7,2) = DecimalToDecimal(in.D, "floor")
				E int = AsInteger(in.D)
				F int = in.D
				G varchar(20) = DecimalToString(in.D, "suppress_zero")
				H varchar(20) = in.D
				I decimal(7,2) = in.D * 1.5`,
			),
		],
		given: { In: '2.3450\n-2.3456\n' },
		written: {
			Out: ' 00002.34, 00002.35, 00002.35, 00002.34,2,2,2.345,00002.3450, 00003.51\n-00002.34,-00002.35,-00002.34,-00002.35,-2,-2,-2.3456,-00002.3456,-00003.51\n',
		},
	},
	'macros and parameters': {
		name: 'Macros',
		parameters: [
			{ Name: 'pRegion', ParamType: '0', Default: 'EU' },
			{ Name: 'pRate', ParamType: '3', Default: '1.5' },
			{ Name: 'pDay', ParamType: '6', Default: '2020-01-31' },
			{ Name: 'pCount', ParamType: '2', Default: '3' },
		],
		stages: [transformer('T')],
		links: [
			from('In', 'T', 'K int', { file: '/data/#pRegion#/in.txt' }),
			to(
				'Out',
				'T',
				`K int = in.K * pCount
				R varchar(5) = pRegion
				J varchar(20) = DSJobName
				D date = pDay
				X decimal(5,2) = in.K * pRate
				S varchar(20) = DSJobStartDate
				L varchar(20) = DSJobStartTimestamp`,
				{ out: { Constraint: 'pRegion = "EU" And in.K > 0' } },
			),
		],
		given: { In: '1\n-1\n' },
		written: { Out: '3,EU,Macros,2020-01-31, 001.50,1970-01-01,1970-01-01 00:00:00\n' },
	},
	'a key change by variables, and the last row of a group': {
		stages: [
			transformer('T', [
				variable('svSum int = If in.K = svPrev Then svSum + in.V Else in.V', '0'),
				variable('svLast int = LastRowInGroup(in.K)', '0'),
				variable('svPrev varchar(5) = in.K', '""'),
			]),
		],
		links: [
			from(
				'In',
				'T',
				`K varchar(5)
				V int`,
				{
					inMeta: { 'Part/Col': 'hash -key K -cs', Sort: 'tsort -key K -cs -asc', SortAdv: '' },
				},
			),
			to(
				'Out',
				'T',
				`K varchar(5) = in.K
				S int = svSum`,
				{ out: { Constraint: 'svLast = 1' } },
			),
		],
		given: { In: 'b,1\na,2\nb,3\na,4\nc,5\n' },
		written: { Out: 'a,6\nb,4\nc,5\n' },
	},
	'a loop gives a row for each part of a list': {
		stages: [
			transformer('T', [variable('svN int = Dcount(in.L, "-")', '0')], {
				collections: {
					LoopCondition: [{ Name: '$LoopCondition', Expression: '@ITERATION <= svN' }],
					LoopVars: [
						{
							Name: 'lvPart',
							Expression: 'Field(in.L, "-", @ITERATION)',
							SqlType: '12',
							Precision: '20',
							InitialValue: '""',
						},
						{
							Name: 'lvAll',
							Expression: 'If @ITERATION = 1 Then lvPart Else lvAll : "+" : lvPart',
							SqlType: '12',
							Precision: '99',
							InitialValue: '""',
						},
					],
				},
			}),
		],
		links: [
			from(
				'In',
				'T',
				`K int
				L varchar(30)`,
			),
			to(
				'Out',
				'T',
				`K int = in.K
				I int = @ITERATION
				P varchar(20) = lvPart
				A varchar(99) = lvAll`,
				{ out: { Constraint: 'lvPart <> "x"' } },
			),
		],
		given: { In: '1,a-b-c\n2,\n3,x-y\n' },
		written: { Out: '1,1,a,a\n1,2,b,a+b\n1,3,c,a+b+c\n3,2,y,x+y\n' },
	},
	'saved rows: each row with the total of its group': {
		stages: [
			transformer(
				'T',
				[
					variable('svSaved int = SaveInputRecord()', '0'),
					variable('svLast int = LastRowInGroup(in.K)', '0'),
					variable('svSum int = svTotal + in.V', '0'),
					variable('svGroup int = If svLast Then svSum Else 0', '0'),
					variable('svTotal int = If svLast Then 0 Else svSum', '0'),
					variable('svN int = If svLast Then svSaved Else 0', '0'),
				],
				{
					collections: {
						LoopCondition: [{ Name: '$LoopCondition', Expression: '@ITERATION <= svN' }],
						LoopVars: [
							{ Name: 'lvRow', Expression: 'GetSavedInputRecord()', SqlType: '4', Precision: '10', InitialValue: '0' },
						],
					},
				},
			),
		],
		links: [
			from(
				'In',
				'T',
				`K varchar(5)
				V int`,
				{ inMeta: { 'Part/Col': 'hash -key K -cs', Sort: 'tsort -key K -cs -asc', SortAdv: '' } },
			),
			to(
				'Out',
				'T',
				`K varchar(5) = in.K
				V int = in.V
				S int = svGroup`,
			),
		],
		given: { In: 'a,1\nb,2\na,3\n' },
		written: { Out: 'a,1,4\na,3,4\nb,2,2\n' },
	},
})
