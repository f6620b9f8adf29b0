/** What is proven about a shared container: what is proven about the jobs that it runs in. */
import type { Job } from '#model/job.ts'
import { isAtLeast } from './grade.ts'
import type { EvidenceReport, JobReport } from './report.ts'

/**
 * A container has no script of its own. Its level is the lowest of the jobs of the unit that it was expanded into; rows and
 * branches are theirs and are not counted again.
 */
export function containerEvidence(
	container: Job,
	jobs: readonly { readonly job: Job; readonly report: JobReport }[],
): EvidenceReport {
	const users = jobs.filter(({ job }) => job.containers?.includes(container.name) === true)
	const lowest = users.reduce<JobReport | undefined>(
		(least, { report }) =>
			least === undefined || isAtLeast(least.evidence.level, report.evidence.level) ? report : least,
		undefined,
	)
	const nothing = {
		rows_compared: 0,
		effects_compared: 0,
		outputs: [],
		branches: { covered: 0, total: 0, unreached: [] },
	}
	if (lowest === undefined)
		return { level: 'none', reached: [], ...nothing, stopped_by: 'No job of this unit uses the container.' }
	const { level, reached, stopped_by } = lowest.evidence
	const stopped = stopped_by === undefined ? {} : { stopped_by: `In ${lowest.name}: ${stopped_by}` }
	return { level, reached, ...nothing, ...stopped }
}
