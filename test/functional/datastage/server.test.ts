import { derived, file, from, serverJob, to, transformer } from '../../importers/datastage/server/server-builder.ts'
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
