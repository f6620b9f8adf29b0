import { describe, expect, it } from 'vitest'
import { parallelLanguage } from '#languages/datastage-parallel/language.ts'
import { evaluate } from '#languages/evaluate.ts'
import type { Expression } from '#model/expressions.ts'
import { encodeValue, type JsonValue } from '#model/json-values.ts'
import type { DataType } from '#model/types.ts'
import { int, record, text, vector } from '#model/types.ts'
import { isError, makeRecord, makeTimestamp, makeVector, type Value } from '#model/values.ts'

const run = { at: makeTimestamp(0n), job: 'LoadOrders', project: 'p', host: 'h', invocation: '' }

function shown(expression: Expression, row: Readonly<Record<string, Value>>): JsonValue {
	const read = (name: string): Value => row[name] ?? null
	const result = evaluate(expression, { column: read, parameter: read, variable: read, run })
	return isError(result) ? `fails: ${result.error}` : encodeValue(result, expression.type)
}

const tags = vector(text(), true)
const call = (operation: string, type: DataType, ...args: readonly Expression[]): Expression => ({
	kind: 'call',
	operation: `datastage.${operation}`,
	args,
	type,
})
const column = (name: string, type: DataType): Expression => ({ kind: 'column', name, type })

describe('functions of vectors in a Transformer', () => {
	const row = { 'in.TAGS': makeVector(['a', null, 'c']), 'in.NONE': makeVector([]) }
	it.each([
		['ElementAt(in.TAGS, 0)', 'a'],
		['ElementAt(in.TAGS, 1)', null],
		['ElementAt(in.TAGS, 3)', 'fails: argument'],
		['ElementAt(in.TAGS, -1)', 'fails: argument'],
		['ElementAt(in.NONE, 0)', 'fails: argument'],
		['GetVectorLength(in.TAGS) : "!"', '3!'],
	])('%s is %j', (source, expected) => {
		const { expression, diagnostics } = parallelLanguage.lower(source, { 'in.TAGS': tags, 'in.NONE': tags })
		expect(diagnostics).toEqual([])
		expect(shown(expression.expression, row)).toEqual(expected)
	})

	it.each(['in.TAGS : "x"', 'in.TAGS = "x"', 'Len(in.TAGS)'])('%s has no meaning', (source) => {
		const { diagnostics } = parallelLanguage.lower(source, { 'in.TAGS': tags })
		expect(diagnostics.map(({ code }) => code)).toEqual(['expression/type'])
	})
})

describe('vectors and records are put together and taken apart', () => {
	const pair = vector(
		record([
			{ name: 'no', type: int(32), nullable: false },
			{ name: 'name', type: text(), nullable: true },
		]),
		false,
	)
	const row = { NO: makeVector([1n, 2n]), NAME: makeVector(['a', 'b', 'c']) }
	const zipped = call('zip-records', pair, column('NO', vector(int(32), false)), column('NAME', tags))

	it('makes as many records as the longest vector has elements, filled by the default where null is not allowed', () => {
		expect(shown(zipped, row)).toEqual([
			{ no: 1, name: 'a' },
			{ no: 2, name: 'b' },
			{ no: 0, name: 'c' },
		])
	})

	it('fills with null where null is allowed', () => {
		expect(shown(zipped, { ...row, NAME: makeVector([]) })).toEqual([
			{ no: 1, name: null },
			{ no: 2, name: null },
		])
	})

	it('gives the vector of a field back', () => {
		const name: Expression = { kind: 'literal', value: 'name', type: text() }
		expect(shown(call('field-of', tags, zipped, name), row)).toEqual(['a', 'b', 'c'])
	})

	it('takes the field of one record', () => {
		const type = record([{ name: 'no', type: int(32), nullable: false }])
		const name: Expression = { kind: 'literal', value: 'no', type: text() }
		const field = call('field-of', int(32), column('R', type), name)
		expect(shown(field, { R: makeRecord({ no: 7n }) })).toBe(7)
	})
})
