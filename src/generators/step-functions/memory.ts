/** Where a state machine keeps what activities told: in the state that is handed on, under a key for each activity. */

import type { JsonataScope } from '#languages/jsonata/print.ts'
import { literalText, numberCode, textCode } from '#languages/jsonata/text.ts'
import type { Task } from '#model/control-flow.ts'
import { allTasks } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import type { DataType } from '#model/types.ts'
import { Names } from '../names.ts'

export interface Memory {
	/** Key of an activity, by task id. */
	readonly keys: ReadonlyMap<string, string>
	/** Name of the state of a task, by task id. */
	readonly states: ReadonlyMap<string, string>
	readonly scope: JsonataScope
	/** Field of a variable in its activity's object. */
	field(variable: string): string
	/** A key that nothing else uses. */
	take(wanted: string): string
	/** A state name that nothing else uses, of at most 80 characters. */
	state(wanted: string): string
}

/** AWS: a state name has at most 80 characters. */
const longestName = 80

export function makeMemory(job: Job): Memory {
	const tasks = [...job.control.tasks, ...allTasks(job.control)].filter(
		(task, index, all) => all.findIndex(({ id }) => id === task.id) === index,
	)
	const taken = new Names(['Warned', 'Abandoned'])
	const stateNames = new Names()
	const keys = new Map(tasks.map((task) => [task.id, taken.take(plainKey(task.name))]))
	const states = new Map(tasks.map((task) => [task.id, stateNames.take(cut(task.name))]))
	const owners = ownersOf(job, tasks)
	const computed = new Set(tasks.filter(({ kind }) => kind === 'assign').map(({ id }) => id))
	const field = (variable: string): string => plainKey(variable.slice(variable.indexOf('.') + 1).replace('$', ''))
	return {
		keys,
		states,
		field,
		take: (wanted) => taken.take(plainKey(wanted)),
		state: (wanted) => stateNames.take(cut(wanted)),
		scope: {
			variable(name) {
				const key = keys.get(owners.get(name) ?? '')
				if (key === undefined) throw new Error(`no activity sets ${name}`)
				const code = `$states.input.${key}.${field(name)}`
				// What a routine gives may be any text.
				const isComputed = computed.has(owners.get(name) ?? '')
				const canonical = !isComputed && /\.\$(?:JobStatus|ReturnValue|ErrNumber)$/.test(name)
				return { ...textCode(code), canonical }
			},
			parameter: (name, type) => parameterCode(name, type),
			job: job.name,
		},
	}
}

/** Parameters reach a sequence as texts, and never change. */
function parameterCode(name: string, { kind }: DataType) {
	const code = /^[A-Za-z_]\w*$/.test(name) ? `$parameters.${name}` : `$lookup($parameters, ${literalText(name)})`
	return kind === 'int' || kind === 'float' ? numberCode(`$number(${code})`, true, kind === 'int') : textCode(code)
}

/** Task that sets a variable, by the variable's name: loops, handlers, assignments and outputs name theirs. */
function ownersOf(job: Job, tasks: readonly Task[]): ReadonlyMap<string, string> {
	const owners = new Map<string, string>()
	for (const { name, provenance } of job.variables) owners.set(name, provenance.path)
	for (const task of tasks) {
		if (task.kind === 'assign') for (const { variable } of task.assignments) owners.set(variable, task.id)
		if (task.kind === 'loop' && 'variable' in task.over) owners.set(task.over.variable, task.id)
	}
	return owners
}

const plainKey = (name: string): string => name.replaceAll(/\W+/g, '_').replace(/^(\d)/, '_$1') || '_'

/** Fields of states: tools that look for them anywhere in a definition would take a state of that name for one. */
const fields: ReadonlySet<string> = new Set([
	'StartAt',
	'States',
	'Next',
	'Default',
	'End',
	'Type',
	'Branches',
	'Choices',
])

function cut(name: string): string {
	const plain = name.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim() || '_'
	if (fields.has(plain)) return `${plain} (activity)`
	return Array.from(plain)
		.slice(0, longestName - 4)
		.join('')
}
