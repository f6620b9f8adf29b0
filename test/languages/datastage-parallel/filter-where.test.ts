import { describe, expect, it } from 'vitest'
import { type FilterOptions, lowerFilterWhere } from '#languages/datastage-parallel/filter-where.ts'
import { evaluate } from '#languages/evaluate.ts'
import { int, text } from '#model/types.ts'
import { makeTimestamp, type Value } from '#model/values.ts'

const symbols = {
	columns: new Map([
		['c', { name: 'c', type: int(32) }],
		['d', { name: 'd', type: int(32) }],
		['kind', { name: 'kind', type: text() }],
	]),
	parameters: new Map([['pMin', int(32)]]),
}
const run = { at: makeTimestamp(0n), job: '', project: '', host: '', invocation: '' }

function holds(where: string, row: Readonly<Record<string, Value>>, options: FilterOptions = {}): unknown {
	const { expression } = lowerFilterWhere(where, symbols, options)
	const read = (name: string): Value => row[name] ?? null
	return evaluate(expression, { column: read, parameter: () => 5n, variable: read, run })
}

describe('where clauses of the Filter stage', () => {
	it.each<[string, Record<string, Value>, boolean]>([
		['c = 1', { c: 1n }, true],
		['c <> 1', { c: 1n }, false],
		['c between 2 and 4', { c: 4n }, true],
		['c not between 2 and 4', { c: 4n }, false],
		['not (c = 1)', { c: 1n }, false],
		['(c = 1) is not true', { c: 1n }, false],
		["kind = 'A'", { kind: 'a' }, false],
		['kind like "citizen" or kind like "foriegn"', { kind: 'foriegn' }, true],
		["kind like 'ab*c'", { kind: 'abbbc' }, true],
		["kind like 'b'", { kind: 'abc' }, false],
		["kind not like 'b'", { kind: 'abc' }, true],
		['c is null', { c: null }, true],
		['c is not null', { c: null }, false],
		['c >= #pMin#', { c: 5n }, true],
		['true', {}, true],
	])('%s', (where, row, expected) => expect(holds(where, row)).toBe(expected))

	it('give And and Or one rank, from the left', () => {
		expect(holds('c = 1 or c = 1 and c = 2', { c: 1n })).toBe(false)
	})

	it('order null below every value, or above when the stage says so', () => {
		expect(holds('c < 5', { c: null })).toBe(true)
		expect(holds('c < 5', { c: null }, { nulls: 'greater' })).toBe(false)
		expect(holds('c <> 5', { c: null })).toBe(true)
		expect(holds('not (c > 5)', { c: null })).toBe(true)
		expect(holds('c = d', { c: null, d: null })).toBe(true)
		expect(holds('c > d', { c: 1n, d: null })).toBe(true)
		expect(holds("kind like 'x'", { kind: null })).toBe(false)
	})

	it('tell where they are wrong', () => {
		const problems = (where: string) =>
			lowerFilterWhere(where, symbols).diagnostics.map(({ code, span }) => `${code}@${span.start}`)
		expect(problems('c =')).toEqual(['expression/syntax@3'])
		expect(problems('c 5')).toEqual(['expression/syntax@2'])
		expect(problems('x = 1')).toEqual(['expression/unknown-name@0'])
		expect(problems("kind like '(?<n>a)\\1'")).toEqual(['expression/type@0'])
		expect(lowerFilterWhere('('.repeat(20_000), symbols).expression.kind).toBe('opaque')
	})
})
