import { describe, expect, it } from 'vitest'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import { wellFormed } from '#generators/well-formed.ts'
import { smallJobs } from '../../bench/evidence/jobs.ts'

describe('the jobs of the evidence bench', () => {
	// A script with one step has names that nothing but one helper uses.
	it.each(smallJobs().map((job) => [job.name, job] as const))('%s is understood and well-formed', (_name, job) => {
		expect(job.accounting.filter(({ outcome }) => outcome === 'opaque')).toEqual([])
		const { artifacts } = generate({ name: 'unit', jobs: [job] }, defaultOptions)
		const scripts = artifacts.filter(({ path }) => path.includes('/glue_jobs/'))
		expect(scripts).toHaveLength(1)
		expect(wellFormed(job, scripts)).toEqual([])
	})
})
