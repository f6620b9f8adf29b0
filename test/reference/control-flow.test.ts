import { describe, expect, it } from 'vitest'
import type { ControlFlow, EventHandler, Task, TaskEvent, Variable } from '#model/control-flow.ts'
import type { Expression } from '#model/expressions.ts'
import type { Job } from '#model/job.ts'
import { valueText } from '#model/json-values.ts'
import type { LoopOver } from '#model/loops.ts'
import { boolean, int, text } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import type { Outside } from '#reference/effects.ts'
import type { JobRequest } from '#reference/job.ts'
import { interpretJob } from '#reference/job.ts'
import { literal, provenance, run, sourced } from './support.ts'

const base = (id: string) => ({ id, element: id, name: id, provenance, disabled: false })
const only = (...tasks: readonly Task[]): ControlFlow => ({ tasks, precedences: [], joins: [] })
const sql = (id: string, ...inputs: readonly string[]): Task => ({
	...base(id),
	kind: 'execute-sql',
	connection: 'DB',
	batches: [sourced(literal(id))],
	parameters: inputs.map((variable) => ({ direction: 'input', variable, type: text() })),
	result: { kind: 'none' },
})
const loop = (over: LoopOver, ...body: readonly Task[]): Task => ({
	...base('loop'),
	kind: 'loop',
	over,
	body: only(...body),
})
const read = (name: string): Expression => ({ kind: 'variable', name, type: int(32) })
const variables: readonly Variable[] = ['x', 'System::SourceName', 'System::ErrorDescription'].map((name) => ({
	name,
	type: text(),
	initial: literal(''),
	provenance,
}))

/** Statements with their parameters, in order. */
function play(control: ControlFlow, request: Partial<JobRequest> = {}) {
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
		control,
		accounting: [],
		differences: [],
		diagnostics: [],
		provenance,
	}
	const result = interpretJob(job, { flows: new Map(), parameters: new Map(), run, ...request })
	const said = result.effects.map((effect) =>
		effect.kind === 'sql' ? [effect.statement, ...effect.parameters.map(valueText)].join(' ') : effect.helper,
	)
	const passes = result.branches.filter(({ operator, count }) => operator === 'loop' && count > 0)
	return { said, failed: result.failure?.operator, passes: passes.map(({ what }) => what) }
}

const failsOn =
	(...statements: readonly string[]): Outside =>
	(effect) =>
		effect.kind === 'sql' && statements.includes(effect.statement) ? { failed: 'no' } : {}

describe('a loop', () => {
	const bindings = [{ index: 0, variable: 'x' }]
	const items = (...values: readonly Value[]): LoopOver => ({
		kind: 'items',
		rows: values.map((one) => [one]),
		bindings,
	})

	it('goes over items in their order', () => {
		expect(play(only(loop(items('a', 'b'), sql('log', 'x')))).said).toEqual(['log a', 'log b'])
	})

	it('counts whether it had no pass, one, or several', () => {
		expect(play(only(loop(items(), sql('log')))).passes).toEqual(['no pass'])
		expect(play(only(loop(items('a'), sql('log')))).passes).toEqual(['one pass'])
		expect(play(only(loop(items('a', 'b', 'c'), sql('log')))).passes).toEqual(['several passes'])
	})

	it('ends with the first pass that fails, and fails', () => {
		const control = only(loop(items('a', 'b'), sql('log', 'x')), sql('next'))
		expect(play(control, { outside: failsOn('log') })).toMatchObject({ said: ['log a', 'next'], failed: 'log' })
	})

	it('goes over whole numbers, both ends included, downwards too', () => {
		const count = (from: bigint, to: bigint, step: bigint): LoopOver => ({
			kind: 'counter',
			variable: 'x',
			from: sourced(literal(from, int(64))),
			to: sourced(literal(to, int(64))),
			step: sourced(literal(step, int(64))),
		})
		expect(play(only(loop(count(1n, 3n, 1n), sql('log', 'x')))).said).toEqual(['log 1', 'log 2', 'log 3'])
		expect(play(only(loop(count(3n, 1n, -2n), sql('log', 'x')))).said).toEqual(['log 3', 'log 1'])
		expect(play(only(loop(count(1n, 3n, 0n), sql('log', 'x')))).failed).toBe('loop')
	})

	it('takes the files whose names fit, whatever the letter case, by folder and name', () => {
		const files = (pattern: string, retrieve: 'path' | 'name-and-extension' | 'name'): LoopOver => ({
			kind: 'files',
			folder: sourced(literal('/in')),
			pattern: sourced(literal(pattern)),
			recurse: true,
			retrieve,
			bindings,
		})
		const given = new Map([['loop', ['/in/sub/A.csv', '/in/b.CSV', '/in/a.csv', '/in/c.txt', '/in/readme']]])
		const found = (pattern: string, retrieve: 'path' | 'name-and-extension' | 'name') =>
			play(only(loop(files(pattern, retrieve), sql('log', 'x'))), { files: given }).said
		expect(found('*.csv', 'path')).toEqual(['log /in/a.csv', 'log /in/b.CSV', 'log /in/sub/A.csv'])
		expect(found('?.txt', 'name-and-extension')).toEqual(['log c.txt'])
		expect(found('*.*', 'name')).toEqual(['log a', 'log b', 'log c', 'log readme', 'log A'])
	})

	it('over rows needs rows', () => {
		const over: LoopOver = { kind: 'rows', variable: 'x', bindings }
		expect(play(only(loop(over, sql('log')))).failed).toBe('loop')
	})

	it('without end is stopped, and is no failure of the source', () => {
		const over: LoopOver = { kind: 'condition', while: sourced(literal(true, boolean)) }
		expect(play(only(loop(over))).failed).toBe('loop')
	})
})

