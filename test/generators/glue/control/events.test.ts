import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ControlFlow, EventHandler, Task, TaskEvent, Variable } from '#model/control-flow.ts'
import type { Expression } from '#model/expressions.ts'
import { boolean, text } from '#model/types.ts'
import { base, call, job, literal, sourced } from '../../../support/model-builder.ts'
import { proveJob } from '../../../support/prove-job.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const task = (name: string) => ({ id: name, element: name, name, disabled: false, provenance: base(name).provenance })
const system = ['System::SourceName', 'System::ErrorDescription']
const variables: readonly Variable[] = system.map((name) => ({
	name,
	type: text(),
	initial: literal(''),
	provenance: base(name).provenance,
}))
const sql = (name: string, statement: string, ...inputs: readonly string[]): Task => ({
	...task(name),
	kind: 'execute-sql',
	connection: 'DW',
	batches: [sourced(literal(statement))],
	parameters: inputs.map((input) => ({ direction: 'input', variable: input, type: text() })),
	result: { kind: 'none' },
})
const only = (...tasks: readonly Task[]): ControlFlow => ({ tasks, precedences: [], joins: [] })
const handler = (event: TaskEvent, tells: string, contains = false): EventHandler => ({
	event,
	id: `${tells}.${event}`,
	body: only(sql(`Tell ${tells}`, `${tells} ?, ?`, ...system)),
	contains,
	provenance: base(tells).provenance,
})
const packageOf = (control: ControlFlow) => job([], { kind: 'package', dialect: 'ssis', control, variables })
const proven = { details: [], report: { level: 'E3' } }

describe('handlers of events', () => {
	it('of the task run before those of the package, with what happened and where', async () => {
		const load: Task = { ...sql('Load', 'LOAD'), handlers: [handler('error', 'task')] }
		const model = packageOf({ ...only(load), handlers: [handler('error', 'package')] })
		const { proof, script } = await proveJob(engine, model)
		expect(proof).toMatchObject(proven)
		// LOAD three times without a failure; once with it, and then both handlers.
		expect(proof.report.effects_compared).toBe(3 + 3)
		expect(script).toContain('{"error": [load_on_error, job_on_error]}')
		expect(script).toContain('variables.error_description = event.error')
	})

	it('run at the start and the end of tasks, containers and the package', async () => {
		const inside: Task = { ...task('Group'), kind: 'sequence', body: only(sql('Load', 'LOAD')) }
		const handlers = [handler('pre-execute', 'start'), handler('post-execute', 'end')]
		const { proof } = await proveJob(engine, packageOf({ ...only(inside), handlers }))
		expect(proof).toMatchObject(proven)
		expect(proof.report.effects_compared).toBe(3 * (1 + 2 * 3))
	})

	it('contain an error, so that what is around goes on', async () => {
		const load: Task = { ...sql('Load', 'LOAD'), handlers: [handler('error', 'task', true)] }
		const { proof } = await proveJob(engine, packageOf({ ...only(load, sql('Next', 'NEXT')), handlers: [] }))
		expect(proof).toMatchObject(proven)
		expect(proof.report.effects_compared).toBe(3 * 2 + 3)
	})

	it('warn of every container, and of the job, that errors inside make it fail', async () => {
		const lenient: Task = {
			...task('Lenient'),
			kind: 'sequence',
			body: only(sql('Try', 'TRY')),
			failure: { maximumErrors: 2 },
		}
		const group: Task = { ...task('Group'), kind: 'sequence', body: only(sql('Load', 'LOAD'), lenient) }
		const model = packageOf({ ...only(group), handlers: [handler('warning', 'warned')] })
		const { proof, script } = await proveJob(engine, model)
		expect(proof).toMatchObject(proven)
		// Both statements three times without a failure. With one, the two containers around it warn, and then the job.
		expect(proof.report.effects_compared).toBe(3 * 2 + 2 * (2 + 2))
		expect(script).toContain('{"warning": [job_on_warning]}')
	})

	it('tell a failed task after its error', async () => {
		const model = packageOf({
			...only(sql('Load', 'LOAD')),
			handlers: [handler('task-failed', 'failed'), handler('error', 'error')],
		})
		const { proof } = await proveJob(engine, model)
		expect(proof).toMatchObject(proven)
	})
})

describe('rules of failure', () => {
	it('an outcome that a task always has decides what follows; its error counts all the same', async () => {
		const load: Task = { ...sql('Load', 'LOAD'), failure: { outcome: 'success' } }
		const provenance = base('e').provenance
		const edge = { id: 'e', from: 'Load', to: 'Next', outcome: 'success', combine: 'and', provenance } as const
		const { proof } = await proveJob(
			engine,
			packageOf({ tasks: [load, sql('Next', 'NEXT')], precedences: [edge], joins: [] }),
		)
		expect(proof).toMatchObject(proven)
		expect(proof.report.effects_compared).toBe(3 * 2 + 2)
	})

	it('errors of a container that lives with them count in the package', async () => {
		const group: Task = {
			...task('Group'),
			kind: 'sequence',
			body: only(sql('One', 'ONE'), sql('Two', 'TWO')),
			failure: { maximumErrors: 2 },
		}
		const strict = await proveJob(engine, packageOf(only(group, sql('Next', 'NEXT'))))
		expect(strict.proof).toMatchObject(proven)
		const lenient = await proveJob(
			engine,
			packageOf({ ...only(group, sql('Next', 'NEXT')), failure: { maximumErrors: 0 } }),
		)
		expect(lenient.proof).toMatchObject(proven)
	})

	it('a computed condition disables a task, which then counts as a success', async () => {
		const name: Expression = { kind: 'variable', name: 'System::SourceName', type: text() }
		const disabledWhen = sourced(call('ssis.equal', boolean, name, literal('')))
		const off: Task = { ...sql('Off', 'OFF'), disabledWhen }
		const provenance = base('e').provenance
		const edge = { id: 'e', from: 'Off', to: 'Next', outcome: 'success', combine: 'and', provenance } as const
		const { proof } = await proveJob(
			engine,
			packageOf({ tasks: [off, sql('Next', 'NEXT')], precedences: [edge], joins: [] }),
		)
		expect(proof).toMatchObject(proven)
		expect(proof.report.effects_compared).toBe(3)
	})
})
