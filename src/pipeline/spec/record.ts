/** What the team's cases say, kept for `reglue report` and `reglue publish`. */
import { categoryOf, confidenceOf } from '#evidence/grade.ts'
import type { CaseReport, JobReport } from '#evidence/report.ts'
import { readModels, readUnitState, writeUnitState } from '../state.ts'
import { withCases } from './assign.ts'

/** Adds the cases to the evidence that the last `migrate` left; nothing where it left none. */
export function recordCases(out: string, unit: string, id: string, cases: readonly CaseReport[]): void {
	const state = readUnitState(out, unit)
	const models = readModels(out, unit)
	if (state === undefined || models === undefined) return
	const jobs = state.jobs.map((job) => (job.id === id ? regraded(job, cases) : job))
	writeUnitState(out, unit, { ...state, jobs }, models)
}

function regraded(job: JobReport, cases: readonly CaseReport[]): JobReport {
	const evidence = withCases(withoutCases(job.evidence), cases)
	const failed = cases.some(({ status }) => status === 'failed')
	const { accounting } = job
	const { level, branches } = evidence
	const category = categoryOf({ accounting, level, writtenByModel: false, failed })
	return {
		...job,
		evidence,
		category: failed ? category : job.category,
		confidence: confidenceOf({ accounting, level, branches, failed }),
	}
}

/** Cases that ran before count no more. */
const withoutCases = ({ cases: _cases, ...evidence }: JobReport['evidence']): JobReport['evidence'] => ({
	...evidence,
	reached: evidence.reached.filter((level) => level !== 'E5'),
})
