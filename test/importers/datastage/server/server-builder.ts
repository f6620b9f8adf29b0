/** Pieces of small server jobs for tests. */

import type { Job } from '#model/job.ts'
import type { ColumnSpec, JobSpec, LinkSpec, StageSpec, Values } from '../../../support/dsx-builder.ts'
import { dsxJob, header, importText, record } from '../../../support/dsx-builder.ts'

export const columns = (...names: readonly string[]): readonly ColumnSpec[] => names.map((name) => ({ name }))
export const file = (name: string, values: Values = {}): StageSpec => ({
	name,
	type: 'CSeqFileStage',
	oleType: 'CSeqFileStage',
	values: { UnixFormat: '1', ...values },
})
export const hashed = (name: string): StageSpec => ({
	name,
	type: 'CHashedFileStage',
	oleType: 'CHashedFileStage',
	values: { Directory: '/hashed' },
})
export const transformer = (name: string, variables: readonly Values[] = []): StageSpec => ({
	name,
	type: 'CTransformerStage',
	collections: { StageVars: variables },
})

/** Derivations by column. */
export const derived = (derivations: Values): readonly ColumnSpec[] =>
	Object.entries(derivations).map(([name, derivation]) => ({ name, derivation }))

/** A link from a file that is read, and one to a file that is written. */
export const from = (stage: string, to: string, names: readonly string[], values: Values = {}): LinkSpec => ({
	name: stage.toLowerCase(),
	from: stage,
	to,
	columns: columns(...names),
	out: { FileName: `/in/${stage}.txt`, ColDelim: ',', QuoteChar: '"', ColHeaders: '0', ...values },
})
export const to = (
	stage: string,
	source: string,
	output: readonly ColumnSpec[],
	more: Partial<LinkSpec> = {},
): LinkSpec => ({
	name: stage.toLowerCase(),
	from: source,
	to: stage,
	columns: output,
	...more,
	in: { FileName: `/out/${stage}.txt`, Delimiter: ',', QuoteChar: '000', ...more.in },
})

export function serverJob(spec: Omit<JobSpec, 'jobType'>, routines: Readonly<Record<string, string>> = {}): Job {
	const sources = Object.entries(routines).map(([Identifier, Source]) =>
		record({ Identifier, OLEType: 'CRoutine', RoutineType: '0', Source }),
	)
	const section = sources.length === 0 ? [] : ['BEGIN DSROUTINES', ...sources, 'END DSROUTINES', '']
	const { jobs } = importText(header + dsxJob({ ...spec, jobType: 0 }) + section.join('\n'))
	const [job] = jobs
	if (job === undefined || jobs.length > 1) throw new Error(`the export has ${jobs.length} jobs`)
	return job
}
