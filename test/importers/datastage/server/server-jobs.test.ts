import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import type { Row } from '#model/values.ts'
import { outcomeOf } from '../../../support/dsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'
import { columns, derived, file, from, hashed, serverJob, to, transformer } from './server-builder.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine), 600_000)
afterAll(() => engine.close())

/** Runs the job on both sides, which must agree, and gives what it wrote. */
async function rowsOf(job: Job, inputs: Readonly<Record<string, string | readonly Row[]>>) {
	expect(job.accounting.filter(({ outcome }) => outcome === 'opaque')).toEqual([])
	const { expected, actual, script } = await runBoth(engine, job, inputs)
	expect(actual, script).toEqual(expected)
	return expected
}

describe('a server job', { timeout: 120_000 }, () => {
	it('carries texts as they are: no type is checked, no number is normalised', async () => {
		const job = serverJob({
			stages: [file('In'), transformer('T'), file('Out')],
			links: [
				from('In', 'T', ['N', 'S']),
				to('Out', 'T', [
					{ name: 'N', sqlType: 4, derivation: 'in.N' },
					{ name: 'M', sqlType: 3, derivation: 'in.N * 2' },
					{ name: 'Q', derivation: 'If in.S = "" Then "none" Else UpCase(in.S)' },
				]),
			],
		})
		expect(await rowsOf(job, { In: '007,a\n1.50,\nx,"b,c"\n' })).toEqual({
			Out: ['007,14,A', '1.50,3,none', 'x,0,B,C'],
		})
	})

	it('quotes columns of character types, and doubles quotes', async () => {
		const job = serverJob({
			stages: [file('In'), file('Out')],
			links: [
				{
					...from('In', 'Out', []),
					columns: [{ name: 'N', sqlType: 4 }, { name: 'S' }],
					in: { FileName: '/o', ColHeaders: '1' },
				},
			],
		})
		expect(await rowsOf(job, { In: '1,"say ""yes"""\n2,\n' })).toEqual({ Out: ['"N","S"', '1,"say ""yes"""', '2,""'] })
	})

	it('reads columns of fixed widths with blanks between them, and leaves what is behind them', async () => {
		const widths = { A: '3', B: '2', C: '4' }
		const job = serverJob({
			stages: [file('In'), transformer('T'), file('Out')],
			links: [
				{
					...from('In', 'T', [], { FixedWidth: '1', ColSpace: '2' }),
					columns: Object.entries(widths).map(([name, DisplaySize]) => ({ name, more: { DisplaySize } })),
				},
				to('Out', 'T', derived({ A: '"<":in.A:">"', B: 'in.B + 1', C: 'Trim(in.C)' })),
			],
		})
		expect(outcomeOf(job, 'In')).toContain('RG-D095')
		expect(await rowsOf(job, { In: 'a b  07   x  \nlmn  10  last and more\n' })).toEqual({
			Out: ['<a b>,8,x', '<lmn>,11,last'],
		})
	})

	it.each([
		['MS1250', 'windows-1250'],
		['ISO8859-2+MARKS', 'iso-8859-2'],
		['Project (KOI8-R)', 'koi8-r'],
	])('reads and writes the character set %s', async (NLSMapName, encoding) => {
		const job = serverJob({
			stages: [file('In', { NLSMapName }), file('Out', { NLSMapName })],
			links: [{ ...from('In', 'Out', ['A']), in: { FileName: '/o', QuoteChar: '000' } }],
		})
		expect(JSON.stringify(job.flows).match(/"encoding":"[^"]*"/g)).toEqual([
			`"encoding":"${encoding}"`,
			`"encoding":"${encoding}"`,
		])
		expect(await rowsOf(job, { In: 'a\nz\n' })).toEqual({ Out: ['a', 'z'] })
	})

	it('looks rows up in a hashed file, in the order of its reference links, and knows which were not found', async () => {
		const keyed = (name: string, key: string) => [{ name, key, more: { KeyPosition: '1' } }]
		const job = serverJob({
			stages: [file('In'), hashed('Towns'), hashed('Lands'), transformer('T'), file('Out'), file('Bad')],
			links: [
				from('In', 'T', ['Id', 'Town']),
				{
					name: 'town',
					from: 'Towns',
					to: 'T',
					kind: 'reference',
					columns: [...keyed('Code', 'Trim(in.Town)'), { name: 'Land' }],
					out: { FileName: 'TOWNS' },
				},
				{
					name: 'land',
					from: 'Lands',
					to: 'T',
					kind: 'reference',
					columns: [...keyed('Code', 'town.Land'), { name: 'Name' }],
					out: { FileName: 'LANDS' },
				},
				to('Out', 'T', derived({ Id: 'in.Id', Name: 'land.Name' }), { out: { Constraint: 'Not(land.NOTFOUND)' } }),
				to('Bad', 'T', derived({ Id: 'in.Id', Why: 'If town.NOTFOUND Then "town" Else "land"' }), {
					out: { Reject: '1' },
				}),
			],
		})
		const written = await rowsOf(job, {
			In: '1, OSL \n2,BER\n3,XXX\n4,ROM\n',
			Towns: [
				{ Code: 'OSL', Land: 'NO' },
				{ Code: 'BER', Land: null },
				{ Code: 'ROM', Land: 'IT' },
			],
			Lands: [
				{ Code: 'NO', Name: 'Norway' },
				{ Code: 'IT', Name: '' },
			],
		})
		expect(written).toEqual({ Out: ['1,Norway', '4,'], Bad: ['2,land', '3,town'] })
	})

	it('writes a hashed file by key, the last row counts, and reads from it what it wrote', async () => {
		const key = { name: 'K', more: { KeyPosition: '1' } }
		const job = serverJob({
			stages: [file('In'), hashed('H'), file('Out')],
			links: [
				{ ...from('In', 'H', []), columns: [key, { name: 'V' }], in: { FileName: 'H', ClearFile: '1' } },
				to('Out', 'H', [key, { name: 'V' }], { out: { FileName: 'H' } }),
			],
		})
		const written = await rowsOf(job, { In: 'a,1\nb,2\na,3\n' })
		expect(written).toEqual({ 'H#in': ['{"K":"a","V":"3"}', '{"K":"b","V":"2"}'], Out: ['a,3', 'b,2'] })
	})

	it('remembers stage variables from row to row, as numbers where they are', async () => {
		const job = serverJob({
			stages: [
				file('In'),
				transformer('T', [
					{ Name: 'Same', Expression: 'If in.K = Last Then @TRUE Else @FALSE', InitialValue: '' },
					{ Name: 'Total', Expression: 'If Same Then Total + in.V / 3 Else in.V / 3', InitialValue: '0' },
					{ Name: 'Last', Expression: 'in.K', InitialValue: '""' },
				]),
				file('Out'),
			],
			links: [from('In', 'T', ['K', 'V']), to('Out', 'T', derived({ K: 'in.K', N: '@INROWNUM', T: 'Total * 3' }))],
		})
		expect(await rowsOf(job, { In: 'a,1\na,1\na,2\nb,5\n' })).toEqual({ Out: ['a,1,1', 'a,2,2', 'a,3,4', 'b,4,5'] })
	})

	it('gives rows to each link whose constraint holds; REJECTED tells what came of the others', async () => {
		const job = serverJob({
			stages: [file('In'), transformer('T'), file('Big'), file('Even'), file('Both'), file('Rest')],
			links: [
				from('In', 'T', ['N']),
				to('Big', 'T', derived({ N: 'in.N' }), { out: { Constraint: 'in.N > 9' } }),
				to('Even', 'T', derived({ N: 'in.N' }), { out: { Constraint: 'Mod(in.N, 2) = 0' } }),
				to('Both', 'T', derived({ N: 'in.N', I: '@OUTROWNUM' }), {
					out: { Constraint: 'Not(big.REJECTED) And Not(even.REJECTED)' },
				}),
				to('Rest', 'T', derived({ N: 'in.N' }), { out: { Reject: '1', Constraint: 'in.N <> "5"' } }),
			],
		})
		const written = await rowsOf(job, { In: '1\n2\n5\n11\n12\n' })
		expect(written).toEqual({ Big: ['11', '12'], Even: ['12', '2'], Both: ['12,1'], Rest: ['1'] })
	})

	it('inlines routines that only compute', async () => {
		const job = serverJob(
			{
				stages: [file('In'), transformer('T'), file('Out')],
				links: [from('In', 'T', ['N']), to('Out', 'T', derived({ G: 'DSU.Grade(in.N)' }))],
			},
			{
				Grade:
					'FUNCTION Grade(N)\nIF NUM(N) THEN\n IF N > 50 THEN Ans = "good" ELSE Ans = "bad"\nEND ELSE\n Ans = "?"\nEND\nRETURN(Ans)',
			},
		)
		expect(await rowsOf(job, { In: '7\n51\nx\n' })).toEqual({ Out: ['?', 'bad', 'good'] })
	})

	it('inlines routines with subroutines, loops of constants and dynamic arrays', async () => {
		const job = serverJob(
			{
				stages: [file('In'), transformer('T'), file('Out')],
				links: [from('In', 'T', ['N']), to('Out', 'T', derived({ G: 'Plain(in.N)', R: 'Rank(in.N)' }))],
			},
			{
				// Takes up to three leading zeros off.
				Plain:
					'FUNCTION Plain(N)\nI = 1 ; Ans = N\nLOOP\nWHILE I <= 3 AND Ans[1, 1] = "0" DO\n GOSUB Cut\n I += 1\nREPEAT\nRETURN(Ans)\nCut:\nAns = Ans[2, 20]\nRETURN',
				Rank: 'FUNCTION Rank(N)\nList = "a":@FM:"b"\nList<-1> = "c"\nLOCATE N IN List SETTING P ELSE RETURN("none")\nDEL List<P>\nRETURN(P:List<1>:DCOUNT(List, @FM))',
			},
		)
		expect(await rowsOf(job, { In: '0012\nb\n00000\na\n' })).toEqual({ Out: ['00,none', '12,none', 'a,1b2', 'b,2a2'] })
	})

	it('turns loops of routines as often as the row says', async () => {
		const job = serverJob(
			{
				stages: [file('In'), transformer('T'), file('Out')],
				links: [from('In', 'T', ['N']), to('Out', 'T', derived({ L: 'Longest(in.N)', P: 'Plain(in.N)' }))],
			},
			{
				Longest:
					'FUNCTION Longest(N)\nMost = 0\nFOR I = 1 TO DCOUNT(N, "/")\n P = FIELD(N, "/", I)\n IF LEN(P) > Most THEN Most = LEN(P) ; Ans = P\nNEXT I\nRETURN(Ans)',
				Plain: 'FUNCTION Plain(N)\nAns = N\nLOOP\nUNTIL Ans[1, 1] <> "0" DO\n Ans = Ans[2, 99]\nREPEAT\nRETURN(Ans)',
			},
		)
		expect(await rowsOf(job, { In: 'a/bcd/ef\n007/0\n' })).toEqual({ Out: ['007,7/0', 'bcd,a/bcd/ef'] })
	})

	it('passes rows through processes and collects links', async () => {
		const job = serverJob({
			stages: [
				file('A'),
				file('B'),
				{ name: 'C', type: 'CCollector' },
				{ name: 'I', type: 'CInterProcess' },
				file('Out'),
			],
			links: [
				from('A', 'C', ['X', 'Y']),
				from('B', 'C', ['Y', 'X']),
				{ name: 'c', from: 'C', to: 'I', columns: columns('X', 'Y') },
				to('Out', 'I', columns('X', 'Y')),
			],
		})
		expect(await rowsOf(job, { A: '1,2\n', B: '3,4\n' })).toEqual({ Out: ['1,2', '4,3'] })
	})

	it('merges sorted links by a key', async () => {
		const merging = (properties: Readonly<Record<string, string>>) =>
			serverJob({
				stages: [file('A'), file('B'), { name: 'C', type: 'CCollector', properties }, file('Out')],
				links: [
					{ ...from('A', 'C', []), columns: [{ name: 'N', sqlType: 4 }, { name: 'T' }] },
					{ ...from('B', 'C', []), columns: [{ name: 'N', sqlType: 4 }, { name: 'T' }] },
					to('Out', 'C', columns('N', 'T')),
				],
			})
		const job = merging({ CollectAlg: 'Sort/Merge', 'Sort Key': 'N desc' })
		expect(outcomeOf(job, 'C')).toBe('exact')
		const { expected, actual } = await runBoth(engine, job, { A: '10,a\n2,b\n', B: '9,c\n' }, { ordered: true })
		expect(actual).toEqual(expected)
		expect(expected).toEqual({ Out: ['10,a', '9,c', '2,b'] })
		expect(outcomeOf(merging({ CollectAlg: 'Sort/Merge' }), 'C')).toContain('by no key that the export tells')
	})

	it('aggregates by the derivations of the output link: numbers by value, what leaves is text', async () => {
		const job = serverJob({
			stages: [file('In'), { name: 'G', type: 'AGGREGATOR' }, file('Out')],
			links: [
				from('In', 'G', ['K', 'V']),
				to('Out', 'G', [
					{ name: 'K', derivation: 'in.K', more: { Group: '1' } },
					{ name: 'S', derivation: 'Sum(in.V)' },
					{ name: 'A', derivation: 'Average(in.V)' },
					{ name: 'N', derivation: 'Count(in.V)' },
				]),
			],
		})
		expect(await rowsOf(job, { In: 'a,1\nb,2.50\na,9\nb,x\na,0\n' })).toEqual({
			Out: ['a,10,3.3333,3', 'b,2.5,1.25,2'],
		})
	})

	// IBM: Aggregator stage: the root of (sum of squares - N * average squared) / N. Of 2, 4, 4, 6 that is the root of 2.
	it('aggregates deviations that divide by the count', async () => {
		const job = serverJob({
			stages: [file('In'), { name: 'G', type: 'AGGREGATOR' }, file('Out')],
			links: [
				from('In', 'G', ['K', 'V']),
				to('Out', 'G', [
					{ name: 'K', derivation: 'in.K', more: { Group: '1' } },
					{ name: 'D', derivation: 'Standard Deviation(in.V)' },
					{ name: 'M', derivation: 'Max(in.K)' },
				]),
			],
		})
		expect(await rowsOf(job, { In: 'a,2\na,4\nb,7\na,4\na,6\n' })).toEqual({ Out: ['a,1.4142,a', 'b,0,b'] })
	})

	it('sorts by its specification, numbers by value', async () => {
		const job = serverJob({
			stages: [file('In'), { name: 'S', type: 'sort', properties: { SortSpecs: 'N desc, T' } }, file('Out')],
			links: [
				{ ...from('In', 'S', []), columns: [{ name: 'N', sqlType: 4 }, { name: 'T' }] },
				to('Out', 'S', columns('N', 'T')),
			],
		})
		const { expected, actual } = await runBoth(engine, job, { In: '9,b\n10,c\n9,a\n' }, { ordered: true })
		expect(actual).toEqual(expected)
		expect(expected).toEqual({ Out: ['10,c', '9,a', '9,b'] })
	})

	it('deals rows to links in turn', async () => {
		const job = serverJob({
			stages: [file('In'), { name: 'P', type: 'CPartitioner' }, file('Odd'), file('Even')],
			links: [from('In', 'P', ['K']), to('Odd', 'P', columns('K')), to('Even', 'P', columns('K'))],
		})
		expect(await rowsOf(job, { In: 'a\nb\nc\n' })).toEqual({ Odd: ['a', 'c'], Even: ['b'] })
	})

	it('pivots columns into rows', async () => {
		const job = serverJob({
			stages: [file('In'), { name: 'P', type: 'Pivot' }, file('Out')],
			links: [from('In', 'P', ['K', 'Q1', 'Q2']), to('Out', 'P', derived({ K: 'K', Q: 'Q1, Q2' }))],
		})
		expect(await rowsOf(job, { In: 'a,1,2\nb,3,\n' })).toEqual({ Out: ['a,1', 'a,2', 'b,', 'b,3'] })
	})

	it('pivots, and gives columns that pass other names', async () => {
		const job = serverJob({
			stages: [file('In'), { name: 'P', type: 'Pivot' }, file('Out')],
			links: [from('In', 'P', ['K', 'Q1', 'Q2']), to('Out', 'P', derived({ KEY: 'K', Q: 'Q1, Q2', R: 'Q2' }))],
		})
		expect(await rowsOf(job, { In: 'a,1,2\n' })).toEqual({ Out: ['a,1,2', 'a,2,2'] })
		const clash = serverJob({
			stages: [file('In'), { name: 'P', type: 'Pivot' }, file('Out')],
			links: [from('In', 'P', ['K', 'Q1', 'Q2']), to('Out', 'P', derived({ Q1: 'K', Q: 'Q1, Q2' }))],
		})
		expect(outcomeOf(clash, 'P')).toBe('opaque: it gives K on as Q1, which becomes rows')
	})

	it('leaves columns out that a row has too many of', async () => {
		const job = serverJob({
			stages: [file('In'), file('Out')],
			links: [{ ...from('In', 'Out', ['A', 'B']), in: { FileName: '/o', QuoteChar: '000' } }],
		})
		expect(await rowsOf(job, { In: '1,2\n3,"4,5",6,7\n8,9,\n' })).toEqual({ Out: ['1,2', '3,4,5', '8,9'] })
	})

	it('stops at a row that lacks columns', async () => {
		const job = serverJob({
			stages: [file('In'), file('Out')],
			links: [{ ...from('In', 'Out', ['A', 'B']), in: { FileName: '/o', QuoteChar: '000' } }],
		})
		const { expected, actual } = await runBoth(engine, job, { In: '1,2\n3\n' })
		expect(expected).toMatchObject({ failed: expect.any(String) })
		expect(actual).toMatchObject({ failed: expect.any(String) })
	})
})

