import { describe, expect, it } from 'vitest'
import { assignTo } from '#languages/datastage-parallel/assign.ts'
import { type LowerOptions, lowerParallel } from '#languages/datastage-parallel/lower.ts'
import type { OfferedColumn } from '#languages/datastage-parallel/symbols.ts'
import { evaluate } from '#languages/evaluate.ts'
import type { Expression } from '#model/expressions.ts'
import { encodeValue } from '#model/json-values.ts'
import { boolean, type DataType, date, decimal, float, int, text } from '#model/types.ts'
import { isError, makeDecimal, makeTimestamp, type Value } from '#model/values.ts'

const columns = new Map<string, OfferedColumn>([
	['in.NAME', { name: 'NAME', type: text(20) }],
	['in.QTY', { name: 'QTY', type: int(32) }],
	['in.PRICE', { name: 'PRICE', type: decimal(7, 2) }],
	['in.RATE', { name: 'RATE', type: float(64) }],
	['in.Due', { name: 'Due', type: date }],
	['svKey', { name: 'svKey', type: text() }],
	['SVKEY', { name: 'other', type: text() }],
])
const parameters = new Map<string, DataType>([
	['pMin', decimal(7, 2)],
	['psFeed.tag', text()],
	['$APT_X', text()],
])
const lower = (source: string, options: LowerOptions = {}) => lowerParallel(source, { columns, parameters }, options)

const row: Readonly<Record<string, Value>> = {
	NAME: '12abc',
	QTY: 3n,
	PRICE: makeDecimal(250n, 2),
	RATE: 0.5,
	Due: null,
	svKey: 'k',
	other: 'o',
}
const run = { at: makeTimestamp(0n), job: 'LoadOrders', project: 'p', host: 'h', invocation: '' }
function value(expression: Expression): unknown {
	const read = (name: string): Value => row[name] ?? null
	const result = evaluate(expression, { column: read, parameter: read, variable: read, run })
	return isError(result) ? result.error : encodeValue(result, expression.type)
}
const result = (source: string, options: LowerOptions = {}) => value(lower(source, options).expression)
const codes = (source: string) => lower(source).diagnostics.map(({ code }) => code)

describe('names', () => {
	it('are found in any letter case, but as written first', () => {
		expect(lower('IN.qty').expression).toMatchObject({ kind: 'column', name: 'QTY' })
		expect(lower('SVKEY').expression).toMatchObject({ name: 'other' })
		expect(codes('SvKey')).toEqual(['expression/unknown-name'])
	})

	it('may be parameters of sets and of the environment, and macros', () => {
		expect(lower('psfeed.TAG').expression).toMatchObject({ kind: 'parameter', name: 'psFeed.tag' })
		expect(lower('GetEnvironment("APT_X")').expression).toMatchObject({ kind: 'parameter', name: '$APT_X' })
		expect(result('DSJobName : "@" : DSJobStartDate')).toBe('LoadOrders@1970-01-01')
	})

	it('make the whole opaque when they are unknown', () => {
		const { expression, diagnostics } = lower('Trim(in.GONE) : "x"')
		expect(expression).toMatchObject({ kind: 'opaque', text: 'Trim(in.GONE) : "x"' })
		expect(diagnostics).toMatchObject([{ code: 'expression/unknown-name', span: { start: 5, end: 12 } }])
		expect(codes('DoSomething(in.QTY)')).toEqual(['expression/unknown-function'])
		expect(codes('constructor(1)')).toEqual(['expression/unknown-function'])
	})
})

describe('implicit conversion', () => {
	it('reads text beside numbers as a number, 0 when it is none', () => {
		expect(result('in.QTY + "4"')).toBe(7)
		expect(result('in.QTY + in.NAME')).toBe(3)
		expect(result('in.QTY = "3"')).toBe(true)
	})

	it('writes decimals with all digits, results of arithmetic with 38', () => {
		expect(result('"x" : in.PRICE')).toBe('x00002.50')
		expect(result('"x" : in.PRICE * in.QTY')).toBe('x0000000000000000000000000007.5000000000')
	})

	it('takes numbers and texts as conditions', () => {
		expect(result('If in.QTY Then "y" Else "n"')).toBe('y')
		expect(result('If "" Then "y" Else "n"')).toBe('n')
		expect(lower('in.QTY', { condition: true }).expression.type).toEqual(boolean)
	})

	it('converts each branch of If to the target by itself', () => {
		expect(result('If in.QTY > 5 Then 0 Else in.NAME', { target: text(3) })).toBe('12a')
		expect(lower('If in.QTY > 5 Then SetNull() Else in.PRICE', { target: decimal(5, 1) }).expression.type).toEqual(
			decimal(7, 2),
		)
	})

	it('refuses what the engine refuses', () => {
		expect(codes('in.Due * 2')).toEqual(['expression/type'])
		expect(codes('Trim(in.NAME, ".", "Q")')).toEqual(['expression/type'])
		expect(codes('Left(in.NAME)')).toEqual(['expression/type'])
		expect(codes('StringToDate(in.NAME, "%dd/%mm")')).toEqual(['expression/type'])
	})
})

describe('null', () => {
	it('spreads, but a null condition takes the else branch', () => {
		expect(result('in.Due : "x"')).toBeNull()
		expect(result('If in.Due > "2024-01-01" Then 1 Else 2')).toBe(2)
		expect(result('IsNull(in.Due)', { target: int(8) })).toBe(true)
		expect(result('NullToValue(in.Due, "2024-02-29")')).toBe('2024-02-29')
	})
})

describe('AsInteger', () => {
	it('cuts doubles, and rounds results of arithmetic', () => {
		expect(result('AsInteger(12.962963)')).toBe(12)
		expect(result('AsInteger(56/4.32)')).toBe(13)
	})
})

describe('assignTo', () => {
	const assigned = (source: string, type: DataType, nullable = true) =>
		assignTo(lower(source).expression, type, nullable)
	it('saturates integers, and gives 0 for text that is no number, with a warning', () => {
		expect(value(assigned('"12120101003"', int(32)).expression)).toBe(2_147_483_647)
		const { expression, diagnostics } = assigned('in.NAME', int(32))
		expect(value(expression)).toBe(0)
		expect(diagnostics).toMatchObject([{ code: 'expression/doubtful' }])
	})

	it('cuts decimals at the scale and texts at the length', () => {
		expect(value(assigned('in.PRICE * 1', decimal(7, 1)).expression)).toBe('2.5')
		expect(value(assigned('2.789', decimal(7, 1)).expression)).toBe('2.7')
		expect(value(assigned('in.NAME', text(2)).expression)).toBe('12')
		expect(value(assigned('123456', decimal(3, 0)).expression)).toBe('overflow')
	})

	it('tells what cannot be, and a null for a column that takes none', () => {
		expect(assigned('in.Due', int(32)).diagnostics).toMatchObject([{ code: 'expression/type' }])
		expect(assigned('SetNull()', int(32), false).diagnostics).toMatchObject([{ code: 'expression/doubtful' }])
	})
})
