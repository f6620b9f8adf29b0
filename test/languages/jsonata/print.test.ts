import fc from 'fast-check'
import jsonata from 'jsonata'
import { describe, expect, it } from 'vitest'
import { lowerBasic } from '#languages/datastage-basic/lower.ts'
import { evaluate } from '#languages/evaluate.ts'
import { printJsonata } from '#languages/jsonata/print.ts'
import { literalText, numberCode, textCode } from '#languages/jsonata/text.ts'
import { parseTimestamp } from '#model/calendar.ts'
import type { Expression } from '#model/expressions.ts'
import { text } from '#model/types.ts'
import { isError, makeTimestamp } from '#model/values.ts'

const at = '2024-01-15T10:20:30Z'
const run = {
	at: makeTimestamp(parseTimestamp('2024-01-15 10:20:30') ?? 0n),
	job: 'Nightly',
	project: '',
	host: '',
	invocation: '',
}
const variable = (name: string): Expression => ({ kind: 'variable', name, type: text() })
const values = new Map(['A.x', 'A.y', 'A.$JobStatus'].map((name) => [name, variable(name)]))

/** What the expression gives in the reference and in JSONata, for these texts of the variables. */
async function both(source: string, x: string, y: string, status = '1', wanted: 'string' | 'boolean' = 'string') {
	const { expression } = lowerBasic(source, { columns: new Map(), parameters: new Map(), values }, wanted)
	const given: Readonly<Record<string, string>> = { 'A.x': x, 'A.y': y, 'A.$JobStatus': status }
	const reference = evaluate(expression, {
		column: () => null,
		parameter: () => null,
		variable: (name) => given[name] ?? null,
		run,
	})
	const printed = printJsonata(expression, {
		variable: (name) => ({ ...textCode(`$v${name.replaceAll(/\W/g, '')}`), canonical: name.includes('$') }),
		parameter: (_name, { kind }) => (kind === 'string' ? textCode('$p') : numberCode('$p')),
		job: 'Nightly',
	})
	if ('problem' in printed) return { reference, jsonata: printed.problem }
	const bindings = { vAx: x, vAy: y, vAJobStatus: status, states: { context: { Execution: { StartTime: at } } } }
	const computed: unknown = await jsonata(printed.code).evaluate(null, bindings)
	return { reference: isError(reference) ? reference.message : reference, jsonata: computed }
}

const texts = [
	'A.x : "-" : A.y',
	'Left(A.x, 2)',
	'Right(A.x, 3)',
	'A.x[2, 2]',
	'Trim(A.x)',
	'TrimB(A.x)',
	'TrimF(A.x)',
	'Upcase(A.x) : Downcase(A.y)',
	'Field(A.x, "/", 1)',
	'Field(A.x, "/", 2)',
	'Field(A.x, "/", Dcount(A.x, "/"))',
	'Ereplace(A.x, "/", "$1")',
	'Change(A.x, "ab", "")',
	'Convert("/", "-", A.x)',
	'Convert("ab", "", A.x)',
	'Len(A.x)',
	'Dcount(A.x, "/")',
	'Count(A.x, "a")',
	'If A.x = A.y Then "same" Else "other"',
	'If A.x > 5 Then "more" Else "less"',
	'Left(A.x, Len(A.x)-1)',
]
const conditions = [
	'A.x = A.y',
	'A.x <> A.y',
	'A.x < A.y',
	'A.x >= A.y',
	'A.x = 1',
	'A.x <> 0',
	'A.x = -3',
	'A.x > 10',
	'10 >= A.x',
	'A.x = "abc"',
	'A.x',
	'A.$JobStatus = 1 Or A.$JobStatus = 2',
	'A.$JobStatus <> 3 And A.x = "a"',
]
const samples = [
	'',
	'0',
	'1',
	'01',
	' 1 ',
	'+1.0',
	'-3',
	'.5',
	'5.',
	'1e1',
	'10',
	'11',
	'abc',
	'a/b/c',
	' a  b ',
	'/',
	'ab',
	"it's",
	'$1',
	'þx',
]

describe('JSONata of BASIC', () => {
	it.each(texts)('%s gives the same text', async (source) => {
		for (const x of samples) {
			for (const y of ['', 'a', '1']) {
				const found = await both(source, x, y)
				expect(found.jsonata, JSON.stringify({ x, y })).toEqual(found.reference)
			}
		}
	})

	it.each(conditions)('%s holds for the same values', async (source) => {
		for (const x of samples) {
			for (const y of samples) {
				for (const status of ['', '1', '2', '3']) {
					const found = await both(source, x, y, status, 'boolean')
					expect(found.jsonata, JSON.stringify({ x, y, status })).toEqual(found.reference)
				}
			}
		}
	})

	it('compares all texts as BASIC does', async () => {
		const piece = fc.string({ unit: fc.constantFrom('0', '1', '.', '-', '+', 'e', ' ', 'a'), maxLength: 5 })
		await fc.assert(
			fc.asyncProperty(piece, piece, fc.constantFrom('=', '<>', '<', '<=', '>', '>='), async (x, y, sign) => {
				const found = await both(`A.x ${sign} A.y`, x, y, '1', 'boolean')
				expect(found.jsonata).toEqual(found.reference)
			}),
			{ seed: 7, numRuns: 400 },
		)
	})

	it('keeps every text as it is', async () => {
		for (const text of ["it's", '\\', '{% %} %}', '\n\t\u0007', '"', 'é😀', '$x', "'"])
			expect(await jsonata(literalText(text)).evaluate(null)).toBe(text)
	})

	it('formats the day and the time of the run', async () => {
		for (const source of [
			'Oconv(@Date, "D-YMD[4,2,2]")',
			'Oconv(@Date, "D/DMY[2,2,4]")',
			'Oconv(@Date, "D/YMD[2,2,2]")',
			'Oconv(@Time, "MTS:")',
			'Oconv(@Time, "MTS")',
			'Oconv(@Time, "MT")',
		]) {
			const found = await both(source, '', '')
			expect(found.jsonata, source).toEqual(found.reference)
		}
	})

	it('does not print what it cannot compute', async () => {
		expect((await both('Soundex(A.x)', '', '')).jsonata).toBe('Step Functions cannot compute soundex')
		expect((await both('A.x / 3', '', '')).jsonata).toBe('Step Functions cannot compute divide')
	})
})
