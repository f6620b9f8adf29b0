import { describe, expect, it } from 'vitest'
import type { Expression } from '#model/expressions.ts'
import { boolean, int, text } from '#model/types.ts'
import { interpretFlow } from '#reference/flow.ts'
import { leavingWithoutNulls, outcomesOf, thereWhen } from '#reference/not-null.ts'
import {
	col,
	column,
	flow,
	isNull,
	literal,
	op,
	projected,
	provenance,
	run,
	sourced,
	table,
	target,
} from './support.ts'

const call = (operation: string, ...args: readonly Expression[]): Expression => ({
	kind: 'call',
	operation,
	args,
	type: boolean,
})
const is = (name: string): Expression => ({ ...isNull(col(name)) })
const isThere = (name: string): Expression => call('shared.is-not-null', col(name))
const unknown = (name: string): Expression => call('shared.not', call('shared.not', { ...col(name), type: boolean }))
const outcomes = (condition: Expression, ...nullable: readonly string[]) =>
	[...outcomesOf(condition, (name) => nullable.includes(name))].toSorted()

describe('what a condition can come to', () => {
	it('is one thing only where a column that is always there is tested for null', () => {
		expect(outcomes(is('a'))).toEqual(['false'])
		expect(outcomes(is('a'), 'a')).toEqual(['false', 'true'])
		expect(outcomes(call('shared.not', is('a')))).toEqual(['true'])
	})
	it('is of an `if` what the branches come to that it can lead to', () => {
		const choose = (condition: Expression, then: Expression, otherwise: Expression): Expression => ({
			kind: 'if',
			condition,
			then,
			otherwise,
			onNull: 'otherwise',
			type: boolean,
		})
		const given: Expression = { kind: 'parameter', name: 'P', type: int(32) }
		const more = call('datastage.gt', col('a', int(32)), given)
		const no = literal(false, boolean)
		expect(outcomes(choose(is('a'), no, more), 'a')).toEqual(['false', 'true'])
		expect(outcomes(choose(is('b'), no, more), 'a', 'b')).toEqual(['false', 'null', 'true'])
		expect(outcomes(choose(isNull(given), more, no), 'a')).toEqual(['false'])
	})
	it('is no null where the same condition tests for it', () => {
		expect(outcomes(unknown('a'), 'a')).toEqual(['false', 'null', 'true'])
		expect(outcomes(call('shared.and', isThere('a'), unknown('a')), 'a')).toEqual(['false', 'true'])
		expect(outcomes(call('shared.or', is('a'), unknown('a')), 'a')).toEqual(['false', 'true'])
		expect(outcomes(call('shared.and', isThere('b'), unknown('a')), 'a', 'b')).toEqual(['false', 'null', 'true'])
	})
})

describe('columns that are there where a condition holds', () => {
	const more = (name: string): Expression => call('datastage.gt', col(name), literal(1n, int(32)))
	it('are those without which it would be null', () => {
		expect(thereWhen(true, more('a'))).toEqual(['a'])
		expect(thereWhen(true, call('shared.and', more('a'), more('b')))).toEqual(['a', 'b'])
		expect(thereWhen(true, call('shared.or', more('a'), more('b')))).toEqual([])
		expect(thereWhen(false, call('shared.or', more('a'), is('b')))).toEqual(['a', 'b'])
		expect(thereWhen(true, call('shared.not', is('a')))).toEqual(['a'])
		expect(thereWhen(true, is('a'))).toEqual([])
	})
})

