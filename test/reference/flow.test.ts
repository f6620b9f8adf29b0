import { describe, expect, it } from 'vitest'
import { valueText } from '#model/json-values.ts'
import type { FailurePolicy } from '#model/operators.ts'
import { decimal, type float, int, text } from '#model/types.ts'
import { makeDecimal, type Value } from '#model/values.ts'
import {
	col,
	column,
	failing,
	flow,
	isNull,
	literal,
	number,
	op,
	projected,
	provenance,
	rows,
	runFlow,
	sourced,
	table,
	taken,
	target,
	written,
} from './support.ts'

const shown = (value: Value | undefined): string => valueText(value ?? null)

const k = [column('k')]
const kv = [column('k'), column('v')]

describe('project', () => {
	const projecting = (policy: FailurePolicy) =>
		flow(
			[
				table('in', k),
				op('project', 'p', {
					passThrough: 'all',
					drop: ['k'],
					columns: [
						projected(
							'bad',
							{
								kind: 'if',
								condition: isNull(col('k')),
								then: failing,
								otherwise: col('k'),
								onNull: 'otherwise',
								type: text(),
							},
							{ onError: policy },
						),
					],
					evaluation: 'together',
					reject: { errorCode: 'ErrorCode', errorColumn: 'ErrorColumn' },
				}),
				target('out', [column('bad')]),
				target('rejected', [...k, column('ErrorCode', number), column('ErrorColumn', number)]),
			],
			['in>p', 'p>out', 'p.reject>rejected'],
			k,
		)
	const given = { in: rows({ k: 'a' }, { k: null }) }

	it('fails the run and names the operator', () => {
		const result = runFlow(projecting({ kind: 'fail' }), given)
		expect(result.failure).toEqual({ operator: 'p', message: 'column bad: not understood: nobody knows' })
		expect(result.outputs).toEqual([])
	})
	it('replaces the value', () => {
		expect(written(runFlow(projecting({ kind: 'null' }), given))).toEqual([{ bad: 'a' }, { bad: null }])
		expect(written(runFlow(projecting({ kind: 'default', value: 'd' }), given))).toEqual([{ bad: 'a' }, { bad: 'd' }])
	})
	it('drops or redirects the input row with code and column', () => {
		expect(written(runFlow(projecting({ kind: 'drop' }), given))).toEqual([{ bad: 'a' }])
		const redirected = runFlow(projecting({ kind: 'redirect', code: -7, column: 12 }), given)
		expect(written(redirected)).toEqual([{ bad: 'a' }])
		expect(written(redirected, 'rejected')).toEqual([{ k: null, ErrorCode: -7n, ErrorColumn: 12n }])
		expect(taken(redirected, 'p')).toEqual(['bad: if 1 then', 'bad: if 1 else', 'bad rejected'])
	})
	it('cuts a text at its length in UTF-16 units', () => {
		const cutting = flow(
			[
				table('in', k),
				op('project', 'p', {
					passThrough: 'none',
					drop: [],
					columns: [projected('c', col('k'), { type: text(3), onTruncation: { kind: 'cut' } })],
					evaluation: 'together',
					reject: {},
				}),
				target('out', [column('c')]),
			],
			['in>p', 'p>out'],
			k,
		)
		expect(written(runFlow(cutting, { in: rows({ k: 'a😀b' }, { k: 'abc' }) }))).toEqual([{ c: 'a😀' }, { c: 'abc' }])
	})
	it('evaluates together, or in turn', () => {
		const swap = (evaluation: 'together' | 'in-turn') =>
			flow(
				[
					table('in', kv),
					op('project', 'p', {
						passThrough: 'all',
						drop: [],
						columns: [projected('k', col('v')), projected('v', col('k'))],
						evaluation,
						reject: {},
					}),
					target('out', kv),
				],
				['in>p', 'p>out'],
				kv,
			)
		expect(written(runFlow(swap('together'), { in: rows({ k: '1', v: '2' }) }))).toEqual([{ k: '2', v: '1' }])
		expect(written(runFlow(swap('in-turn'), { in: rows({ k: '1', v: '2' }) }))).toEqual([{ k: '2', v: '2' }])
	})
})

