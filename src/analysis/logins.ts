/**
 * Secrets that were nothing but the login of an old connection. A Glue connection names the login of the new job, and
 * arguments of a Glue job stand in its history for everybody to read: such a parameter must not become one.
 */
import type { RunJobTask, Task } from '#model/control-flow.ts'
import { mapTasks } from '#model/control-flow.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Job, Parameter } from '#model/job.ts'
import { calledJob } from './called-job.ts'

export interface WithoutLogins {
	readonly jobs: readonly Job[]
	readonly diagnostics: readonly Diagnostic[]
}

/** The jobs of a unit without the secrets that no expression of theirs reads; who starts such a job does not pass them. */
export function withoutLogins(jobs: readonly Job[]): WithoutLogins {
	const isLogin = (job: Job, parameter: Parameter): boolean => parameter.secret && !reads(job, parameter.name, jobs, [])
	const logins = new Map(jobs.map((job) => [job, job.parameters.filter((parameter) => isLogin(job, parameter))]))
	if ([...logins.values()].every(({ length }) => length === 0)) return { jobs, diagnostics: [] }
	const withoutLogin = (task: Task): Task => {
		if (task.kind !== 'run-job') return task
		const started = calledJob(task.job, jobs)
		const left = started === undefined ? undefined : logins.get(started)
		return { ...task, parameters: task.parameters.filter(({ name }) => !left?.some((login) => isNamed(login, name))) }
	}
	return {
		jobs: jobs.map((job) => ({
			...job,
			parameters: job.parameters.filter((parameter) => !logins.get(job)?.includes(parameter)),
			control: mapTasks(job.control, withoutLogin),
		})),
		diagnostics: jobs.flatMap((job) => (logins.get(job) ?? []).map((login) => leftOut(job, login))),
	}
}

/** Does anything read the parameter? What only goes on to a started job counts when that job reads it. */
function reads(job: Job, name: string, jobs: readonly Job[], above: readonly Job[]): boolean {
	if (above.includes(job)) return false
	const isRead = (part: unknown): boolean => {
		// Scripts and statements list what they read by name; a text that nobody translated may hold a marker.
		if (typeof part === 'string') return part === name || part.includes(`#${name}#`)
		if (typeof part !== 'object' || part === null) return false
		if (!isRunJob(part)) return Object.values(part).some(isRead)
		const { parameters, ...rest } = part
		return (
			Object.values(rest).some(isRead) ||
			parameters.some((passed) => isRead(passed.value) && isWanted(part, passed.name))
		)
	}
	const isWanted = ({ job: called }: RunJobTask, passed: string): boolean => {
		const started = calledJob(called, jobs)
		const taken = started?.parameters.find((parameter) => isNamed(parameter, passed))
		if (started === undefined || taken === undefined || !taken.secret) return true
		return reads(started, taken.name, jobs, [...above, job])
	}
	return [job.flows, job.control, job.variables].some(isRead)
}

const isRunJob = (part: object): part is RunJobTask => 'kind' in part && part.kind === 'run-job'

/** A parameter of a package may be passed without its `$Package::`. */
const isNamed = (parameter: Parameter, name: string): boolean =>
	parameter.name === name || parameter.name.endsWith(`::${name}`)

const leftOut = (job: Job, { name, provenance }: Parameter): Diagnostic =>
	diagnose('parameter/login', provenance, {
		what: `The secret ${name} is no argument of ${job.name}.`,
		why: 'Only the login of an old connection needed it; a Glue connection names the login of the new job.',
	})
