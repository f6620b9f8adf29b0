import { describe, expect, it } from 'vitest'
import { evaluate } from '#languages/evaluate.ts'
import { ssisLanguage } from '#languages/ssis/language.ts'
import { isError, makeTimestamp } from '#model/values.ts'
import { type Case, casesFile, equalResults, hasCases, inputValue, lowerCase, readCases } from './cases.ts'

/** Cases that are not met, with the reason. None is of high confidence. */
const known: Readonly<Record<string, string>> = {
	E0259: 'a seventh digit of a second and the offset itself are not kept; the point in time is',
}

const run = { at: makeTimestamp(0n), job: 'case', project: '', host: '', invocation: '' }

/** The result in the words of the `expected` column, and the exact type. */
function outcome(one: Case): { readonly result: string; readonly type: string } {
	const lowered = lowerCase(one)
	const type = lowered.type?.name ?? ''
	const [problem] = lowered.problems
	if (problem !== undefined) return { result: `ERROR:${problem.kind}`, type }
	const named = (name: string) => inputValue(one, name)
	const value = evaluate(lowered.expression, { column: named, variable: named, parameter: named, run })
	if (isError(value)) return { result: `ERROR:${value.error}`, type }
	if (lowered.type === undefined) throw new Error('an expression without problems has a type')
	return { result: JSON.stringify(ssisLanguage.caseOutput(value, lowered.type)), type }
}

describe.runIf(hasCases)(`documented cases (skipped when ${casesFile} is absent)`, () => {
	for (const one of readCases()) {
		if (known[one.id] !== undefined) continue
		it(`${one.id} (${one.confidence}) ${one.expression}`, () => {
			const { result, type } = outcome(one)
			const wanted = one.type.split(',')[0] ?? ''
			expect(equalResults(result, one.expected, wanted) ? one.expected : result).toBe(one.expected)
			if (!one.expected.startsWith('ERROR')) expect(type).toBe(wanted)
		})
	}

	it('meets every case of high confidence', () => {
		const cases = readCases()
		expect(cases.filter(({ id, confidence }) => known[id] !== undefined && confidence === 'high')).toEqual([])
		expect(cases.length).toBeGreaterThan(400)
	})
})