describe('filter and route', () => {
	it('a null condition is false, and its row leaves by reject', () => {
		const filtering = flow(
			[
				table('in', [column('b', { kind: 'boolean' })]),
				op('filter', 'f', { condition: sourced(col('b', { kind: 'boolean' })), onError: { kind: 'fail' } }),
				target('out', [column('b')]),
				target('rest', [column('b')]),
			],
			['in>f', 'f>out', 'f.reject>rest'],
			[column('b', { kind: 'boolean' })],
		)
		const result = runFlow(filtering, { in: rows({ b: true }, { b: false }, { b: null }) })
		expect(written(result)).toEqual([{ b: true }])
		expect(written(result, 'rest')).toEqual([{ b: false }, { b: null }])
		expect(taken(result, 'f')).toEqual(['condition true', 'condition false', 'condition null'])
	})
	const routing = (mode: 'first' | 'every', after: number) =>
		flow(
			[
				table('in', kv),
				op('route', 'r', {
					mode,
					routes: [
						{ port: 'a', condition: sourced(isNull(col('k'))), provenance },
						{ port: 'b', condition: sourced(isNull(col('v'))), provenance },
					],
					otherwise: [{ port: 'rest', after }],
					onNull: { kind: 'false' },
					onError: { kind: 'fail' },
					reject: {},
				}),
				...['a', 'b', 'rest'].map((id) => target(id, kv)),
			],
			['in>r', 'r.a>a', 'r.b>b', 'r.rest>rest'],
			kv,
		)
	const given = { in: rows({ k: null, v: null }, { k: '1', v: null }, { k: '1', v: '1' }) }
	const counts = (result: ReturnType<typeof runFlow>) => ['a', 'b', 'rest'].map((id) => written(result, id).length)

	it('sends to the first route, or to every one', () => {
		expect(counts(runFlow(routing('first', 2), given))).toEqual([1, 1, 1])
		expect(counts(runFlow(routing('every', 2), given))).toEqual([1, 2, 1])
	})
	it('an otherwise port between routes sees only those before it', () => {
		expect(counts(runFlow(routing('every', 1), given))).toEqual([1, 2, 2])
	})
})

describe('join and lookup', () => {
	const pair = [{ left: 'k', right: 'k', collation: 'binary' as const }]
	const joining = (how: 'inner' | 'left' | 'right' | 'full', nullsEqual: boolean) =>
		flow(
			[
				table('l', kv),
				table('r', kv),
				op('join', 'j', {
					how,
					keys: pair,
					nullsEqual,
					columns: [
						{ name: 'k', side: 'left', column: 'k', whenMissing: null },
						{ name: 'l', side: 'left', column: 'v', whenMissing: null },
						{ name: 'r', side: 'right', column: 'v', whenMissing: '-' },
					],
				}),
				target('out', [column('k'), column('l'), column('r')]),
			],
			['l>j.left', 'r>j.right', 'j>out'],
			kv,
		)
	const given = {
		l: rows({ k: '1', v: 'a' }, { k: '2', v: 'b' }, { k: null, v: 'c' }),
		r: rows({ k: '1', v: 'x' }, { k: '1', v: 'y' }, { k: '3', v: 'z' }, { k: null, v: 'w' }),
	}
	it.each([
		['inner', false, ['1ax', '1ay']],
		['inner', true, ['1ax', '1ay', 'nullcw']],
		['left', false, ['1ax', '1ay', '2b-', 'nullc-']],
		['right', false, ['1ax', '1ay', 'nullnullz', 'nullnullw']],
		['full', false, ['1ax', '1ay', '2b-', 'nullc-', 'nullnullz', 'nullnullw']],
	] as const)('%s, nulls equal: %s', (how, nullsEqual, expected) => {
		const joined = written(runFlow(joining(how, nullsEqual), given))
		expect(joined.map((row) => `${shown(row['k'])}${shown(row['l'])}${shown(row['r'])}`)).toEqual(expected)
	})

	const looking = (match: 'first' | 'last' | 'all', onMiss: 'fail' | 'continue' | 'drop' | 'reject') =>
		flow(
			[
				table('l', k),
				table('r', kv),
				op('lookup', 'j', {
					keys: pair,
					nullsEqual: false,
					match,
					onConditionNotMet: 'continue',
					onMiss,
					take: [{ name: 'v', side: 'right', column: 'v', whenMissing: '-' }],
					reject: { errorCode: 'code' },
					missCode: 5,
				}),
				target('out', kv),
				target('miss', [...k, column('code', number)]),
			],
			['l>j.in', 'r>j.reference', 'j>out', 'j.reject>miss'],
			kv,
		)
	it('takes the first, the last or all matches', () => {
		const values = (match: 'first' | 'last' | 'all') =>
			written(runFlow(looking(match, 'drop'), given)).map((row) => row['v'])
		expect(values('first')).toEqual(['x'])
		expect(values('last')).toEqual(['y'])
		expect(values('all')).toEqual(['x', 'y'])
	})
	it('a miss fails, continues or is rejected', () => {
		expect(runFlow(looking('first', 'fail'), given).failure?.operator).toBe('j')
		expect(written(runFlow(looking('first', 'continue'), given))).toHaveLength(3)
		const rejecting = runFlow(looking('first', 'reject'), given)
		expect(written(rejecting, 'miss')).toEqual([
			{ k: '2', code: 5n },
			{ k: null, code: 5n },
		])
		expect(taken(rejecting, 'j')).toEqual(['matched several times', 'not matched'])
	})
})

