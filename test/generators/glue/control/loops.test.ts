import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ControlFlow, Task, Variable } from '#model/control-flow.ts'
import type { Expression } from '#model/expressions.ts'
import type { LoopOver } from '#model/loops.ts'
import type { DataFlow } from '#model/operators.ts'
import { boolean, int, text } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import {
	base,
	call,
	column,
	flow,
	job,
	link,
	literal,
	schema,
	sourced,
	tableTarget,
	textSource,
	textTarget,
} from '../../../support/model-builder.ts'
import { proveJob } from '../../../support/prove-job.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const task = (name: string) => ({ id: name, element: name, name, disabled: false, provenance: base(name).provenance })
const number = (name: string): Expression => ({ kind: 'variable', name, type: int(32) })
const variable = (name: string, value: Value, type: Variable['type'] = text()): Variable => ({
	name,
	type,
	initial: literal(value, type),
	provenance: base(name).provenance,
})
const sql = (name: string, statement: string, ...inputs: readonly string[]): Task => ({
	...task(name),
	kind: 'execute-sql',
	connection: 'DW',
	batches: [sourced(literal(statement))],
	parameters: inputs.map((input) => ({ direction: 'input', variable: input, type: text() })),
	result: { kind: 'none' },
})
const only = (...tasks: readonly Task[]): ControlFlow => ({ tasks, precedences: [], joins: [] })
const loop = (over: LoopOver, ...body: readonly Task[]): Task => ({
	...task('Loop'),
	kind: 'loop',
	over,
	body: only(...body),
})

function packageOf(control: ControlFlow, variables: readonly Variable[], flows: readonly DataFlow[] = []) {
	return job(flows, { kind: 'package', dialect: 'ssis', control, variables })
}

describe('loops of a package', () => {
	it('go over items, whose values variables take', async () => {
		const over: LoopOver = {
			kind: 'items',
			rows: [
				['north', 1n],
				["it's", 2n],
			],
			bindings: [
				{ index: 0, variable: 'User::region' },
				{ index: 1, variable: 'User::n' },
			],
		}
		const model = packageOf(only(loop(over, sql('Log', 'INSERT ?, ?', 'User::region', 'User::n'))), [
			variable('User::region', ''),
			variable('User::n', 0n, int(32)),
		])
		const { proof, script } = await proveJob(engine, model)
		expect(proof.details).toEqual([])
		expect(proof.report).toMatchObject({ level: 'E3', effects_compared: 4 * 2 })
		expect(script).toContain('for item in [("north", 1), ("it\'s", 2)]:\n        variables.region = item[0]')
	})

	it('count with a condition that is tested before each pass', async () => {
		const over: LoopOver = {
			kind: 'condition',
			initial: { variable: 'User::n', value: sourced(literal(0n, int(32))) },
			while: sourced(call('ssis.less', boolean, number('User::n'), literal(3n, int(32)))),
			step: {
				variable: 'User::n',
				value: sourced(call('ssis.add', int(32), number('User::n'), literal(1n, int(32)))),
			},
		}
		const model = packageOf(only(loop(over, sql('Log', 'INSERT ?', 'User::n'))), [variable('User::n', 9n, int(32))])
		const { proof } = await proveJob(engine, model)
		expect(proof.details).toEqual([])
		expect(proof.report).toMatchObject({ level: 'E3', effects_compared: 4 * 3 })
	})

	it('go over the rows of a result set, none of them or one or several', async () => {
		const query: Task = {
			...task('Ask'),
			kind: 'execute-sql',
			connection: 'DW',
			batches: [sourced(literal('SELECT id, name FROM t'))],
			parameters: [],
			result: { kind: 'rows', variable: 'User::found' },
		}
		const over: LoopOver = {
			kind: 'rows',
			variable: 'User::found',
			bindings: [
				{ index: 0, variable: 'User::n' },
				{ index: 1, variable: 'User::region' },
			],
		}
		const rows = loop(over, sql('Log', 'INSERT ?, ?', 'User::n', 'User::region'))
		const follows = { id: 'e', from: 'Ask', to: 'Loop', outcome: 'success', combine: 'and' } as const
		const model = packageOf(
			{ tasks: [query, rows], precedences: [{ ...follows, provenance: base('e').provenance }], joins: [] },
			[variable('User::found', ''), variable('User::n', 0n, int(32)), variable('User::region', '')],
		)
		const { proof } = await proveJob(engine, model)
		expect(proof.details).toEqual([])
		expect(proof.report.level).toBe('E3')
		expect(proof.report.branches).toMatchObject({ unreached: [] })
	})

	it('read the file of each pass, and what each pass writes is added', async () => {
		const source = textSource('In', ['A', 'B'])
		if (source.kind !== 'read' || source.source.kind !== 'text-file') throw new Error('a text file was made')
		const path = sourced({ kind: 'variable', name: 'User::file', type: text() }, '@[User::file]')
		const target = textTarget('Out', ['A', 'B'])
		if (target.kind !== 'write' || target.target.kind !== 'text-file') throw new Error('a text file was made')
		const rows = schema('A', 'B')
		const copying = flow(
			[
				{ ...source, source: { ...source.source, path } },
				{ ...target, target: { ...target.target, mode: 'append' } },
			],
			[link('In > Out', rows)],
			'Copy',
		)
		const over: LoopOver = {
			kind: 'files',
			folder: sourced(literal('C:\\in'), 'C:\\in'),
			pattern: sourced(literal('sales_*.txt'), 'sales_*.txt'),
			recurse: false,
			retrieve: 'path',
			bindings: [{ index: 0, variable: 'User::file' }],
		}
		const copy: Task = { ...task('Copy'), kind: 'data-flow', flow: 'Copy' }
		const model = packageOf(only(loop(over, copy)), [variable('User::file', 'C:\\in\\sales_0.txt')], [copying])
		const { proof, script } = await proveJob(engine, model)
		expect(proof.details).toEqual([])
		expect(proof.report.level).toBe('E3')
		expect(proof.report.rows_compared).toBeGreaterThan(9)
		expect(script).toContain('for file in list_files(spark, params["loop_folder"], "sales_*.txt"):')
	})

	it('of two passes that replace a table, the last one counts', async () => {
		const rows = schema(column('A', text()))
		const source = textSource('In', ['A'])
		const target = tableTarget('T', rows)
		if (target.kind !== 'write' || target.target.kind !== 'table') throw new Error('a table was made')
		const load = flow(
			[source, { ...target, target: { ...target.target, action: 'truncate' } }],
			[link('In > T', rows)],
			'Load',
		)
		const over: LoopOver = { kind: 'items', rows: [['a'], ['b']], bindings: [{ index: 0, variable: 'User::x' }] }
		const again: Task = { ...task('Load'), kind: 'data-flow', flow: 'Load' }
		const { proof } = await proveJob(engine, packageOf(only(loop(over, again)), [variable('User::x', '')], [load]))
		expect(proof.details).toEqual([])
		expect(proof.report.level).toBe('E3')
	})

	it('a loop that lives with errors goes on after a failing pass', async () => {
		const over: LoopOver = { kind: 'items', rows: [['a'], ['b']], bindings: [{ index: 0, variable: 'User::x' }] }
		const failing: Task = { ...loop(over, sql('Log', 'INSERT ?', 'User::x')), failure: { maximumErrors: 0 } }
		const model = packageOf({ ...only(failing), failure: { maximumErrors: 0 } }, [variable('User::x', '')])
		const { proof } = await proveJob(engine, model)
		expect(proof.details).toEqual([])
		expect(proof.report.level).toBe('E3')
	})
})
