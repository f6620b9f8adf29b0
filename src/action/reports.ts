/** What the jobs of a run came to, taken on the way: the newest word about each. */
import type { Compiler } from '#bot/bot.ts'
import type { JobReport } from '#evidence/report.ts'

export interface Reports {
	readonly compiler: Compiler
	/** In the order of their ids. */
	jobs(): readonly JobReport[]
}

export function reportsOf(compiler: Compiler): Reports {
	const seen = new Map<string, JobReport>()
	const keep = (jobs: readonly JobReport[]): void => {
		for (const job of jobs) {
			const known = seen.get(job.id)
			// A later generation without a run says less than evidence that is there already.
			if (known === undefined || !job.predicted) seen.set(job.id, job)
		}
	}
	return {
		compiler: {
			...compiler,
			generate: async (...request) => {
				const generation = await compiler.generate(...request)
				keep(generation.jobs)
				return generation
			},
			prove: async (request) => {
				const jobs = await compiler.prove(request)
				keep(jobs)
				return jobs
			},
		},
		jobs: () => [...seen.values()].sort((left, right) => (left.id < right.id ? -1 : 1)),
	}
}
