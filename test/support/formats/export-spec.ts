/** What the writers of all four DataStage formats write: jobs and parameter sets, in the words of the DSX builder. */
import type { JobSpec, LinkSpec, Values } from '../dsx-builder.ts'

export interface ParameterSetSpec {
	readonly name: string
	readonly parameters: readonly Values[]
	/** Value files: name → parameter → value. */
	readonly files: Readonly<Record<string, Values>>
}

export interface ExportSpec {
	readonly jobs: readonly (JobSpec & { readonly name: string })[]
	readonly sets: readonly ParameterSetSpec[]
	/** Settings of connectors as flows spell them, by name of the stage; elsewhere they stand in `XMLProperties`. */
	readonly connections?: Readonly<Record<string, Readonly<Record<string, string | boolean>>>>
	/** Text of an annotation on the canvas of each job. */
	readonly note: string
}

export const linksInto = (job: JobSpec, stage: string): readonly LinkSpec[] =>
	(job.links ?? []).filter(({ to }) => to === stage)

export const linksFrom = (job: JobSpec, stage: string): readonly LinkSpec[] =>
	(job.links ?? []).filter(({ from }) => from === stage)
