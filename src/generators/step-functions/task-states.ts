/** The states of one task. */
import { literalText } from '#languages/jsonata/text.ts'
import type { AssignTask, OpaqueTask, Task } from '#model/control-flow.ts'
import type { Assignment } from '#model/loops.ts'
import { redact } from '#model/redact.ts'
import type { State } from './asl.ts'
import { added, jsonata } from './asl.ts'
import { failureState } from './endings.ts'
import { fileStates } from './file-states.ts'
import { filesStates } from './files-states.ts'
import { failsCode, handles } from './guards.ts'
import { jobState } from './job-state.ts'
import { loopStates } from './loop-states.ts'
import { printed } from './printed.ts'
import { readStates } from './read-states.ts'
import { recordTriggers } from './record.ts'
import type { Machine, Region } from './scope.ts'
import { keyOf, stateName } from './scope.ts'
import { waitStates } from './wait-states.ts'

/**
 * Writes the states of a task. `next`: what follows when it has ended; `skip`: what follows a loop that was left before its end.
 * @returns the name of the first state
 */
export function taskStates(task: Task, next: string, skip: string, region: Region): string {
	const { machine } = region
	const name = stateName(machine, task)
	const put = (state: State): string => {
		region.scope.states.set(name, state)
		return name
	}
	if (task.kind === 'terminate') return put(terminate(task.message))
	const behind = recordTriggers(task, next, region)
	switch (task.kind) {
		case 'assign':
			return put({
				Type: 'Pass',
				Comment: task.failsWhen === undefined ? 'User variables' : 'Routine',
				Output: jsonata(assignment(task, machine)),
				Next: failureCheck(task, behind, region),
			})
		case 'barrier':
			if (region.continues?.task === task.id)
				return put({
					Type: 'Pass',
					Comment: 'End of the loop: asks for the next pass',
					Output: jsonata(
						added(`'${region.continues.key}': $merge([$states.input.${region.continues.key}, {'Again': true}])`),
					),
					Next: behind,
				})
			return machine.represented.has(task.id)
				? behind
				: put({ Type: 'Pass', Comment: barrierText(task, region), Next: behind })
		case 'run-job':
			return put(jobState(task, behind, region))
		case 'opaque':
			return put(notTranslated(task, behind))
		case 'loop':
			return loopStates(task, behind, skip, region)
		case 'file-operation':
			return fileStates(task, behind, region)
		case 'files':
			return filesStates(task, behind, region)
		case 'read-file':
			return readStates(task, behind, region)
		case 'wait-for-file':
			return waitStates(task, behind, region)
		default:
			throw new Error(`a state machine has no state for tasks of kind ${task.kind}`)
	}
}

/** The state behind a task that computes whether it has failed: where a failure has a way of its own. */
function failureCheck(task: AssignTask, next: string, region: Region): string {
	const { machine, scope, control } = region
	const { triggers } = machine.job.control
	const raises = triggers?.unhandled === 'raise' && !handles(control, task)
	if (task.failsWhen === undefined || (!raises && triggers?.warns !== true)) return next
	const failed = machine.memory.state(`${task.name}: failed`)
	scope.states.set(failed, failureState(task, "'Warned': true", next, region))
	const check = machine.memory.state(`${task.name}: failed?`)
	const condition = jsonata(failsCode(task.failsWhen, machine))
	scope.states.set(check, { Type: 'Choice', Choices: [{ Condition: condition, Next: failed }], Default: next })
	return check
}

function barrierText(task: Task, { control }: Region): string {
	const needs = control.joins.find((join) => join.task === task.id)?.needs
	return needs === undefined ? 'Does no work' : needs === 'all' ? 'Sequencer: all triggers' : 'Sequencer: any trigger'
}

function terminate(message: string): State {
	const cause = message === '' ? 'The sequence was asked to abort.' : redact(message)
	return { Type: 'Fail', Comment: 'Terminator', Error: 'SequenceTerminated', Cause: cause }
}

/** It stops the machine with its name when it is reached; what follows stands ready for the state that takes its place. */
function notTranslated({ name, sourceType, reason }: OpaqueTask, next: string): State {
	const message = redact(`${name} (${sourceType}) is not translated: ${reason}`).slice(0, 500)
	return {
		Type: 'Pass',
		Comment: 'Not translated: put a state of your own here',
		Output: jsonata(`$error(${literalText(message)})`),
		Next: next,
	}
}

/** Each variable may use those before it in the same activity; those stand as names of their own. */
function assignment(task: AssignTask, machine: Machine): string {
	const { memory } = machine
	const key = keyOf(machine, task)
	const own = `$states.input.${key}.`
	const codes = task.assignments.map(({ variable, value }: Assignment) => ({
		field: memory.field(variable),
		code: printed(value, machine),
	}))
	const fields = (code: (one: (typeof codes)[number]) => string): string =>
		codes.map((one) => `'${one.field}': ${code(one)}`).join(', ')
	if (!codes.some(({ code }) => code.includes(own))) return added(`'${key}': {${fields(({ code }) => code)}}`)
	const steps = codes.map(({ field, code }, index) => {
		const done = codes.slice(0, index).map((one) => one.field)
		return `$${field} := ${done.reduce((text, one) => text.replaceAll(new RegExp(`\\$states\\.input\\.${key}\\.${one}\\b`, 'g'), `$${one}`), code)}`
	})
	return `(${steps.join('; ')}; ${added(`'${key}': {${fields(({ field }) => `$${field}`)}}`)})`
}
