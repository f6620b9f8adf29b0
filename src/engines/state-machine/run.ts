/**
 * Runs a state machine as AWS Step Functions would, with time that is only counted: tasks are answered by the caller, who also
 * says how long they take. It knows what the generator writes: JSONata, and all types of states, the items of a Map one after the other.
 */

import type { Json, Machine, State } from './definition.ts'
import { evaluateFields } from './expressions.ts'

/** A task that was reached, with its arguments computed. */
export interface Call {
	/** Seconds since the start. */
	readonly at: number
	readonly state: string
	readonly resource: string
	readonly arguments: Json
}

export type Answer = { readonly seconds: number } & (
	| { readonly result: Json }
	| { readonly error: string; readonly cause: string }
)

/** Stands for everything that tasks reach. */
export type Answers = (call: Call) => Answer

export type Ending =
	| { readonly ok: true; readonly at: number; readonly output: Json }
	| { readonly ok: false; readonly at: number; readonly error: string; readonly cause: string }

export interface MachineRun {
	/** In order of time; what a failure elsewhere stopped before it began is not among them. */
	readonly calls: readonly Call[]
	readonly ending: Ending
}

/** More transitions than AWS allows in one execution (25,000 events) mean a circle without an end. */
const mostTransitions = 10_000

interface Run {
	readonly answers: Answers
	readonly startedAt: string
	transitions: number
}

/** @param startedAt the start of the execution, ISO 8601 */
export async function runMachine(
	machine: Machine,
	input: Json,
	answers: Answers,
	startedAt: string,
): Promise<MachineRun> {
	const run: Run = { answers, startedAt, transitions: 0 }
	const { calls, ending } = await runScope(machine, input, 0, {}, run)
	return { calls: [...calls].sort((left, right) => left.at - right.at), ending }
}

type Variables = Readonly<Record<string, Json>>

interface ScopeRun {
	readonly calls: readonly Call[]
	readonly ending: Ending
}

async function runScope(machine: Machine, input: Json, start: number, outer: Variables, run: Run): Promise<ScopeRun> {
	const calls: Call[] = []
	let [name, data, at, variables] = [machine.StartAt, input, start, outer]
	for (;;) {
		run.transitions += 1
		if (run.transitions > mostTransitions)
			return { calls, ending: { ok: false, at, error: 'States.Runtime', cause: 'too many transitions' } }
		const state = machine.States[name]
		if (state === undefined) throw new Error(`the state machine has no state ${name}`)
		const step = await runState(name, state, data, at, variables, run)
		calls.push(...step.calls)
		at = step.at
		if (step.kind === 'end') return { calls, ending: step.ending }
		;[name, data, variables] = [step.next, step.output, { ...variables, ...step.assigned }]
	}
}

type Step = { readonly calls: readonly Call[]; readonly at: number } & (
	| { readonly kind: 'next'; readonly next: string; readonly output: Json; readonly assigned: Variables }
	| { readonly kind: 'end'; readonly ending: Ending }
)

/** What a state works with, before and after its work. */
interface Context {
	readonly input: Json
	/** When the state was entered, in seconds since the start. */
	readonly at: number
	readonly variables: Variables
	readonly run: Run
}

async function runState(
	name: string,
	state: State,
	input: Json,
	at: number,
	variables: Variables,
	run: Run,
): Promise<Step> {
	const context: Context = { input, at, variables, run }
	const still = { calls: [], at }
	try {
		switch (state.Type) {
			case 'Pass':
				return await left(state, still, context, {}, input)
			case 'Wait':
				return await left(state, { calls: [], at: at + (state.Seconds ?? 0) }, context, {}, input)
			case 'Succeed': {
				const output = state.Output === undefined ? input : await fields(state.Output, context, {})
				return { ...still, kind: 'end', ending: { ok: true, at, output } }
			}
			case 'Fail': {
				const [error, cause] = await Promise.all([
					fields(state.Error ?? '', context, {}),
					fields(state.Cause ?? '', context, {}),
				])
				return failed(still, told(error), told(cause))
			}
			case 'Choice': {
				for (const rule of state.Choices ?? []) {
					const holds = await fields(rule.Condition, context, {})
					if (typeof holds !== 'boolean')
						return failed(still, 'States.QueryEvaluationError', `${name}: a condition gave ${JSON.stringify(holds)}`)
					if (holds) return { ...still, kind: 'next', next: rule.Next, output: input, assigned: {} }
				}
				return { ...still, kind: 'next', next: state.Default ?? '', output: input, assigned: {} }
			}
			case 'Task': {
				const call = {
					at,
					state: name,
					resource: state.Resource ?? '',
					arguments: await fields(state.Arguments ?? {}, context, {}),
				}
				const answer = run.answers(call)
				const ended = { calls: [call], at: at + answer.seconds }
				if ('result' in answer) return await left(state, ended, context, { result: answer.result }, answer.result)
				return await caught(state, ended, context, answer)
			}
			case 'Parallel':
				return await runParallel(state, at, context)
			case 'Map':
				return await runMap(state, at, context)
		}
	} catch (error) {
		if (error instanceof Error) return failed(still, 'States.QueryEvaluationError', `${name}: ${error.message}`)
		throw error
	}
}