describe('columns without nulls', () => {
	const columns = [column('a'), column('b')]
	it('come of a step that lets no null by, and pass what follows', () => {
		const strict = op('project', 'strict', {
			passThrough: 'none',
			drop: [],
			columns: [
				projected('a', col('a'), { onNull: { kind: 'fail' } }),
				projected('b', col('b')),
				projected('c', literal(1n, int(32))),
			],
			evaluation: 'together',
			reject: {},
		})
		const both = flow([table('in', columns), strict, target('out', columns)], ['in>strict', 'strict>out'], columns)
		expect([...leavingWithoutNulls(both, { operator: 'strict', port: 'out' })]).toEqual(['a', 'c'])
	})
	it('are computed of what is there, step by step, and of what a condition has tested', () => {
		const given = [column('a', int(32), false), column('b', int(32))]
		const sum = (...names: readonly string[]): Expression => ({
			...call('datastage.add', ...names.map((name) => col(name, int(32)))),
			type: int(32),
		})
		const zeroFor = (tested: string): Expression => ({
			kind: 'if',
			condition: isNull(col(tested, int(32))),
			then: literal(0n, int(32)),
			otherwise: col('b', int(32)),
			onNull: 'null',
			type: int(32),
		})
		const steps = op('project', 'steps', {
			passThrough: 'none',
			drop: [],
			columns: [
				projected('twice', sum('a', 'a')),
				projected('more', sum('twice', 'a')),
				projected('less', sum('more', 'b')),
				projected('tested', zeroFor('b')),
				projected('untested', zeroFor('a')),
			],
			evaluation: 'in-turn',
			reject: {},
		})
		const both = flow([table('in', given), steps, target('out', given)], ['in>steps', 'steps>out'], given)
		expect([...leavingWithoutNulls(both, { operator: 'steps', port: 'out' })]).toEqual(['twice', 'more', 'tested'])
	})
	it('are lost on the side of a join that may lack a partner', () => {
		const given = [column('a', undefined, false), column('b', undefined, false)]
		const join = op('join', 'join', {
			how: 'left',
			keys: [{ left: 'a', right: 'a', collation: 'binary' }],
			nullsEqual: false,
			columns: [
				{ name: 'a', side: 'left', column: 'a', whenMissing: null },
				{ name: 'b', side: 'right', column: 'b', whenMissing: null },
			],
		})
		const edges = ['one>join.left', 'two>join.right', 'join>out']
		const joined = flow([table('one', given), table('two', given), join, target('out', given)], edges, given)
		expect([...leavingWithoutNulls(joined, { operator: 'join', port: 'out' })]).toEqual(['a'])
	})
	it('are variables that begin with a value and are never set to null', () => {
		const given = [column('a', undefined, false), column('b')]
		const variable = (name: string, expression: Expression, initial: Expression = literal(0n, int(32))) => ({
			name,
			type: int(32),
			initial,
			value: sourced(expression),
			provenance,
		})
		const remember = op('stateful', 'remember', {
			variables: [
				variable('count', call('datastage.add', col('count'), col('a'))),
				variable('sum', call('datastage.add', col('sum'), col('b'))),
				variable('last', col('a'), literal(null, int(32))),
				variable('late', col('sum')),
			],
		})
		const both = flow([table('in', given), remember, target('out', given)], ['in>remember', 'remember>out'], given)
		expect([...leavingWithoutNulls(both, { operator: 'remember', port: 'out' })]).toEqual(['a', 'count'])
	})
})

describe('rejects of a column', () => {
	it('are a branch only where its value can fail, be too long or be null', () => {
		const given = [column('a', text(), false), column('b', text(8)), column('c', text())]
		const redirect = { kind: 'redirect', code: 0, column: 0 } as const
		const all = { onError: redirect, onTruncation: redirect, onNull: redirect }
		const number: Expression = { kind: 'cast', rule: 'datastage.text-read', operand: col('a'), type: int(32) }
		const convert = op('project', 'convert', {
			passThrough: 'none',
			drop: [],
			columns: [
				projected('number', number, all),
				projected('there', col('a'), all),
				projected('missing', col('b', text(8)), all),
				projected('long', col('c'), { ...all, type: text(4), onNull: { kind: 'allow' } }),
				projected('short', col('b', text(8)), { ...all, type: text(8), onNull: { kind: 'allow' } }),
			],
			evaluation: 'together',
			reject: {},
		})
		const edges = ['in>convert', 'convert>out', 'convert.reject>bad']
		const both = flow([table('in', given), convert, target('out', given), target('bad', given)], edges, given)
		const { branches } = interpretFlow(both, {
			inputs: new Map([['in', { kind: 'rows', rows: [] }]]),
			parameters: new Map(),
			variables: new Map(),
			run,
		})
		const rejects = branches.map(({ what }) => what).filter((what) => what.endsWith('rejected'))
		expect(rejects).toEqual(['number rejected', 'missing rejected', 'long rejected'])
	})
})
