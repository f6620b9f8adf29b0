/** Which job of a unit an export means when it names one to start. */
import type { SourcedExpression } from '#model/expressions.ts'
import type { Job } from '#model/job.ts'

/** The job that an expression names; undefined where it is computed, or where the unit holds no such job. */
export function calledJob({ expression }: SourcedExpression, jobs: readonly Job[]): Job | undefined {
	const title = calledTitle(expression)
	if (title === undefined) return undefined
	return jobs.find(({ name }) => name === title) ?? jobs.find((job) => isCalled(job, title))
}

/** The name itself, where it stands in the export. */
export const calledTitle = (expression: SourcedExpression['expression']): string | undefined =>
	expression.kind === 'literal' && typeof expression.value === 'string' ? expression.value : undefined

/** Packages are named by their files: `Load.dtsx`, `C:\packages\Load.dtsx`, `\folder\Load`. */
export const fileTitle = (title: string): string => (title.split(/[\\/]/).at(-1) ?? title).replace(/\.dtsx$/i, '')

/** Names of jobs and files differ in letter case only by mistake. */
export function isCalled({ id, name }: Job, title: string): boolean {
	const wanted = fileTitle(title).toLowerCase()
	const file = fileTitle(id.slice(0, id.lastIndexOf('#')))
	return wanted === file.toLowerCase() || wanted === name.toLowerCase()
}
