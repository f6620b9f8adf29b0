import { describe, expect, it } from 'vitest'
import { parallelLanguage, parseCaseType } from '#languages/datastage-parallel/language.ts'
import { evaluate } from '#languages/evaluate.ts'
import { decodeValue, encodeValue, type JsonValue } from '#model/json-values.ts'
import type { DataType } from '#model/types.ts'
import { isError, makeBinary, makeTimestamp, type Value } from '#model/values.ts'
import { type ExpressionCase, expressionCases, haveExpressionCases } from '../../support/expression-cases.ts'

const FILE = 'datastage-expressions.tsv'

/** Cases that cannot be met, with the reason. */
const unsupported: Readonly<Record<string, string>> = {
	'num-047': 'vectors are no type of the model',
}

const run = { at: makeTimestamp(1_669_048_658_000_000n), job: 'job', project: 'project', host: 'host', invocation: '' }

function inputValue(type: DataType, value: unknown): Value {
	if (type.kind === 'binary' && typeof value === 'string') return makeBinary(Buffer.from(value).toString('hex'))
	return decodeValue(value as JsonValue, type)
}

/** `number` and `any` name no type: the expression's own is taken. */
const resultType = (name: string): DataType | undefined =>
	name === 'number' || name === 'any' || name === 'decimal' ? undefined : parseCaseType(name)

function outcome(one: ExpressionCase): { readonly got: JsonValue; readonly wanted: JsonValue } {
	const types = Object.fromEntries(
		Object.entries(one.inputs).map(([name, input]) => [name, parseCaseType(input.type) ?? { kind: 'uuid' as const }]),
	)
	const { expression, diagnostics } = parallelLanguage.lower(one.expression, types, resultType(one.resultType))
	const wanted: JsonValue = JSON.parse(one.expected)
	const fatal = diagnostics.find((problem) => problem.code !== 'expression/doubtful')
	if (fatal) return { got: `${fatal.code}: ${fatal.message}`, wanted }
	const column = (name: string): Value => inputValue(types[name] ?? { kind: 'uuid' }, one.inputs[name]?.value ?? null)
	const result = evaluate(expression.expression, { column, parameter: column, variable: column, run })
	if (isError(result)) return { got: `${result.error}: ${result.message}`, wanted }
	const encoded = encodeValue(result, expression.expression.type)
	return typeof wanted === 'number' ? { got: Number(encoded), wanted } : { got: encoded, wanted }
}

function passes({ got, wanted }: ReturnType<typeof outcome>): boolean {
	if (typeof wanted === 'number' && typeof got === 'number')
		return Math.abs(got - wanted) <= 1e-12 * Math.max(1, Math.abs(wanted))
	return got === wanted
}

describe.skipIf(!haveExpressionCases(FILE))('documented expressions of the parallel engine', () => {
	const cases = haveExpressionCases(FILE) ? expressionCases(FILE).filter((one) => one.dialect === 'parallel') : []
	it.each(cases.filter((one) => unsupported[one.id] === undefined))('$id ($confidence): $expression', (one) => {
		const result = outcome(one)
		expect(passes(result) ? result.wanted : result.got).toEqual(result.wanted)
	})

	it('cover all but the listed ones', () =>
		expect(cases.filter((one) => unsupported[one.id] !== undefined)).toHaveLength(1))
})