describe('aggregate', () => {
	const measure = (
		name: string,
		fn: 'sum' | 'mean' | 'count' | 'count-distinct' | 'min',
		type: ReturnType<typeof float> | ReturnType<typeof int> | ReturnType<typeof decimal>,
	) => ({
		name,
		type,
		nullable: true,
		function: fn,
		column: 'v',
		whenEmpty: null,
		collation: 'binary' as const,
	})
	const aggregating = (measures: readonly ReturnType<typeof measure>[], keyed = true) =>
		flow(
			[
				table('in', kv),
				op('aggregate', 'a', {
					keys: keyed ? [{ column: 'k', name: 'k', collation: 'caseless' }] : [],
					measures,
					rowForNoInput: true,
					ordered: false,
				}),
				target('out', [column('k'), ...measures.map(({ name, type }) => column(name, type))]),
			],
			['in>a', 'a>out'],
			kv,
		)
	it('groups caseless keys and nulls, the first spelling stays; groups stand in the order of their keys', () => {
		const of = aggregating([measure('s', 'sum', int(64))])
		const given = rows({ k: 'A', v: 1n }, { k: null, v: 5n }, { k: 'a', v: 2n }, { k: null, v: null })
		expect(written(runFlow(of, { in: given }))).toEqual([
			{ k: null, s: 5n },
			{ k: 'A', s: 3n },
		])
	})
	it('sums exactly, and fails where the result does not fit', () => {
		const big = 9223372036854775807n
		const exact = aggregating([measure('s', 'sum', decimal(38, 0)), measure('m', 'mean', decimal(38, 1))])
		expect(written(runFlow(exact, { in: rows({ k: 'a', v: big }, { k: 'a', v: big }) }))).toEqual([
			{ k: 'a', s: makeDecimal(2n * big, 0), m: makeDecimal(big * 10n, 1) },
		])
		const small = aggregating([measure('s', 'sum', int(64))])
		expect(runFlow(small, { in: rows({ k: 'a', v: big }, { k: 'a', v: 1n }) }).failure?.operator).toBe('a')
	})
	it('without keys gives one row even for no input, where the source does', () => {
		const of = aggregating([measure('c', 'count', int(32)), measure('s', 'sum', int(32))], false)
		expect(written(runFlow(of, { in: rows() }))).toEqual([{ k: null, c: 0n, s: null }])
	})
})

describe('order', () => {
	it('sorts stably, marks key changes and keeps the first of each key', () => {
		const sorting = (unique: boolean) =>
			flow(
				[
					table('in', kv),
					op('sort', 's', {
						keys: [{ column: 'k', direction: 'descending', nulls: 'last', collation: 'binary' }],
						stable: true,
						unique,
						keyChange: 'c',
					}),
					target('out', [...kv, column('c', int(8))]),
				],
				['in>s', 's>out'],
				kv,
			)
		const given = rows({ k: 'a', v: '1' }, { k: null, v: '2' }, { k: 'b', v: '3' }, { k: 'a', v: '4' })
		const texts = (unique: boolean) =>
			written(runFlow(sorting(unique), { in: given })).map((row) => `${shown(row['v'])}${shown(row['c'])}`)
		expect(texts(false)).toEqual(['31', '11', '40', '21'])
		expect(texts(true)).toEqual(['31', '11', '21'])
	})
	it('keeps the last of each key in arrival order', () => {
		const of = flow(
			[
				table('in', kv),
				op('distinct', 'd', { keys: [{ column: 'k', collation: 'binary' }], keep: 'last' }),
				target('out', kv),
			],
			['in>d', 'd>out'],
			kv,
		)
		const given = rows({ k: 'a', v: '1' }, { k: 'b', v: '2' }, { k: 'a', v: '3' })
		expect(written(runFlow(of, { in: given })).map((row) => row['v'])).toEqual(['2', '3'])
	})
	it('variables remember the previous row', () => {
		const of = flow(
			[
				table('in', k),
				op('stateful', 's', {
					variables: [
						{ name: 'before', type: text(), initial: literal('-'), value: sourced(col('last')), provenance },
						{ name: 'last', type: text(), initial: literal('+'), value: sourced(col('k')), provenance },
					],
				}),
				target('out', [...k, column('before')]),
			],
			['in>s', 's>out'],
			k,
		)
		expect(written(runFlow(of, { in: rows({ k: 'a' }, { k: 'b' }) }))).toEqual([
			{ k: 'a', before: '+' },
			{ k: 'b', before: 'a' },
		])
	})
})
