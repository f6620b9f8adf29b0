/** A job generated into a folder, as `reglue migrate` leaves it for `reglue run`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import type { Job } from '#model/job.ts'
import type { GeneratedJob } from '#pipeline/run/select-job.ts'
import { generatedJobs } from '#pipeline/run/select-job.ts'

/** The first of the jobs, below `generated` in the folder. */
export function generatedJob(jobs: readonly Job[], folder: string): GeneratedJob {
	for (const { path: name, text } of generate({ name: 'unit', jobs }, defaultOptions).artifacts) {
		const file = path.join(folder, 'generated', name)
		mkdirSync(path.dirname(file), { recursive: true })
		writeFileSync(file, text)
	}
	const [generated] = generatedJobs(path.join(folder, 'generated'))
	if (generated === undefined) throw new Error('no job was generated')
	return generated
}
