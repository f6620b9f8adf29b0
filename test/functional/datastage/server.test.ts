import {
	derived,
	file,
	from,
	hashed,
	serverJob,
	to,
	transformer,
} from '../../importers/datastage/server/server-builder.ts'
import { subject } from '../../support/functional-job.ts'

const T = (variables: readonly (readonly [string, string, string])[] = []) =>
	transformer(
		'T',
		variables.map(([Name, Expression, InitialValue]) => ({ Name, Expression, InitialValue })),
	)
const job = (...parts: Parameters<typeof serverJob>) => ({ stages: [], job: serverJob(...parts) })

subject('Server Transformer', {
	'dates, conversions, fields and formats': {
		...job({
			stages: [file('In'), T(), file('Out')],
			links: [
				from('In', 'T', ['D', 'N', 'S']),
				to(
					'Out',
					'T',
					derived({
						A: 'Oconv(Iconv(in.D, "D-YMD[4,2,2]"), "D/DMY[2,2,4]")',
						B: 'Iconv(in.D, "D4")',
						C: 'Oconv(in.N, "MD2,")',
						E: 'Field(in.S, "-", 2)',
						F: 'Fmt(in.N, "8\'0\'R")',
						G: 'in.S[1,2] : in.S[2]',
						H: 'If in.S Matches "1A0X" Then "alpha" Else "other"',
						I: 'Index(in.S, "-", 2)',
						J: 'Count(in.S, "-") : "/" : Dcount(in.S, "-")',
						K: 'Oconv(in.S, "MCU") : Oconv(in.S, "MCN")',
						L: 'in.N / 3',
						M: 'Trim(in.S, "-", "A") : Len(in.S)',
						N: 'Ereplace(in.S, "-", "+", 1)',
						O: 'Int(in.N / 1000) : "," : Mod(in.N, 7)',
					}),
				),
			],
		}),
		given: { In: '2020-03-05,12345,ab-12-c\n1967-12-31,7,9x\n' },
		written: {
			Out: '05/03/2020,19058,123.45,12,00012345,ab-c,alpha,6,2/3,AB-12-C12,4115,ab12c7,ab+12-c,12,4\n31/12/1967,0,0.07,,00000007,9x9x,other,0,0/1,9X9,2.3333,9x2,9x,0,0\n'.replace(
				'12345,ab',
				'12345,ab',
			),
		},
	},
	'variables remember; constraints and the reject link': {
		...job({
			stages: [
				file('In'),
				T([
					['svNew', 'If in.K = svLast Then 0 Else 1', '0'],
					['svN', 'If svNew Then 1 Else svN + 1', '0'],
					['svLast', 'in.K', '""'],
				]),
				file('Out'),
				file('Rest'),
			],
			links: [
				from('In', 'T', ['K', 'V']),
				to('Out', 'T', derived({ K: 'in.K', N: 'svN', V: 'in.V' }), { out: { Constraint: 'in.V > 9' } }),
				to('Rest', 'T', derived({ K: 'in.K', V: 'in.V' }), { out: { Reject: '1' } }),
			],
		}),
		given: { In: 'a,10\na,9\na,100\nb,x\n' },
		written: { Out: 'a,1,10\na,3,100\nb,1,x\n', Rest: 'a,9\n' },
	},
})

const key = (more: Record<string, string> = {}) => ({ name: 'K', more: { KeyPosition: '1' }, ...more })

subject('Server Transformer, how BASIC differs', {
	'And and Or have one rank; texts that look like numbers compare as numbers; an empty text counts as 0': {
		...job({
			stages: [file('In'), T(), file('Out')],
			links: [
				from('In', 'T', ['A', 'B', 'C']),
				to(
					'Out',
					'T',
					derived({
						A: 'If in.A = 1 Or in.B = 1 And in.C = 1 Then "y" Else "n"',
						B: 'If in.A = "1.0" Then "same" Else "other"',
						C: 'If in.B < in.C Then "less" Else "not less"',
						D: 'in.A + in.B',
						E: 'Not(in.B)',
						F: 'Count("TTTT", "TT") : Index("TTTT", "TT", 2) : Dcount("a--b", "--")',
						G: 'in.A : in.B + 1 : in.C',
					}),
				),
			],
		}),
		given: { In: '1,,0\n01,9,10\nx,b,a\n' },
		written: { Out: 'n,same,less,1,1,232,110\nn,same,less,10,0,232,011010\nn,other,not less,0,0,232,x1a\n' },
	},
	'dates and times inside and out': {
		...job({
			stages: [file('In'), T(), file('Out')],
			links: [
				from('In', 'T', ['D', 'S']),
				to(
					'Out',
					'T',
					derived({
						A: 'Oconv(in.D, "D2/")',
						B: 'Oconv(in.D, "D-YMD[4,2,2]")',
						C: 'Oconv(in.D, "DY") : " " : Oconv(in.D, "DM") : " " : Oconv(in.D, "DW")',
						D: 'Oconv(in.S, "MTS")',
						E: 'Oconv(in.S, "MTH")',
						F: 'Iconv(Oconv(in.D, "D4/"), "D") = in.D',
						G: 'Iconv("12/31/67", "D2/")',
						H: 'Iconv("31/12/1967", "D4/E")',
					}),
				),
			],
		}),
		given: { In: '732,3661\n19058,86399\n' },
		written: {
			Out: '01/01/70,1970-01-01,1970 1 4,01:01:01,01:01am,1,0,0\n03/05/20,2020-03-05,2020 3 4,23:59:59,11:59pm,1,0,0\n',
		},
	},
})

subject('Hashed File', {
	'what a job writes it may look up: the last row of each key': {
		...job({
			stages: [file('In'), hashed('H'), file('Ask'), T(), file('Out')],
			links: [
				{ ...from('In', 'H', []), columns: [key(), { name: 'V' }], in: { FileName: 'H', ClearFile: '1' } },
				{
					name: 'h',
					from: 'H',
					to: 'T',
					kind: 'reference' as const,
					columns: [key({ key: 'ask.K' }), { name: 'V' }],
					out: { FileName: 'H' },
				},
				from('Ask', 'T', ['K']),
				to('Out', 'T', derived({ K: 'ask.K', V: 'If h.NOTFOUND Then "-" Else h.V' })),
			],
		}),
		given: { In: 'a,1\nb,2\na,3\n', Ask: 'a\nc\nb\n' },
		written: { Out: 'a,3\nc,-\nb,2\n', H: '{"K":"a","V":"3"}\n{"K":"b","V":"2"}\n' },
	},
})

subject('Routines of a server job', {
	'they decide, compute and call each other': {
		stages: [],
		job: serverJob(
			{
				stages: [file('In'), T(), file('Out')],
				links: [from('In', 'T', ['N']), to('Out', 'T', derived({ N: 'in.N', G: 'Grade(in.N)' }))],
			},
			{
				Grade:
					'FUNCTION Grade(N)\nBEGIN CASE\n CASE NUM(N) = 0\n Ans = "none"\n CASE N >= Limit(1)\n Ans = "good"\n CASE 1\n Ans = "bad":N\nEND CASE\nRETURN(Ans)',
				Limit: 'FUNCTION Limit(K)\nL = K * 50\nIF L > 10 THEN Ans = L ELSE Ans = 10\nRETURN(Ans)',
			},
		),
		given: { In: '7\n50\nx\n' },
		written: { Out: '7,bad7\n50,good\nx,none\n' },
	},
})
