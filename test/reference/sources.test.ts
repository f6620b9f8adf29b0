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
	it('counts no empty field where each has its width: a record that is too short is none', () => {
		const read = (fieldCount: 'reject' | 'fit') =>
			flow(
				[
					op('read', 'in', {
						source: {
							kind: 'text-file',
							path: sourced(literal('/in')),
							layout: {
								...layout,
								fields: [
									{ kind: 'width', width: 2 },
									{ kind: 'delimiter', delimiter: '\n' },
								],
							},
							skipLines: 0,
							fieldCount,
						},
						schema: { columns: [column('a'), column('b')], open: false },
					}),
					target('out', [column('a'), column('b')]),
				],
				['in>out'],
			)
		const text = { kind: 'text', files: ['  x\n1\n12\n'] } as const
		const branches = (fieldCount: 'reject' | 'fit') =>
			runFlow(read(fieldCount), { in: text }).branches.filter(({ operator }) => operator === 'in')
		expect(branches('reject')).toMatchObject([{ what: 'column b empty', count: 1 }])
		// Where records are filled up, fields behind the end of one are empty.
		expect(branches('fit').map(({ what }) => what)).toEqual(['column a empty', 'column b empty'])
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
