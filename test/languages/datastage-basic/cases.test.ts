import { describe, expect, it } from 'vitest'
import { evaluate } from '#languages/evaluate.ts'
import type { JsonValue } from '#model/json-values.ts'
import { isError, makeTimestamp } from '#model/values.ts'
import { basicCases } from '#pipeline/expr/basic.ts'
import { sameJson } from '#pipeline/expr/same-json.ts'
import { expressionCases, haveExpressionCases } from '../../support/expression-cases.ts'

const FILE = 'datastage-expressions.tsv'
const run = { at: makeTimestamp(1_669_048_658_000_000n), job: 'job', project: 'project', host: 'host', invocation: '' }

describe.skipIf(!haveExpressionCases(FILE))('documented BASIC expressions (skipped when the cases are absent)', () => {
	const cases = haveExpressionCases(FILE) ? expressionCases(FILE).filter(({ dialect }) => dialect === 'server') : []
	it.each(cases)('$id ($confidence): $expression', (one) => {
		const prepared = basicCases.prepare({
			...one,
			inputs: one.inputs as Parameters<typeof basicCases.prepare>[0]['inputs'],
		})
		expect(prepared.problem).toBeUndefined()
		const value = (name: string) => prepared.names.find((known) => known.name === name)?.value ?? null
		const scope = { column: value, parameter: value, variable: value, run }
		const result = prepared.expression === undefined ? null : evaluate(prepared.expression, scope)
		const actual = isError(result) ? { error: result.error } : prepared.output(result)
		const wanted = JSON.parse(one.expected) as JsonValue
		expect(sameJson(wanted, actual, one.resultType) ? wanted : actual).toEqual(wanted)
	})
})
