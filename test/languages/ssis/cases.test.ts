import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { evaluate } from '#languages/evaluate.ts'
import { ssisLanguage } from '#languages/ssis/language.ts'
import type { JsonValue } from '#model/json-values.ts'
import { isError, makeTimestamp } from '#model/values.ts'

const file = '/work/shared/cases/ssis-expressions.tsv'

/** Cases that no engine of ours can meet, with the reason. All are of medium or low confidence. */
const known: Readonly<Record<string, string>> = {
	E0259: 'a seventh digit of a second and the offset itself are not kept; the point in time is',
}

interface Case {
	readonly id: string
	readonly confidence: string
	readonly expression: string
	readonly inputs: Readonly<Record<string, { readonly type: string; readonly value: JsonValue }>>
	readonly expected: string
	readonly type: string
}

function readCases(): readonly Case[] {
	const lines = readFileSync(file, 'utf8')
		.split('\n')
		.slice(1)
		.filter((line) => line !== '')
	return lines.map((line) => {
		const [id = '', , confidence = '', expression = '', inputs = '{}', expected = '', type = ''] = line.split('\t')
		return { id, confidence, expression, inputs: JSON.parse(inputs) as Case['inputs'], expected, type }
	})
}

const run = { at: makeTimestamp(0n), job: 'case', project: '', host: '', invocation: '' }

/** The result in the words of the `expected` column, and the exact type. */
function outcome({ expression, inputs }: Case): { readonly result: string; readonly type: string } {
	const types = Object.fromEntries(Object.entries(inputs).map(([name, { type }]) => [name, type]))
	const lowered = ssisLanguage.lower(expression, types)
	const type = lowered.type?.name ?? ''
	const [problem] = lowered.problems
	if (problem !== undefined) return { result: `ERROR:${problem.kind}`, type }
	const named = (name: string) => {
		const input = inputs[name] ?? inputs[`@[${name}]`]
		if (input === undefined) throw new Error(`the case has no input ${name}`)
		return ssisLanguage.caseInput(input.type, input.value)
	}
	const value = evaluate(lowered.expression, { column: named, variable: named, parameter: named, run })
	if (isError(value)) return { result: `ERROR:${value.error}`, type }
	if (lowered.type === undefined) throw new Error('an expression without problems has a type')
	return { result: JSON.stringify(ssisLanguage.caseOutput(value, lowered.type)), type }
}

function equal(actual: string, expected: string, type: string): boolean {
	if (actual === expected || expected.startsWith('ERROR')) return actual === expected
	if (actual.startsWith('ERROR') || !/^DT_(?:R4|R8|NUMERIC|DECIMAL|CY|U?I\d)/.test(type)) return false
	const [left, right] = [Number(JSON.parse(actual)), Number(JSON.parse(expected))]
	return expected !== 'null' && actual !== 'null' && Math.abs(left - right) <= Math.abs(right) * 1e-12
}

describe.runIf(existsSync(file))(`documented cases (skipped when ${file} is absent)`, () => {
	for (const one of existsSync(file) ? readCases() : []) {
		if (known[one.id] !== undefined) continue
		it(`${one.id} (${one.confidence}) ${one.expression}`, () => {
			const { result, type } = outcome(one)
			const wanted = one.type.split(',')[0] ?? ''
			expect(equal(result, one.expected, wanted) ? one.expected : result).toBe(one.expected)
			if (!one.expected.startsWith('ERROR')) expect(type).toBe(wanted)
		})
	}

	it('meets every case of high confidence', () => {
		const cases = readCases()
		expect(cases.filter(({ id, confidence }) => known[id] !== undefined && confidence === 'high')).toEqual([])
		expect(cases.length).toBeGreaterThan(400)
	})
})