async function runParallel(state: State, at: number, context: Context): Promise<Step> {
	const branches = await Promise.all(
		(state.Branches ?? []).map((branch) => runScope(branch, context.input, at, context.variables, context.run)),
	)
	const failures = branches.flatMap(({ ending }) => (ending.ok ? [] : [ending]))
	const [first] = failures.sort((left, right) => left.at - right.at)
	if (first === undefined) {
		const end = Math.max(at, ...branches.map(({ ending }) => ending.at))
		const result = branches.map(({ ending }) => (ending.ok ? ending.output : null))
		return left(state, { calls: branches.flatMap(({ calls }) => calls), at: end }, context, { result }, result)
	}
	// The other branches are stopped where they are.
	const calls = branches.flatMap((branch) => branch.calls.filter((call) => call.at <= first.at))
	return caught(state, { calls, at: first.at }, context, first)
}

async function runMap(state: State, at: number, context: Context): Promise<Step> {
	const items = await fields(state.Items ?? [], context, {})
	const processor = state.ItemProcessor
	if (!Array.isArray(items) || processor === undefined) throw new Error('a Map state needs items and a processor')
	const calls: Call[] = []
	const results: Json[] = []
	let now = at
	for (const item of items as readonly Json[]) {
		const one = await runScope(processor, item, now, context.variables, context.run)
		calls.push(...one.calls)
		now = one.ending.at
		if (!one.ending.ok) return caught(state, { calls, at: now }, context, one.ending)
		results.push(one.ending.output)
	}
	return left(state, { calls, at: now }, context, { result: results }, results)
}

const told = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

interface Ended {
	readonly calls: readonly Call[]
	readonly at: number
}

const failed = (ended: Ended, error: string, cause: string): Step => ({
	...ended,
	kind: 'end',
	ending: { ok: false, at: ended.at, error, cause },
})

async function left(
	state: State,
	ended: Ended,
	context: Context,
	known: Readonly<Record<string, Json>>,
	usual: Json,
): Promise<Step> {
	const output = state.Output === undefined ? usual : await fields(state.Output, context, known)
	const assigned = state.Assign === undefined ? {} : ((await fields(state.Assign, context, known)) as Variables)
	if (state.Next === undefined) return { ...ended, kind: 'end', ending: { ok: true, at: ended.at, output } }
	return { ...ended, kind: 'next', next: state.Next, output, assigned }
}

/** `States.TaskFailed` stands for every error of a task but its timeout; `States.ALL` for every error. */
async function caught(
	state: State,
	ended: Ended,
	context: Context,
	problem: { readonly error: string; readonly cause: string },
): Promise<Step> {
	const { error, cause } = problem
	const catcher = (state.Catch ?? []).find(({ ErrorEquals }) =>
		ErrorEquals.some(
			(one) =>
				one === error ||
				one === 'States.ALL' ||
				(one === 'States.TaskFailed' && state.Type === 'Task' && error !== 'States.Timeout'),
		),
	)
	if (catcher === undefined) return failed(ended, error, cause)
	const errorOutput = { Error: error, Cause: cause }
	const output = catcher.Output === undefined ? errorOutput : await fields(catcher.Output, context, { errorOutput })
	return { ...ended, kind: 'next', next: catcher.Next, output, assigned: {} }
}

function fields(
	value: Json,
	{ input, at, variables, run }: Context,
	known: Readonly<Record<string, Json>>,
): Promise<Json> {
	const entered = new Date(Date.parse(run.startedAt) + at * 1000).toISOString()
	const context = {
		Execution: { Id: 'arn:aws:states:::execution:local', Name: 'local', StartTime: run.startedAt },
		State: { EnteredTime: entered },
	}
	return evaluateFields(value, { ...variables, states: { input, context, ...known } })
}
