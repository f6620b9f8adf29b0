/**
 * Packages that take the first value of a variable from the package that starts them (Microsoft: Package Configurations, Parent
 * Package Variable): each such value is a parameter of theirs, and the caller hands over its own variable.
 */
import type { RunJobTask, Task, Variable } from '#model/control-flow.ts'
import { mapTasks } from '#model/control-flow.ts'
import type { Job, Parameter } from '#model/job.ts'
import { parentNamespace } from '#model/job.ts'
import { calledJob } from './called-job.ts'

/** The jobs of a unit, those that start others with what the others take from their caller. */
export function withParentVariables(jobs: readonly Job[]): readonly Job[] {
	const takers = jobs.filter(({ parameters }) => parameters.some(isTaken))
	if (takers.length === 0) return jobs
	return jobs.map((job) => ({ ...job, control: mapTasks(job.control, (task) => handing(task, job, takers)) }))
}

const isTaken = ({ name }: Parameter): boolean => name.startsWith(`$${parentNamespace}::`)

function handing(task: Task, caller: Job, takers: readonly Job[]): Task {
	if (task.kind !== 'run-job') return task
	const called = calledJob(task.job, takers)
	if (called === undefined) return task
	const more = called.parameters.filter(isTaken).flatMap((one) => handed(one, task, caller))
	return more.length === 0 ? task : { ...task, parameters: [...task.parameters, ...more] }
}

/** A caller that has no such variable hands nothing over, and the value that the package stores holds. */
function handed({ name }: Parameter, task: RunJobTask, caller: Job): RunJobTask['parameters'] {
	const variable = seen(name.replace(/^.*::/, ''), task, caller)
	if (variable === undefined) return []
	const value = { kind: 'variable', name: variable.name, type: variable.type } as const
	return [{ name, value: { expression: value, text: `@[${variable.name}]` } }]
}

/** The innermost variable of that name which the task sees: its own, or that of a container around it. */
function seen(name: string, { id }: RunJobTask, { variables }: Job): Variable | undefined {
	const around = variables.filter(
		(one) =>
			one.name.replace(/^(?!System::).*?::|#.*$/g, '') === name &&
			(one.scope === undefined || one.scope === id || id.startsWith(`${one.scope}\\`)),
	)
	return around.toSorted((left, right) => (right.scope?.length ?? 0) - (left.scope?.length ?? 0))[0]
}
