import { describe, expect, it } from 'vitest'
import { column, flow, layout, literal, op, rows, runFlow, sourced, table, taken, target, written } from './support.ts'

const k = [column('k')]

describe('sources', () => {
	it('reads text with a header, rejects what does not fit, and writes lines', () => {
		const of = flow(
			[
				op('read', 'in', {
					source: {
						kind: 'text-file',
						path: sourced(literal('/in')),
						layout: { ...layout, header: true },
						skipLines: 0,
						fieldCount: 'reject',
						recordColumn: 'raw',
					},
					schema: { columns: [column('a'), column('b')], open: false },
				}),
				op('write', 'out', {
					target: {
						kind: 'text-file',
						path: sourced(literal('/out')),
						layout: { ...layout, delimiter: '|' },
						quoted: [true, false],
						quotedHeader: true,
						doubleQuotes: true,
						mode: 'overwrite',
					},
					schema: { columns: [column('a'), column('b')], open: false },
				}),
				target('bad', [column('raw')]),
			],
			['in>out', 'in.reject>bad'],
		)
		const result = runFlow(of, { in: { kind: 'text', files: ['a,b\n"x ""y""",2\n1,2,3\n', 'a,b\n,9\n'] } })
		expect(result.outputs[0]?.text).toBe('"x ""y"""|2\n""|9\n')
		expect(result.outputs[0]?.place).toBe('/out')
		expect(written(result, 'bad')).toEqual([{ raw: '1,2,3' }])
		expect(taken(result, 'in')).toEqual(['column a empty', 'record rejected'])
	})
	it('an opaque operator fails when reached, unless its rows were bound', () => {
		const of = flow(
			[op('opaque', 'x', { sourceType: 'PxPivot', reason: 'not supported', text: '' }), target('out', k)],
			['x>out'],
			k,
		)
		expect(runFlow(of, {}).failure).toEqual({ operator: 'x', message: 'PxPivot is not understood: not supported' })
		expect(written(runFlow(of, {}, { bound: new Map([['x.out', [{ k: '1' }]]]) }))).toEqual([{ k: '1' }])
	})
	it('takes names as data', () => {
		const odd = [column('__proto__'), column('constructor')]
		const of = flow([table('in', odd), target('out', odd)], ['in>out'], odd)
		const row = Object.fromEntries([
			['__proto__', 'p'],
			['constructor', null],
		])
		const [got] = written(runFlow(of, { in: rows(row) }))
		expect(Object.entries(got ?? {})).toEqual([
			['__proto__', 'p'],
			['constructor', null],
		])
	})
})
