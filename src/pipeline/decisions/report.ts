/** What people decided about declared differences, put into the report. A decision holds for one element as long as that element means the same. */
import { fingerprint } from '#analysis/fingerprint.ts'
import type { JobReport } from '#evidence/report.ts'
import type { DifferenceRows } from '#model/difference-rows.ts'
import type { DifferenceOccurrence, Job } from '#model/job.ts'
import type { Decision } from './file.ts'

/** What an occurrence is about: the operators of its element, and what the difference says of it. */
function elementFingerprint(job: Job, { id, element, detail }: DifferenceOccurrence): string {
	const operators = job.flows.flatMap((flow) => flow.operators.filter((one) => `${flow.id}/${one.id}` === element))
	return fingerprint({ id, detail, operators }).slice(0, 16)
}

/** The report's differences with what was decided about each; one whose element has changed since is open again. */
export function decided(
	job: Job,
	decisions: readonly Decision[],
	rows: readonly DifferenceRows[] = [],
): JobReport['differences'] {
	return job.differences.map((occurrence, index) => {
		const { id, element, detail } = occurrence
		const own = elementFingerprint(job, occurrence)
		const last = decisions.findLast((one) => one.job === job.name && one.id === id && one.element === element)
		const holds = last !== undefined && (last.element_fingerprint ?? own) === own
		return {
			id,
			element,
			detail,
			element_fingerprint: own,
			...(rows[index] === undefined ? {} : { rows: rows[index] }),
			...(holds ? { decision: last.decision, by: last.by, at: last.at } : {}),
		}
	})
}

/** A rejected difference is work for a person, whatever was proven. */
export function withDecidedDifferences(
	report: JobReport,
	job: Job,
	decisions: readonly Decision[],
	rows?: readonly DifferenceRows[],
): JobReport {
	const differences = decided(job, decisions, rows)
	const isRejected = differences.some(({ decision }) => decision === 'rejected')
	return { ...report, differences, category: isRejected ? 'MANUAL' : report.category }
}
