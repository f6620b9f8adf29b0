import { describe, expect, it } from 'vitest'
import type { ControlFlow, Precedence, Task, Variable } from '#model/control-flow.ts'
import type { Expression } from '#model/expressions.ts'
import type { Job } from '#model/job.ts'
import { boolean, int } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import type { Outside } from '#reference/effects.ts'
import { interpretJob } from '#reference/job.ts'
import { isNull, literal, provenance, run, sourced } from './support.ts'

const base = (id: string) => ({ id, element: id, name: id, provenance, disabled: false })

const sql = (id: string, statement: string, more: Partial<Extract<Task, { kind: 'execute-sql' }>> = {}): Task => ({
	...base(id),
	kind: 'execute-sql',
	connection: 'DB',
	batches: [sourced(literal(statement))],
	parameters: [],
	result: { kind: 'none' },
	...more,
})

const opaque = (id: string): Task => ({ ...base(id), kind: 'opaque', sourceType: 'FTP', reason: 'no server', text: '' })

const assign = (id: string, name: string, value: Expression): Task => ({
	...base(id),
	kind: 'assign',
	assignments: [{ variable: name, value: sourced(value) }],
})

const edge = (from: string, to: string, more: Partial<Precedence> = {}): Precedence => ({
	id: `${from}>${to}`,
	from,
	to,
	outcome: 'success',
	combine: 'and',
	provenance,
	...more,
})

const control = (
	tasks: readonly Task[],
	precedences: readonly Precedence[] = [],
	joins: ControlFlow['joins'] = [],
) => ({
	tasks,
	precedences,
	joins,
})

const variable = (name: string, value: Value, expression?: Expression): Variable => ({
	name,
	type: int(32),
	initial: literal(value, int(32)),
	...(expression === undefined ? {} : { expression: sourced(expression) }),
	provenance,
})

const read = (name: string): Expression => ({ kind: 'variable', name, type: int(32) })

function runJob(flow: ControlFlow, outside?: Outside, variables: readonly Variable[] = []) {
	const job: Job = {
		version: 1,
		id: 'j',
		name: 'j',
		kind: 'package',
		dialect: 'ssis',
		description: '',
		toolVersion: '',
		parameters: [],
		variables,
		connections: [],
		flows: [],
		control: flow,
		accounting: [],
		differences: [],
		diagnostics: [],
		provenance,
	}
	const request = { flows: new Map(), parameters: new Map(), run, ...(outside === undefined ? {} : { outside }) }
	const result = interpretJob(job, request)
	const statements = result.effects.map((effect) => (effect.kind === 'sql' ? effect.statement : effect.helper))
	return { ...result, statements }
}

const failsOn =
	(statement: string): Outside =>
	(effect) =>
		effect.kind === 'sql' && effect.statement === statement ? { failed: 'deadlock' } : {}