describe('events', () => {
	const handler = (event: TaskEvent, id: string, contains = false): EventHandler => ({
		event,
		id,
		body: only(sql(id, 'System::SourceName', 'System::ErrorDescription')),
		contains,
		provenance,
	})

	it('climb from the task to the job', () => {
		const load: Task = { ...sql('load'), handlers: [handler('error', 'own')] }
		const group: Task = { ...base('group'), kind: 'sequence', body: only(load), handlers: [handler('error', 'outer')] }
		const control = { ...only(group), handlers: [handler('error', 'job')] }
		expect(play(control, { outside: failsOn('load') })).toMatchObject({
			said: ['load', 'own load no', 'outer load no', 'job load no'],
			failed: 'load',
		})
	})

	it('end where a handler contains them, and so does the error', () => {
		const load: Task = { ...sql('load'), handlers: [handler('error', 'own', true)] }
		const control = { ...only(load), handlers: [handler('error', 'job')] }
		expect(play(control, { outside: failsOn('load') })).toEqual({
			said: ['load', 'own load no'],
			failed: undefined,
			passes: [],
		})
	})

	it('stand around tasks and containers', () => {
		const group: Task = { ...base('group'), kind: 'sequence', body: only(sql('load')) }
		const control = { ...only(group), handlers: [handler('pre-execute', 'start'), handler('post-execute', 'end')] }
		expect(play(control).said).toEqual([
			'start j ',
			'start group ',
			'start load ',
			'load',
			'end load ',
			'end group ',
			'end j ',
		])
	})

	it('a handler that fails is an error of the task; its own tasks raise no events', () => {
		const control = { ...only(sql('load')), handlers: [handler('post-execute', 'log'), handler('error', 'tell')] }
		expect(play(control, { outside: failsOn('log') })).toMatchObject({
			said: ['load', 'log load ', 'log j '],
			failed: 'log',
		})
	})
})

describe('rules of failure', () => {
	const edge = { id: 'e', from: 'load', to: 'next', outcome: 'success', combine: 'and', provenance } as const

	it('a forced outcome decides what follows, and the error counts', () => {
		const load: Task = { ...sql('load'), failure: { outcome: 'success' } }
		const control: ControlFlow = { tasks: [load, sql('next')], precedences: [edge], joins: [] }
		expect(play(control, { outside: failsOn('load') })).toMatchObject({ said: ['load', 'next'], failed: 'load' })
	})

	it('a container fails when its number of errors is reached', () => {
		const group = (maximumErrors: number): Task => ({
			...base('load'),
			kind: 'sequence',
			body: only(sql('one'), sql('two')),
			failure: { maximumErrors },
		})
		const control = (maximumErrors: number): ControlFlow => ({
			tasks: [group(maximumErrors), sql('next')],
			precedences: [edge],
			joins: [],
			failure: { maximumErrors: 0 },
		})
		const outside = failsOn('one', 'two')
		expect(play(control(2), { outside }).said).toEqual(['one', 'two'])
		expect(play(control(3), { outside }).said).toEqual(['one', 'two', 'next'])
		expect(play(control(0), { outside })).toMatchObject({ said: ['one', 'two', 'next'], failed: undefined })
	})

	it('a condition that disables a task is computed when it would start', () => {
		const set: Task = {
			...base('set'),
			kind: 'assign',
			assignments: [{ variable: 'x', value: sourced(literal(true, boolean)) }],
		}
		const off: Task = { ...sql('load'), disabledWhen: sourced({ ...read('x'), type: boolean }) }
		expect(play({ tasks: [set, off, sql('next')], precedences: [edge], joins: [] }).said).toEqual(['next'])
	})
})
