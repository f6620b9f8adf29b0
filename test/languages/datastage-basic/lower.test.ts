import { describe, expect, it } from 'vitest'
import { lowerBasic } from '#languages/datastage-basic/lower.ts'
import { evaluate } from '#languages/evaluate.ts'
import { text } from '#model/types.ts'
import { isError, makeTimestamp, type Value } from '#model/values.ts'
import { inputs, samples } from './samples.ts'

const run = { at: makeTimestamp(1_669_048_658_000_000n), job: 'Load', project: 'P', host: 'h', invocation: '' }
const columns = new Map(Object.keys(inputs).map((name) => [name, { name, type: text() }]))
const values: Readonly<Record<string, Value>> = inputs

function textOf(source: string): unknown {
	const { expression, diagnostics } = lowerBasic(source, { columns, parameters: new Map() }, 'string')
	if (expression.kind === 'opaque') return diagnostics.map(({ message }) => message)
	const value = (name: string): Value => values[name] ?? null
	const result = evaluate(expression, { column: value, parameter: value, variable: value, run })
	return isError(result) ? result.message : result
}

describe('BASIC expressions', () => {
	it.each(samples)('%s gives %j', (source, wanted) => expect(textOf(source)).toEqual(wanted))

	it.each([
		['a / 0', 'division by zero'],
		['Cats("a":@VM:"b", "c")', 'a value holds several, and only single ones are translated'],
	])('%s fails', (source, message) => expect(textOf(source)).toBe(message))

	it.each([
		['Oconv(a, b)', 'Oconv takes a constant as its code'],
		['Oconv(a, "TFILE;X;1;1")', 'the conversion code TFILE;X;1;1 is not translated'],
		['Fmt(a, "L#%#")', 'the format L#%# is not translated'],
		['a Matches b', 'matches takes a constant as its pattern'],
		['Rnd(10)', 'Rnd cannot be part of an expression: it gives random numbers'],
		['DSU.Tidy(a)', 'DSU.Tidy is no function of BASIC, and the export does not hold the routine'],
		['nowhere.x', 'nowhere.x is no column, variable or parameter here'],
		['a +', 'a value is expected, found the end'],
		['If a Then 1', 'Else expected after the Then branch, found the end'],
		['"open', 'a value is expected, found a text whose quote is never closed'],
	])('%s is not understood, and says why', (source, message) => expect(textOf(source)).toContain(message))

	it('compares constants that are no numbers as texts, without asking each row', () => {
		const { expression } = lowerBasic('a = "X"', { columns, parameters: new Map() })
		expect(expression).toMatchObject({ kind: 'call', operation: 'datastage.eq' })
	})

	it('is not exhausted by deep nesting', () => {
		expect(textOf(`${'('.repeat(5000)}1${')'.repeat(5000)}`)).toContain('nested deeper than 300 levels')
	})
})
