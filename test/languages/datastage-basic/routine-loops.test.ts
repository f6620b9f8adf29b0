/** Loops of routines whose number of turns only the run knows. */
import { describe, expect, it } from 'vitest'
import { lowerBasic } from '#languages/datastage-basic/lower.ts'
import { MOST_TURNS } from '#languages/datastage-basic/routine-loops.ts'
import { parseRoutine } from '#languages/datastage-basic/routine-parser.ts'
import { evaluate } from '#languages/evaluate.ts'
import { text } from '#model/types.ts'
import { isError, makeTimestamp } from '#model/values.ts'
import { longest, noZeros, triangle } from './loop-samples.ts'

const run = { at: makeTimestamp(0n), job: 'Load', project: 'P', host: 'h', invocation: '' }

function lowered(lines: readonly string[]) {
	const routines = new Map([['tidy', parseRoutine('Tidy', lines.join('\n'))]])
	const columns = new Map([['Value', { name: 'Value', type: text() }]])
	return lowerBasic('Tidy(Value)', { columns, parameters: new Map(), routines }, 'string')
}

/** What a routine makes of a value of the row, or why it is not translated. */
function made(lines: readonly string[], value: string): unknown {
	const { expression, diagnostics } = lowered(lines)
	if (expression.kind === 'opaque') return diagnostics.find(({ code }) => code !== 'expression/doubtful')?.message
	const none = () => null
	const result = evaluate(expression, { column: () => value, parameter: none, variable: none, run })
	return isError(result) ? result.message : result
}

describe('a FOR up to a number that the row knows', () => {
	it.each([
		['a,bcd,ef', 'bcd'],
		['', ''],
		[`${'x,'.repeat(90)}yy`, 'yy'],
	])('takes as many turns: %s', (value, wanted) => expect(made(longest, value)).toBe(wanted))

	it('ends at EXIT, and its variable stays where it was', () => {
		const lines = [
			'FUNCTION Tidy(X)',
			'FOR I = LEN(X) TO 1 STEP -1',
			'IF X[I, 1] = "/" THEN EXIT',
			'NEXT I',
			'RETURN(I : "")',
		]
		expect(made(lines, 'a/b/cd')).toBe('4')
		expect(made(lines, 'abc')).toBe('1')
	})

	it('may stand in another', () => expect(made(triangle, 'abc')).toBe('abc.bc.c.'))
})

describe('a LOOP', () => {
	it.each([
		['000120', '120'],
		['0', '0'],
		['', ''],
		[`${'0'.repeat(70)}7`, '7'],
	])('goes on while the row says so: %s', (value, wanted) => expect(made(noZeros, value)).toBe(wanted))

	it('ends the job where it takes too many turns, and says so beforehand', () => {
		expect(made(noZeros, `${'0'.repeat(MOST_TURNS + 1)}7`)).toBe(`a loop has not ended after ${MOST_TURNS} turns`)
		expect(lowered(noZeros).diagnostics.map(({ code, message }) => [code, message])).toEqual([
			['expression/doubtful', expect.stringContaining(`takes more than ${MOST_TURNS}`)],
		])
	})
})

describe('is refused', () => {
	it.each([
		[
			'a RETURN from within',
			['FOR I = 1 TO LEN(X)', 'IF X[I, 1] = "a" THEN RETURN(I)', 'NEXT I'],
			'leaves a FOR whose number of turns is not known by RETURN or GOTO',
		],
		['an end that changes', ['N = LEN(X)', 'FOR I = 1 TO N', 'N -= 1', 'NEXT I'], 'whose end changes with its turns'],
		['a STEP that the row knows', ['FOR I = 1 TO 9 STEP LEN(X)', 'NEXT I'], 'a FOR whose STEP is not known'],
		[
			'a variable of two kinds',
			['N = "x"', 'FOR I = 1 TO LEN(X)', 'N = LEN(X) + 1', 'NEXT I', 'RETURN(N)'],
			'a text in one turn of a loop and a number in another',
		],
	])('%s', (_what, lines, reason) => expect(made(['FUNCTION Tidy(X)', ...lines], 'abc')).toContain(reason))
})