describe('precedence', () => {
	const branches = control(
		[sql('a', 'A'), sql('ok', 'OK'), sql('bad', 'BAD'), sql('end', 'END')],
		[edge('a', 'ok'), edge('a', 'bad', { outcome: 'failure' }), edge('a', 'end', { outcome: 'completion' })],
	)
	it('follows success, failure and completion', () => {
		expect(runJob(branches).statements).toEqual(['A', 'OK', 'END'])
		expect(runJob(branches, failsOn('A')).statements).toEqual(['A', 'BAD', 'END'])
	})
	it('a failure stays one, even where another task handles it', () => {
		expect(runJob(branches, failsOn('A')).failure).toEqual({ operator: 'a', message: 'deadlock' })
	})
	it('a task that did not run meets nothing', () => {
		const chain = control(
			[opaque('x'), sql('b', 'B'), sql('c', 'C')],
			[edge('x', 'b'), edge('b', 'c', { outcome: 'completion' })],
		)
		expect(runJob(chain)).toMatchObject({
			statements: [],
			failure: { operator: 'x', message: 'FTP is not understood: no server' },
		})
	})
	it('a disabled task is skipped and counts as success', () => {
		const chain = control([{ ...opaque('x'), disabled: true }, sql('b', 'B')], [edge('x', 'b')])
		expect(runJob(chain).statements).toEqual(['B'])
	})
	it('waits for all, or for any', () => {
		const tasks = [sql('a', 'A'), sql('b', 'B'), sql('c', 'C')]
		const edges = [edge('a', 'c'), edge('b', 'c')]
		expect(runJob(control(tasks, edges), failsOn('A')).statements).toEqual(['A', 'B'])
		expect(runJob(control(tasks, edges, [{ task: 'c', needs: 'any' }]), failsOn('A')).statements).toEqual([
			'A',
			'B',
			'C',
		])
	})
	it('takes expressions, with the outcome or instead of it', () => {
		const condition = sourced(isNull(read('User::n')))
		const unset = [variable('User::n', null)]
		const set = [variable('User::n', 1n)]
		const both = (more: Partial<Precedence>) =>
			control([sql('a', 'A'), sql('b', 'B')], [edge('a', 'b', { condition, ...more })])
		expect(runJob(both({}), undefined, unset).statements).toEqual(['A', 'B'])
		expect(runJob(both({}), undefined, set).statements).toEqual(['A'])
		expect(runJob(both({ combine: 'or' }), failsOn('A'), unset).statements).toEqual(['A', 'B'])
		expect(runJob(both({ combine: 'and' }), failsOn('A'), unset).statements).toEqual(['A'])
	})
})

describe('tasks', () => {
	it('log statements with their parameters, and bind a single row', () => {
		const flow = control(
			[
				sql('count', 'SELECT COUNT(*)', {
					result: { kind: 'single-row', bindings: [{ column: 0, variable: 'User::n' }] },
				}),
				sql('log', 'INSERT ?', { parameters: [{ direction: 'input', variable: 'User::n', type: int(32) }] }),
			],
			[edge('count', 'log')],
		)
		const result = runJob(flow, ({ task }) => (task === 'count' ? { rows: [{ n: 42n }] } : {}), [
			variable('User::n', 0n),
		])
		expect(result.effects[1]).toMatchObject({ statement: 'INSERT ?', parameters: [42n], connection: 'DB' })
		expect(result.variables.get('User::n')).toBe(42n)
	})
	it('a single row that does not come is a failure', () => {
		const flow = control([sql('count', 'SELECT', { result: { kind: 'single-row', bindings: [] } })])
		expect(runJob(flow).failure?.operator).toBe('count')
	})
	it('a sequence fails when something in it does', () => {
		const inner: Task = { ...base('s'), kind: 'sequence', body: control([opaque('x')]) }
		const flow = control([inner, sql('after', 'AFTER')], [edge('s', 'after')])
		expect(runJob(flow)).toMatchObject({ statements: [], failure: { operator: 'x' } })
	})
	it('variables with an expression are computed at each read, and may not need themselves', () => {
		const flow = control(
			[assign('set', 'User::a', literal(7n, int(32))), assign('copy', 'User::b', read('User::computed'))],
			[edge('set', 'copy')],
		)
		const computed = (expression: Expression) => [
			variable('User::a', 1n),
			variable('User::b', 0n),
			variable('User::computed', 0n, expression),
		]
		expect(runJob(flow, undefined, computed(read('User::a'))).variables.get('User::b')).toBe(7n)
		expect(runJob(flow, undefined, computed(read('User::computed'))).failure?.message).toMatch(/own value/)
	})
	it('counts precedence branches', () => {
		const flow = control(
			[sql('a', 'A'), sql('b', 'B')],
			[edge('a', 'b', { condition: sourced(literal(true, boolean)) })],
		)
		expect(runJob(flow).branches.map(({ what, count }) => `${what} ${count}`)).toEqual(['met 1', 'not met 0'])
	})
})
