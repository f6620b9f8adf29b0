/** Arguments of a job: its parameters, its places, its connections. */

import { allTasks } from '#model/control-flow.ts'
import type { Job, Parameter } from '#model/job.ts'
import { valueText } from '#model/json-values.ts'
import type { Value } from '#model/values.ts'
import type { ArgumentEntry } from '../../jobs-file.ts'
import { identifier, type Names } from '../../names.ts'
import type { GenerateOptions } from '../options.ts'
import { relocate } from './places.ts'

/** Names that Glue keeps for itself, or that mean the same in every script. */
export const reservedArguments = [
	'run_id',
	'run_at',
	'job_name',
	'debug',
	'mode',
	'endpoint',
	'conf',
	'temp_dir',
	'tempdir',
	'user_status',
]

/** The argument that names the file for the user status of a job. */
export const userStatusArgument = 'user_status'

/** The state machine that starts the job names the file; where nobody does, nobody asks. */
export const userStatusEntry: ArgumentEntry = {
	name: userStatusArgument,
	default: '',
	description: 'File that takes the user status of the job, for the state machine that starts it',
	kind: 'report',
	parameter: null,
}

/** Does the job set a user status? */
export const tellsStatus = ({ control }: Job): boolean => allTasks(control).some(({ kind }) => kind === 'user-status')

/** Argument names of a job's parameters, by the parameter's full name. `$Package::Year` is `year`, `Paths.DIR` is `paths_dir`. */
export function parameterArguments(job: Job, names: Names): ReadonlyMap<string, string> {
	return new Map(job.parameters.map(({ name }) => [name, names.take(identifier(name.replace(/^.*::/, '')))]))
}

/** The argument that carries a parameter. A default that is a mapped path is given as its new place. */
export function parameterEntry(parameter: Parameter, argument: string, options: GenerateOptions): ArgumentEntry {
	const configured = options.parameters[parameter.name]
	const original = parameter.default === undefined || parameter.secret ? null : argumentText(parameter.default)
	const text = configured ?? original
	return {
		name: argument,
		default: text === null ? null : (relocate(text, options.paths) ?? text),
		description: parameter.description,
		kind: 'parameter',
		parameter: parameter.name,
	}
}

/** A value as the text of a job argument; null has no text, and is the empty one. */
const argumentText = (value: Value): string => (value === null ? '' : valueText(value))
