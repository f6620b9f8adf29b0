import type { Job, Parameter } from '#model/job.ts'
import { decodeValue, WireError } from '#model/json-values.ts'
import type { Value } from '#model/values.ts'

/**
 * Values of a job's parameters: what was given as text (an argument of the script), otherwise the default.
 * A parameter with neither is the empty text or null, and named in `missing`; one whose text is no value of its type, in `wrong`.
 */
export function parameterValues(
	job: Pick<Job, 'parameters'>,
	given: ReadonlyMap<string, string>,
): {
	readonly values: ReadonlyMap<string, Value>
	readonly missing: readonly string[]
	readonly wrong: readonly string[]
} {
	const values = new Map<string, Value>()
	const missing: string[] = []
	const wrong: string[] = []
	for (const parameter of job.parameters) {
		const text = given.get(parameter.name)
		if (text !== undefined) {
			const value = fromText(text, parameter)
			values.set(parameter.name, value ?? null)
			if (value === undefined) wrong.push(parameter.name)
			continue
		}
		if (parameter.default === undefined) missing.push(parameter.name)
		values.set(parameter.name, parameter.default ?? (parameter.type.kind === 'string' ? '' : null))
	}
	return { values, missing, wrong }
}

function fromText(text: string, { type }: Parameter): Value | undefined {
	if (type.kind === 'boolean')
		return /^(?:true|1)$/i.test(text) ? true : /^(?:false|0)$/i.test(text) ? false : undefined
	try {
		return decodeValue(text, type)
	} catch (error) {
		if (error instanceof WireError) return undefined
		throw error
	}
}
