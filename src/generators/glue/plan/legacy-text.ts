import { evaluate } from '#languages/evaluate.ts'
import type { Expression } from '#model/expressions.ts'
import type { Job } from '#model/job.ts'
import { valueText } from '#model/json-values.ts'
import type { Value } from '#model/values.ts'
import { isError, makeTimestamp } from '#model/values.ts'

/** A path or table name as the legacy job used it: parameters and variables replaced by their defaults. Undefined: it cannot be told. */
export function legacyText(expression: Expression, job: Job): string | undefined {
	const value = defaultValue(expression, job)
	return value === undefined || value === null ? undefined : valueText(value)
}

/** Value of an expression over parameters and variables, all at their defaults; undefined when it fails. */
export function defaultValue(expression: Expression, job: Job): Value | undefined {
	const parameters = new Map(job.parameters.map((parameter) => [parameter.name, parameter.default ?? null]))
	const run = { at: makeTimestamp(0n), job: job.name, project: '', host: '', invocation: '' }
	// Variables may name each other in a circle; one that is being read already has no value.
	const open = new Set<string>()
	const variable = (name: string): Value => {
		const found = job.variables.find((one) => one.name === name)
		if (found === undefined || open.has(name)) return null
		open.add(name)
		const value = evaluate(found.expression?.expression ?? found.initial, scope)
		open.delete(name)
		return isError(value) ? null : value
	}
	const scope = { column: () => null, parameter: (name: string) => parameters.get(name) ?? null, variable, run }
	const value = evaluate(expression, scope)
	return isError(value) ? undefined : value
}
