/** The documented cases, and how their results compare. */
import { existsSync, readFileSync } from 'node:fs'
import { ssisLanguage } from '#languages/ssis/language.ts'
import type { JsonValue } from '#model/json-values.ts'
import type { Value } from '#model/values.ts'

export const casesFile = '/work/shared/cases/ssis-expressions.tsv'
export const hasCases = existsSync(casesFile)

export interface Case {
	readonly id: string
	readonly confidence: string
	readonly expression: string
	readonly inputs: Readonly<Record<string, { readonly type: string; readonly value: JsonValue }>>
	readonly expected: string
	readonly type: string
}

export function readCases(): readonly Case[] {
	if (!hasCases) return []
	const lines = readFileSync(casesFile, 'utf8')
		.split('\n')
		.slice(1)
		.filter((line) => line !== '')
	return lines.map((line) => {
		const [id = '', , confidence = '', expression = '', inputs = '{}', expected = '', type = ''] = line.split('\t')
		return { id, confidence, expression, inputs: JSON.parse(inputs) as Case['inputs'], expected, type }
	})
}

/** Lowers the expression of a case with the types of its inputs. */
export function lowerCase({ expression, inputs }: Case) {
	const types = Object.fromEntries(Object.entries(inputs).map(([name, { type }]) => [name, type]))
	return ssisLanguage.lower(expression, types)
}

/** The value of a column or, by its model name, of a variable. */
export function inputValue({ inputs }: Case, name: string): Value {
	const input = inputs[name] ?? inputs[`@[${name}]`]
	if (input === undefined) throw new Error(`the case has no input ${name}`)
	return ssisLanguage.caseInput(input.type, input.value)
}

/** Is a result, in the words of the `expected` column, the expected one? Numbers by their value. */
export function equalResults(actual: string, expected: string, type: string): boolean {
	if (actual === expected || expected.startsWith('ERROR')) return actual === expected
	if (actual.startsWith('ERROR') || !/^DT_(?:R4|R8|NUMERIC|DECIMAL|CY|U?I\d)/.test(type)) return false
	const [left, right] = [Number(JSON.parse(actual)), Number(JSON.parse(expected))]
	return expected !== 'null' && actual !== 'null' && Math.abs(left - right) <= Math.abs(right) * 1e-12
}
