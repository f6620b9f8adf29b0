import { describe, expect, it } from 'vitest'
import { statementPattern } from '#evidence/statement-pattern.ts'
import type { Expression } from '#model/expressions.ts'
import type { Operator } from '#model/operators.ts'
import { text } from '#model/types.ts'
import { base, call, literal, schema, sourced } from '../support/model-builder.ts'

const variable: Expression = { kind: 'variable', name: 'User::x', type: text() }
const query = (sql: Expression, parameters: readonly Expression[] = []): Operator => ({
	...base('Q'),
	kind: 'read',
	schema: schema('A'),
	source: { kind: 'query', connection: 'DW', sql: sourced(sql), parameters, form: 'select' },
})
const fits = (operator: Operator, statement: string): boolean =>
	new RegExp(`^(?:${statementPattern(operator) ?? '(?!)'})$`, 's').test(statement)

describe('the form of a statement that the run decides', () => {
	it('has anything in the place of what is computed', () => {
		const operator = query(call('ssis.concat', text(), literal('SELECT *\n FROM t('), variable, literal(')')))
		expect(fits(operator, 'SELECT * FROM t(1)')).toBe(true)
		expect(fits(operator, 'SELECT * FROM u(1)')).toBe(false)
	})

	it('has anything in the place of markers that variables fill', () => {
		const operator = query(literal('SELECT a FROM t WHERE b = ?'), [variable])
		expect(fits(operator, "SELECT a FROM t WHERE b = 'x'")).toBe(true)
	})

	it('is not needed where no variable changes the text', () => {
		expect(statementPattern(query(literal('SELECT 1')))).toBeUndefined()
	})
})
