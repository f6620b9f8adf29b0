/** What `verify` proved takes the place of what `migrate` did, in the report that the output folder holds. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { categoryOf, confidenceOf, isAtLeast, isRefused } from '#evidence/grade.ts'
import type { JobReport } from '#evidence/report.ts'
import { totalsOf } from '#evidence/report.ts'
import { readReport, writeReport } from './state.ts'
import type { Verified } from './verify.ts'

/**
 * @param folder the output folder, or that of one of its units
 * @param ran the scripts ran; otherwise only test cases are taken over, as a look at the form proves less than an earlier run
 */
export function recordEvidence(folder: string, verified: readonly Verified[], ran: boolean): void {
	const out = existsSync(path.join(folder, 'jobs.json')) ? path.dirname(path.resolve(folder)) : folder
	const report = readReport(out)?.content
	if (report === undefined) return
	const proofs = new Map(verified.map((one) => [one.id, one]))
	const jobs = report.jobs.map((job) => {
		const proof = proofs.get(job.id)
		if (proof === undefined) return job
		return ran ? withEvidence(job, proof) : withCases(job, proof.evidence.cases)
	})
	writeReport(out, { ...report, jobs, totals: totalsOf(report.files, jobs) })
}

const withCases = (job: JobReport, cases: JobReport['evidence']['cases']): JobReport =>
	cases === undefined ? job : { ...job, evidence: { ...job.evidence, cases } }

function withEvidence(job: JobReport, { evidence, failed }: Verified): JobReport {
	const { accounting } = job
	const { level, branches } = evidence
	// A routine around a job is no element that is counted; what the first report said of it holds until the job runs.
	const isStillToWrite = job.category === 'MANUAL' && !isAtLeast(level, 'E2')
	return {
		...job,
		evidence,
		predicted: false,
		category: isStillToWrite
			? 'MANUAL'
			: categoryOf({ accounting, level, writtenByModel: false, refused: isRefused(job.differences), failed }),
		confidence: confidenceOf({ accounting, level, branches, failed }),
	}
}
