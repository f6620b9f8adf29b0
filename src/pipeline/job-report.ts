/** What the report says of one job. */
import { categoryOf, confidenceOf, isRefused, predictedCategory } from '#evidence/grade.ts'
import type { EvidenceReport, JobReport } from '#evidence/report.ts'
import { uncountedStop } from '#evidence/uncounted.ts'
import type { Artifact } from '#generators/artifact.ts'
import type { JobEntry, StateMachineEntry } from '#generators/jobs-file.ts'
import { totals } from '#model/accounting.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import type { Job } from '#model/job.ts'
import { redact } from '#model/redact.ts'
import { diagnosticReport } from './diagnostic-report.ts'

export interface JobFacts {
	readonly unit: string
	readonly entry?: JobEntry | StateMachineEntry
	readonly artifacts: readonly Artifact[]
	readonly diagnostics: readonly Diagnostic[]
	readonly evidence: EvidenceReport
	/** Something ran, and it failed or differed. */
	readonly failed: boolean
	/** Nothing has run: category and confidence are predictions. */
	readonly predicted: boolean
}

export function jobReport(job: Job, facts: JobFacts): JobReport {
	const accounting = totals(job.accounting)
	const { evidence, failed, predicted } = facts
	const toWrite = { ...accounting, opaque: accounting.opaque + (uncountedStop(job) === undefined ? 0 : 1) }
	return {
		id: job.id,
		name: job.name,
		kind: job.kind,
		dialect: job.dialect,
		unit: facts.unit,
		source: { file: job.provenance.file, job: job.name },
		category: predicted
			? predictedCategory(toWrite)
			: categoryOf({
					accounting: toWrite,
					level: evidence.level,
					writtenByModel: false,
					refused: isRefused(job.differences),
					failed,
				}),
		predicted,
		confidence: confidenceOf({ accounting, level: evidence.level, branches: evidence.branches, failed }),
		accounting: {
			...accounting,
			items: job.accounting.map(({ id, type, outcome, reason }) => ({
				id,
				type,
				outcome,
				...(reason === undefined ? {} : { reason: redact(reason) }),
			})),
		},
		artifacts: facts.artifacts.filter((artifact) => belongsTo(artifact, facts.entry)).map(({ path }) => path),
		diagnostics: [...job.diagnostics, ...facts.diagnostics.filter(({ provenance }) => isAbout(provenance, job))].map(
			diagnosticReport,
		),
		differences: job.differences.map(({ id, element, detail }) => ({ id, element, detail })),
		evidence,
		cost: { usd: 0 },
	}
}

/** Scripts, tests and documents carry the job's slug in their path. */
function belongsTo(artifact: Artifact, entry: JobEntry | StateMachineEntry | undefined): boolean {
	if (entry === undefined) return false
	const [, ...rest] = artifact.path.split('/')
	const path = rest.join('/')
	return (
		path === ('script' in entry ? entry.script : entry.definition) ||
		path === `docs/${entry.name}.md` ||
		path === `tests/test_${entry.name}.py` ||
		path.startsWith(`tests/data/${entry.name}/`)
	)
}

function isAbout({ file, path }: Diagnostic['provenance'], job: Job): boolean {
	return (
		file === job.provenance.file &&
		(path === job.provenance.path || path.startsWith(job.provenance.path) || path === '')
	)
}

/** Evidence of a job that nothing was run for. */
export const noEvidence: EvidenceReport = {
	level: 'none',
	reached: [],
	rows_compared: 0,
	effects_compared: 0,
	outputs: [],
	branches: { covered: 0, total: 0, unreached: [] },
}
