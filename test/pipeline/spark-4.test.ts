/** The next release of AWS Glue: Spark 4.1, which is stricter about what fails and plans in other ways. */
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createLocalSpark } from '#engines/local-spark/engine.ts'
import { smallJobs } from '../../bench/evidence/jobs.ts'
import { isWhole } from '../support/depth.ts'
import { proveJob } from '../support/prove-job.ts'

// The first run installs Spark 4.1 beside the other (about 400 MB): only with REGLUE_FULL=1.
describe.runIf(isWhole)('AWS Glue 6.0 (REGLUE_FULL=1)', () => {
	const engine = createLocalSpark({ cacheFolder: path.resolve('.cache/reglue'), glueVersion: '6.0' })
	afterAll(() => engine.close())

	it.each(smallJobs().map((job) => [job.name, job] as const))(
		'proves %s on Spark 4.1',
		async (_name, job) => {
			const { proof } = await proveJob(engine, job)
			expect(proof.report.stopped_by).toBeUndefined()
			expect(proof.report.level).toBe('E3')
		},
		1_800_000,
	)
})
