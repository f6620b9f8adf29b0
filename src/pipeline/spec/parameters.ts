/** Parameters of a test case as those of the generated job. */
import type { JobEntry } from '#generators/jobs-file.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { TestCase } from './test-case.ts'

export interface RunParameters {
	readonly parameters: ReadonlyMap<string, string>
	readonly diagnostics: readonly Diagnostic[]
}

/** Job macros that a test case may set: the job's clock, which is one moment here. */
const clock = ['DSJobStartTimestamp', 'DSJobStartDate', 'DSJobStartTime']

/** A parameter that the job does not have changes nothing, and is told. */
export function runParameters({ parameters, file, name }: TestCase, entry: JobEntry): RunParameters {
	const known = new Map<string, string>()
	const diagnostics: Diagnostic[] = []
	for (const [parameter, value] of parameters) {
		if (clock.includes(parameter)) continue
		const argument = entry.arguments.find((one) => one.parameter === parameter || one.name === parameter)
		if (argument !== undefined) known.set(parameter, value)
		else diagnostics.push(unknown(file, name, parameter))
	}
	const start = startOf(parameters)
	if (start !== undefined) known.set('run_at', start)
	return { parameters: known, diagnostics }
}

/** Half a moment is filled up: midnight, or the first day of the epoch. */
function startOf(parameters: ReadonlyMap<string, string>): string | undefined {
	if (!clock.some((macro) => parameters.has(macro))) return undefined
	const [day, hour] = (parameters.get('DSJobStartTimestamp') ?? '').split(/[ T]/)
	const date = parameters.get('DSJobStartDate') ?? (day === '' ? '1970-01-01' : (day ?? '1970-01-01'))
	const time = parameters.get('DSJobStartTime') ?? hour ?? '00:00:00'
	return `${date}T${time.replace(/Z$/, '')}Z`
}

function unknown(file: string, name: string, parameter: string): Diagnostic {
	const at = { file, path: `when.parameters.${parameter}`, lines: { start: 1, end: 1 } }
	const what = `The test case ${name} sets ${parameter}, which the new job does not have.`
	return diagnose('test-case/not-honoured', at, { what, why: 'No argument of the script carries that name.' })
}
