/** The whole state machine of a job sequence. */
import { literalText } from '#languages/jsonata/text.ts'
import type { ControlFlow } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import { valueText } from '#model/json-values.ts'
import { redact } from '#model/redact.ts'
import { longerWaits } from '#model/waiting.ts'
import type { Json, State, StateMachine } from './asl.ts'
import { jsonata } from './asl.ts'
import type { ChildJob, Children } from './children.ts'
import { makeMemory } from './memory.ts'
import { inOrder } from './order.ts'
import { reads } from './reads.ts'
import { writePart } from './region.ts'
import type { Machine, RaiseTarget, Scope } from './scope.ts'
import { asksForStatus, statusFolder } from './user-status.ts'

export interface WrittenMachine {
	readonly definition: StateMachine
	readonly started: readonly ChildJob[]
	/** State of each task, by task id. */
	readonly states: ReadonlyMap<string, string>
	/** Where the machine waits longer than the sequence did. */
	readonly notes: readonly string[]
}

export interface MachineOptions {
	readonly children: Children
	readonly paths: Readonly<Record<string, string>>
	/** Defaults of parameters that override those of the export. */
	readonly parameters: Readonly<Record<string, string>>
}

export function writeMachine(job: Job, options: MachineOptions): WrittenMachine {
	const machine: Machine = {
		job,
		memory: makeMemory(job),
		children: options.children,
		paths: options.paths,
		recorded: new Map(),
		started: new Map(),
		represented: new Set(),
		writePart,
	}
	const notes = notesOf(job.control)
	const states = new Map<string, State>()
	const names = endStates(machine, states)
	const onRaise = handler(machine, states, names)
	const scope: Scope = onRaise === undefined ? { states } : { states, onRaise }
	const first = writePart(
		all(job.control),
		names.finished,
		{ known: new Set() },
		{ machine, scope, control: job.control },
	)
	const start = machine.memory.state('Start')
	states.set(start, {
		Type: 'Pass',
		Comment: 'Parameters, and what activities tell before they have run',
		Assign: {
			parameters: jsonata(parameters(job, options)),
			...(asksForStatus(machine, options.children) ? { [statusFolder.variable]: statusFolder.placeholder } : {}),
		},
		Output: initial(machine),
		Next: first,
	})
	return {
		definition: {
			Comment: [redact(job.description).replaceAll(/\s+/g, ' ').trim() || `Job sequence ${job.name}`, ...notes]
				.join('. ')
				.slice(0, 900),
			QueryLanguage: 'JSONata',
			StartAt: start,
			States: inOrder(start, states),
		},
		started: [...machine.started.values()].sort((left, right) => (left.placeholder < right.placeholder ? -1 : 1)),
		states: machine.memory.states,
		notes,
	}
}

function notesOf(control: ControlFlow): readonly string[] {
	const own = longerWaits(control).map(
		({ task, forTasks }) => `${task.name} waits for all of ${forTasks.map(({ name }) => name).join(', ')}`,
	)
	return [...own, ...control.tasks.flatMap((task) => (task.kind === 'loop' ? notesOf(task.body) : []))]
}

const all = ({ tasks }: ControlFlow): ReadonlySet<string> => new Set(tasks.map(({ id }) => id))

interface Ends {
	readonly finished: string
	readonly handled: string
}

/** Status 2 is "finished with warnings": an activity did not end OK, and the sequence was told to say so. */
function endStates(machine: Machine, states: Map<string, State>): Ends {
	const { triggers, handlers = [] } = machine.job.control
	const finished = machine.memory.state('Sequence finished')
	const status = triggers?.warns === true ? jsonata('$states.input.Warned = true ? 2 : 1') : 1
	states.set(finished, { Type: 'Succeed', Output: { JobStatus: status } })
	if (handlers.length === 0) return { finished, handled: finished }
	const failed = machine.memory.state('Sequence failed')
	states.set(failed, {
		Type: 'Fail',
		Error: 'SequenceFailed',
		Cause: 'An activity failed while others were running; the exception handler has run.',
	})
	const handled = machine.memory.state('Were other jobs running?')
	states.set(handled, {
		Type: 'Choice',
		Choices: [{ Condition: jsonata('$states.input.Abandoned = true'), Next: failed }],
		Default: finished,
	})
	return { finished, handled }
}

/** The exception handler; a failure inside it fails the machine. */
function handler(machine: Machine, states: Map<string, State>, { handled }: Ends): RaiseTarget | undefined {
	const found = machine.job.control.handlers?.find(({ event }) => event === 'error')
	if (found === undefined || machine.job.control.triggers?.unhandled !== 'raise') return undefined
	const key = machine.memory.keys.get(found.id)
	if (key === undefined) throw new Error(`the handler ${found.id} has no task of its own`)
	const next = writePart(
		all(found.body),
		handled,
		{ known: new Set() },
		{ machine, scope: { states }, control: found.body },
	)
	return { next, key }
}

/** What the start gives, over the defaults; one without either stops the machine with its name. */
function parameters(job: Job, options: MachineOptions): string {
	const required = job.parameters.filter(
		(one) => one.default === undefined && options.parameters[one.name] === undefined,
	)
	const defaults = job.parameters.flatMap((one) => {
		const value =
			options.parameters[one.name] ??
			(one.default === undefined || one.default === null ? undefined : valueText(one.default))
		return value === undefined || one.secret ? [] : [`${literalText(one.name)}: ${literalText(value)}`]
	})
	const given = '$exists($states.input.parameters) ? $states.input.parameters : {}'
	const merged = `$merge([{${defaults.join(', ')}}, ${given}])`
	const read = required.filter(({ name }) => reads(name, job, 'parameter'))
	if (read.length === 0) return merged
	const checks = read.map(
		({ name }) =>
			`$exists($lookup($given, ${literalText(name)})) ? true : $error(${literalText(`the sequence needs a value for the parameter ${name}`)})`,
	)
	return `($given := ${merged}; ${checks.join('; ')}; $given)`
}

/** BASIC takes a variable that nobody has set for an empty text. */
function initial(machine: Machine): Json {
	const { memory, job } = machine
	const fields = new Map<string, string[]>()
	for (const { name, provenance } of job.variables) {
		if (!reads(name, job)) continue
		const key = memory.keys.get(provenance.path)
		if (key === undefined) continue
		fields.set(key, [...(fields.get(key) ?? []), memory.field(name)])
	}
	const objects = [...fields].map(([key, names]) => `'${key}': {${names.map((name) => `'${name}': ''`).join(', ')}}`)
	return objects.length === 0 ? {} : jsonata(`{${objects.join(', ')}}`)
}
