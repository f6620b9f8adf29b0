import { describe, expect, it } from 'vitest'
import type { RowRule } from '#generators/docs/row-rules.ts'
import { rowRules } from '#generators/docs/row-rules.ts'
import type { PysparkScope } from '#languages/pyspark.ts'
import { atom, fn } from '#languages/python.ts'
import type { Operator } from '#model/operators.ts'
import { text } from '#model/types.ts'
import { base, call, col, flow, link, literal, schema, sourced, tableSource } from '../../support/model-builder.ts'

const scope: PysparkScope = {
	column: (name) => fn('col', name),
	parameter: (name) => atom(name),
	variable: (name) => atom(name),
	runAt: atom('run_at'),
	runFact: () => atom('fact'),
}
const missing = call('shared.is-null', text(), col('A'))
const condition = sourced(missing, 'IsNull(lnk.A)')
const binary = 'binary' as const

function rules(operator: Operator, ...links: readonly string[]): readonly RowRule[] {
	const all = [`SRC > ${operator.id}`, ...links].map((one) => link(one, schema('A')))
	return rowRules(flow([tableSource('SRC', schema('A')), operator], all), scope)
}

const route = (rest: Partial<Extract<Operator, { kind: 'route' }>>): Operator => ({
	...base('XFM'),
	kind: 'route',
	mode: 'every',
	routes: [],
	otherwise: [],
	onNull: { kind: 'false' },
	onError: { kind: 'fail' },
	reject: {},
	...rest,
})
const provenance = base('XFM').provenance

describe('conditions, keys and variables', () => {
	it('put the exported and the converted condition of a filter side by side', () => {
		expect(rules({ ...base('F'), kind: 'filter', condition, onError: { kind: 'fail' } })).toEqual([
			{ stage: 'F', rule: 'rows pass where', original: 'IsNull(lnk.A)', converted: 'F.col("A").isNull()' },
		])
	})

	it('name the link of each condition, of what no condition takes, and of every row', () => {
		const operator = route({
			routes: [
				{ port: 'a', condition, provenance },
				{ port: 'b', provenance },
			],
			otherwise: [{ port: 'c', after: 2 }],
		})
		expect(rules(operator, 'XFM.a > T1', 'XFM.b > T2', 'XFM.c > T3').map(({ rule }) => rule)).toEqual([
			'to XFM_to_T1, where',
			'to XFM_to_T2: every row',
			'to XFM_to_T3: rows that no condition takes',
		])
	})

	it('leave out conditions whose rows nobody takes', () => {
		expect(rules(route({ routes: [{ port: 'a', condition, provenance }] }))).toEqual([])
	})

	it('say that the first condition that holds takes the row', () => {
		const operator = route({
			mode: 'first',
			routes: [
				{ port: 'a', condition, provenance },
				{ port: 'b', condition, provenance },
			],
		})
		expect(rules(operator, 'XFM.a > T1', 'XFM.b > T2')[1]?.rule).toBe(
			'to XFM_to_T2, unless one above took the row, where',
		)
	})

	it('say by what a lookup meets, which match counts and what a row without any does', () => {
		const [rule] = rules(
			{
				...base('LKP'),
				kind: 'lookup',
				keys: [{ left: 'A', right: 'K', collation: 'caseless' }],
				ranges: [{ left: 'A', test: '>=', right: 'FROM' }],
				nullsEqual: false,
				match: 'last',
				onConditionNotMet: 'fail',
				onMiss: 'reject',
				take: [],
				reject: {},
				missCode: 0,
			},
			'REF > LKP.reference',
		)
		expect(rule).toMatchObject({
			rule: 'looks up; the last match counts, a row without any is rejected',
			original: 'SRC_to_LKP.A = REF_to_LKP.K (any case) and SRC_to_LKP.A >= REF_to_LKP.FROM',
		})
	})

	it('say the direction of a sort and where nulls go', () => {
		const [rule] = rules({
			...base('S'),
			kind: 'sort',
			keys: [{ column: 'A', direction: 'descending', nulls: 'last', collation: binary }],
			stable: true,
			unique: true,
		})
		expect(rule).toMatchObject({ rule: 'sorted, the first row of each kept', original: 'A descending, nulls last' })
	})

	it('tell what a variable that remembers holds at first', () => {
		const [rule] = rules({
			...base('V'),
			kind: 'stateful',
			variables: [{ name: 'svLast', type: text(), initial: literal('x'), value: condition, provenance }],
		})
		expect(rule?.rule).toBe('variable svLast, x at first')
	})
})
