import type { Job } from '#model/job.ts'
import { identifier, Names } from '../../names.ts'

/** Fields of the script's class `Variables`, by the full names of the variables. */
export function variableFields({ variables }: Pick<Job, 'variables'>): ReadonlyMap<string, string> {
	const fields = new Names()
	return new Map(variables.map(({ name }) => [name, fields.take(identifier(name.replace(/^.*::/, '')))]))
}
