import { describe, expect, it } from 'vitest'
import { parallelLanguage } from '#languages/datastage-parallel/language.ts'
import { evaluate } from '#languages/evaluate.ts'
import type { PysparkScope } from '#languages/pyspark.ts'
import { pysparkFails, pysparkValue } from '#languages/pyspark.ts'
import { fn, lit } from '#languages/python.ts'
import { allConversions, allOperations } from '#languages/registry.ts'
import type { Expression } from '#model/expressions.ts'
import type { DataType } from '#model/types.ts'
import { boolean, decimal, int, text } from '#model/types.ts'
import { conversionFormats } from '../operations/conversion-formats.ts'
import { literalSamples } from '../operations/literal-samples.ts'
import { conversionCases } from '../support/conversion-samples.ts'
import { operationCases } from '../support/operation-samples.ts'
import type { ParityCase } from '../support/parity.ts'
import { run } from '../support/parity.ts'

const scope: PysparkScope = {
	column: (name) => fn('col', name),
	parameter: (name) => fn('col', name),
	variable: (name) => fn('col', name),
	runAt: fn('current_timestamp'),
	runFact: (name) => lit(name),
}
const types = { QTY: int(32), PRICE: decimal(9, 2), NAME: text(20) }
const lowered = (source: string, type: DataType): Expression =>
	parallelLanguage.lower(source, types, type).expression.expression
const fails = (expression: Expression): string | undefined => pysparkFails(expression, scope)?.code
const column = (name: string, type: DataType): Expression => ({ kind: 'column', name, type })

describe('the test for failure', () => {
	it('asks once for a chain of steps: null, though no column is', () => {
		expect(fails(lowered('QTY * PRICE', decimal(12, 2)))).toMatch(
			/^F\.col\("QTY"\)\.isNotNull\(\) & F\.col\("PRICE"\)\.isNotNull\(\) & [^&]*\.isNull\(\)$/,
		)
	})

	it('asks nothing of arithmetic whose result has room for every value', () => {
		expect(fails(lowered('QTY * PRICE', decimal(30, 2)))).toBeUndefined()
	})

	it('asks for each step by itself where one may fail beside a null', () => {
		const sum = lowered('StringToDecimal(NAME) + QTY / QTY', decimal(38, 10))
		expect(fails(sum)?.split(' | ').length).toBeGreaterThan(1)
	})

	it('reads an empty field as null without asking twice', () => {
		const field = column('NAME', text())
		const read: Expression = { kind: 'cast', operand: field, rule: 'ssis.flat-file-read', type: int(32) }
		const blank: Expression = { kind: 'literal', value: '', type: text() }
		const empty: Expression = { kind: 'call', operation: 'ssis.equal', args: [field, blank], type: boolean }
		const missing: Expression = { kind: 'call', operation: 'shared.is-null', args: [field], type: boolean }
		const expression: Expression = {
			kind: 'if',
			condition: { kind: 'call', operation: 'shared.or', args: [missing, empty], type: boolean },
			then: { kind: 'literal', value: null, type: int(32) },
			otherwise: read,
			onNull: 'otherwise',
			type: int(32),
		}
		const zero: Expression = { kind: 'literal', value: 0n, type: int(32) }
		const number = 'parse_int(F.col("NAME"), "int32")'
		expect(pysparkValue(expression, scope).code).toBe(`F.when(F.col("NAME") != "", ${number})`)
		expect(fails(expression)).toBe(`F.col("NAME").isNotNull() & (F.col("NAME") != "") & ${number}.isNull()`)
		const withDefault = { ...expression, then: zero }
		expect(pysparkValue(withDefault, scope).code).toBe(`F.when(F.col("NAME") != "", ${number}).otherwise(F.lit(0))`)
		expect(fails(withDefault)).toBe(fails(expression))
		const asText = { ...expression, then: blank, otherwise: field, type: text() }
		expect(pysparkValue(asText, scope).code).toBe('F.coalesce(F.col("NAME"), F.lit(""))')
		expect(fails(asText)).toBeUndefined()
	})
})

describe('operations and conversions', () => {
	const givesNull = ({ expression, rows }: ParityCase): boolean =>
		rows.some((row) => {
			const value = (name: string) => row[Number(name.slice(1))] ?? null
			return (
				!row.includes(null) && evaluate(expression, { column: value, parameter: value, variable: value, run }) === null
			)
		})
	const hasNull = ({ expression }: ParityCase): boolean =>
		expression.kind === 'call' && expression.args.some((part) => part.kind === 'literal' && part.value === null)

	it('give null for arguments that are none only where the catalogue says so', () => {
		const silent = allOperations().filter(({ nulls, givesNull: says }) => nulls === 'propagate' && says !== true)
		const wrong = silent.filter((one) =>
			operationCases(one, literalSamples).some((sample) => !hasNull(sample) && givesNull(sample)),
		)
		expect(wrong.map(({ id }) => id)).toEqual([])
		const casts = allConversions().filter((one) => conversionCases(one, conversionFormats(one.id)).some(givesNull))
		expect(casts.map(({ id }) => id)).toEqual([])
	})
})
