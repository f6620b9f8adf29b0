/** Jobs that a job starts: by which name they run, and what their parameters are called there. */
import { calledTitle, fileTitle, isCalled } from '#analysis/called-job.ts'
import type { RunJobTask } from '#model/control-flow.ts'
import { allTasks } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import type { ArgumentEntry } from '../../jobs-file.ts'
import { identifier, Names } from '../../names.ts'
import { parameterArguments, reservedArguments } from './arguments.ts'

export interface PlannedChild {
	readonly task: RunJobTask
	/** As the export names it; undefined where it computes the name. */
	readonly title?: string
	/** Slug in the unit. */
	readonly job?: string
	/** Argument that names a job outside the unit. */
	readonly entry?: ArgumentEntry
	/** Name of each parameter that is passed → the child's argument. */
	readonly parameters: Readonly<Record<string, string>>
}

/** @param unit every job of the unit by its slug */
export function planChildren(job: Job, names: Names, unit: ReadonlyMap<string, Job>): readonly PlannedChild[] {
	const starts = allTasks(job.control).filter((task): task is RunJobTask => task.kind === 'run-job' && !task.disabled)
	const arguments_ = new Map<string, ArgumentEntry>()
	return starts.map((task): PlannedChild => {
		const title = calledTitle(task.job.expression)
		if (title === undefined) return { task, parameters: plainNames(task) }
		const found = [...unit].find(([, one]) => isCalled(one, title))
		if (found !== undefined) return { task, title, job: found[0], parameters: namesIn(found[1], task) }
		const entry = arguments_.get(title) ?? {
			name: names.take(`${identifier(fileTitle(title)).replace(/_$/, '')}_job`),
			default: null,
			description: `Name of the Glue job that takes the place of ${title}`,
			kind: 'job',
			parameter: null,
		}
		arguments_.set(title, entry)
		return { task, title, entry, parameters: plainNames(task) }
	})
}

const plainNames = ({ parameters }: RunJobTask): Readonly<Record<string, string>> =>
	Object.fromEntries(parameters.map(({ name }) => [name, identifier(name)]))

/** A parameter of the package may be named without its `$Package::`. */
function namesIn(child: Job, { parameters }: RunJobTask): Readonly<Record<string, string>> {
	const arguments_ = parameterArguments(child, new Names(reservedArguments))
	return Object.fromEntries(
		parameters.map(({ name }) => {
			const full = child.parameters.find((one) => one.name === name || one.name.endsWith(`::${name}`))
			return [name, (full === undefined ? undefined : arguments_.get(full.name)) ?? identifier(name)]
		}),
	)
}
