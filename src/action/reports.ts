/** What the jobs of a run came to, taken on the way: the newest word about each. */
import type { Compiler } from '#bot/bot.ts'
import type { Config } from '#config/schema.ts'
import type { JobReport } from '#evidence/report.ts'
import { lockPath } from '#generators/lock.ts'
import type { Finding } from '#publish/findings.ts'
import { findingsOf } from '#publish/findings.ts'

export interface Reports {
	readonly compiler: Compiler
	/** In the order of their ids. */
	jobs(): readonly JobReport[]
	findings(): readonly Finding[]
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
	const locks = new Map<string, Uint8Array>()
	let output = ''
	/** Says which generated lines come from what. */
	const keepLock = (unit: string, config: Config, files: ReadonlyMap<string, Uint8Array>): void => {
		output = config.output
		const lock = files.get(`${output}/${lockPath(unit)}`)
		if (lock !== undefined) locks.set(unit, lock)
	}
	const lockOf = (unit: string): string | undefined => {
		const lock = locks.get(unit)
		return lock === undefined ? undefined : new TextDecoder().decode(lock)
	}
	const jobs = (): readonly JobReport[] => [...seen.values()].sort((left, right) => (left.id < right.id ? -1 : 1))
	return {
		compiler: {
			...compiler,
			generate: async (unit, checkout, config, ...rest) => {
				const generation = await compiler.generate(unit, checkout, config, ...rest)
				keep(generation.jobs)
				keepLock(unit.name, config, generation.files)
				return generation
			},
			prove: async (request) => {
				const proven = await compiler.prove(request)
				keep(proven)
				keepLock(request.unit.name, request.config, request.files)
				return proven
			},
		},
		jobs,
		findings: () => findingsOf({ jobs: jobs() }, lockOf, output),
	}
}
