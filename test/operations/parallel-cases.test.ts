import { afterAll, describe, expect, it } from 'vitest'
import { parallelLanguage, parseCaseType } from '#languages/datastage-parallel/language.ts'
import type { Expression } from '#model/expressions.ts'
import { decodeValue, type JsonValue } from '#model/json-values.ts'
import type { DataType } from '#model/types.ts'
import { makeBinary, type Value } from '#model/values.ts'
import { localSpark, SET_UP_MS } from '../engines/local-spark/support.ts'
import { type ExpressionCase, expressionCases, haveExpressionCases } from '../support/expression-cases.ts'
import { columnName, disagreements, type ParityCase } from '../support/parity.ts'

const FILE = 'datastage-expressions.tsv'
const full = process.env['REGLUE_FULL'] === '1' && haveExpressionCases(FILE)

const inputValue = (type: DataType, value: unknown): Value =>
	type.kind === 'binary' && typeof value === 'string'
		? makeBinary(Buffer.from(value).toString('hex'))
		: decodeValue(value as JsonValue, type)

/** Column names in place of the names that the expression has. */
function renamed(expression: Expression, names: readonly string[]): Expression {
	switch (expression.kind) {
		case 'column':
			return { ...expression, name: columnName(names.indexOf(expression.name)) }
		case 'call':
			return { ...expression, args: expression.args.map((argument) => renamed(argument, names)) }
		case 'cast':
			return { ...expression, operand: renamed(expression.operand, names) }
		case 'if':
			return {
				...expression,
				condition: renamed(expression.condition, names),
				then: renamed(expression.then, names),
				otherwise: renamed(expression.otherwise, names),
			}
		default:
			return expression
	}
}

function parityCase(one: ExpressionCase): ParityCase | undefined {
	const inputs = Object.entries(one.inputs).flatMap(([name, { type, value }]) => {
		const known = parseCaseType(type)
		return known === undefined ? [] : [{ name, type: known, value: inputValue(known, value) }]
	})
	const types = Object.fromEntries(inputs.map(({ name, type }) => [name, type]))
	const { expression } = parallelLanguage.lower(one.expression, types, parseCaseType(one.resultType)).expression
	if (expression.kind === 'opaque') return undefined
	const names = inputs.map(({ name }) => name)
	return {
		name: one.id,
		expression: renamed(expression, names),
		types: inputs.map(({ type }) => type),
		rows: [inputs.map(({ value }) => value)],
	}
}

describe.runIf(full)(
	'documented parallel expressions on Spark (REGLUE_FULL=1; skipped when the cases are absent)',
	() => {
		const engine = localSpark()
		afterAll(() => engine.close())

		it(
			'give what the reference gives, which another test holds against the documents',
			async () => {
				const cases = expressionCases(FILE)
					.filter((one) => one.dialect === 'parallel')
					.flatMap((one) => parityCase(one) ?? [])
				expect(await disagreements(engine, cases)).toEqual([])
				expect(cases.length).toBeGreaterThan(300)
			},
			SET_UP_MS,
		)
	},
)
