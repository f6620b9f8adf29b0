/** Which job each test case is for, and what its outcome means for the job's evidence. */
import { levelOf } from '#evidence/grade.ts'
import type { CaseReport, EvidenceReport, Level } from '#evidence/report.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { GeneratedJob } from '../run/select-job.ts'
import { selectJob } from '../run/select-job.ts'
import type { FoundCase } from './find-cases.ts'
import { findPlace } from './run-case.ts'
import type { TestCase } from './test-case.ts'

export interface Assignment {
	/** By the job's id. */
	readonly cases: ReadonlyMap<string, readonly FoundCase[]>
	readonly diagnostics: readonly Diagnostic[]
	/** Cases that are broken or belong to no job. */
	readonly lost: readonly { readonly found: FoundCase; readonly problem: string }[]
}

export function assignCases(found: readonly FoundCase[], jobs: readonly GeneratedJob[]): Assignment {
	const cases = new Map<string, FoundCase[]>()
	const diagnostics: Diagnostic[] = []
	const lost: { found: FoundCase; problem: string }[] = []
	for (const one of found) {
		diagnostics.push(...one.diagnostics)
		const { testCase } = one
		if (testCase === undefined) {
			lost.push({ found: one, problem: one.diagnostics[0]?.why ?? 'it is not a test case' })
			continue
		}
		const chosen = jobOf(testCase, jobs)
		if ('problem' in chosen) {
			const at = { file: one.file, path: 'when', lines: { start: 1, end: 1 } }
			const what = `The test case ${one.name} belongs to no job.`
			diagnostics.push(diagnose('test-case/invalid', at, { what, why: chosen.problem }))
			lost.push({ found: one, problem: chosen.problem })
		} else cases.set(chosen.job.entry.id, [...(cases.get(chosen.job.entry.id) ?? []), one])
	}
	return { cases, diagnostics, lost }
}

/** By its name; a next-generation case names the flow by an internal id, so it is the one job that has all of its stages. */
function jobOf(
	testCase: TestCase,
	jobs: readonly GeneratedJob[],
): { readonly job: GeneratedJob } | { readonly problem: string } {
	if (testCase.job !== undefined) return selectJob(jobs, testCase.job)
	const fitting = jobs.filter(
		({ entry }) =>
			testCase.given.every((one) => findPlace(entry, one, 'read') !== undefined) &&
			testCase.expected.every((one) => findPlace(entry, one, 'write') !== undefined),
	)
	const [job, ...others] = fitting
	if (job === undefined) return { problem: 'no job reads and writes at all of its stages' }
	if (others.length > 0)
		return { problem: `several jobs have its stages: ${fitting.map(({ entry }) => entry.title).join(', ')}` }
	return { job }
}

/**
 * E5 needs every case of the job to pass, and one at least that compared values of rows: a count of rows, or no rows on
 * either side, is not what the legacy engine wrote.
 */
export function withCases(evidence: EvidenceReport, cases: readonly CaseReport[]): EvidenceReport {
	const told = cases.some(({ outputs }) => outputs.some(({ count_only, expected }) => !count_only && expected > 0))
	const passed = told && cases.every(({ status }) => status === 'passed')
	const reached: readonly Level[] = passed ? [...new Set<Level>([...evidence.reached, 'E5'])] : evidence.reached
	return { ...evidence, reached, level: levelOf(new Set(reached)), cases }
}