describe('what a server job keeps opaque, with its reason', () => {
	const opaque = (
		links: Parameters<typeof serverJob>[0]['links'],
		stages = [file('In'), transformer('T'), file('Out')],
	): string => outcomeOf(serverJob({ stages, links: links ?? [] }), 'T')

	it('expressions that are not understood', () =>
		expect(opaque([from('In', 'T', ['A']), to('Out', 'T', derived({ A: 'Trans("F", in.A, 1, "X")' }))])).toContain(
			'Trans cannot be part of an expression: it reads a file of the project',
		))

	it('limits on rows', () =>
		expect(opaque([from('In', 'T', ['A']), to('Out', 'T', derived({ A: 'in.A' }), { out: { RowLimit: 'x' } })])).toBe(
			'opaque: it ends the job when link out has x rows',
		))

	it('files that a link writes while another reads them', () => {
		const key = { name: 'K', more: { KeyPosition: '1' } }
		const job = serverJob({
			stages: [hashed('Old'), transformer('T'), hashed('New')],
			links: [
				{ name: 'old', from: 'Old', to: 'T', columns: [key], out: { FileName: 'H' } },
				{ name: 'new', from: 'T', to: 'New', columns: [{ ...key, derivation: 'old.K' }], in: { FileName: 'H' } },
			],
		})
		expect(outcomeOf(job, 'New')).toBe('opaque: the stage Old reads /hashed/H in the same job')
	})

	it('files of fixed width that are written, or whose widths nobody says', () => {
		const job = serverJob({
			stages: [file('In'), file('Out')],
			links: [{ ...from('In', 'Out', ['A'], { FixedWidth: '1' }), in: { FileName: '/o', FixedWidth: '1' } }],
		})
		expect(outcomeOf(job, 'In')).toContain('its columns have fixed widths, and A has no display size')
		expect(outcomeOf(job, 'Out')).toContain('how it fills them up is not documented')
	})
})
