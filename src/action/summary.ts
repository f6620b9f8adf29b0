/** What the workflow's page shows of a run: the job summary, annotations in the log, and outputs for later steps. */
import type { JobReport } from '#evidence/report.ts'
import type { PullRequest } from '#forge/repository.ts'
import type { Finding } from '#publish/findings.ts'
import { cell, md, table } from '#publish/markdown.ts'
import type { KeptCheck } from './read-only.ts'

export interface RunFacts {
	readonly event: string
	readonly jobs: readonly JobReport[]
	/** What there is to say of them, worst first. */
	readonly findings: readonly Finding[]
	/** Open pull requests of the bot. */
	readonly pulls: readonly PullRequest[]
	/** Checks that the token did not allow to be posted. */
	readonly checks: readonly KeptCheck[]
	/** What went wrong, in words for the person who reads the log. */
	readonly problems: readonly string[]
	/** A branch that waits for a pull request which the token may not open: where to open it by hand. */
	readonly links: readonly string[]
}

export type Result = 'success' | 'neutral' | 'action_required' | 'failure'

/** GitHub takes a summary of at most 1 MiB; what is left out is in the report. */
const mostJobs = 500

/** Worst first: a wrong row, or a run that failed, fails the step; the rest is for people to decide in the pull request. */
export function resultOf({ jobs, checks, problems }: RunFacts): Result {
	const conclusions = checks.map(({ conclusion }) => conclusion)
	const isWrong = jobs.some(({ evidence }) => evidence.outputs.some(({ equal }) => !equal))
	if (problems.length > 0 || isWrong || conclusions.includes('failure')) return 'failure'
	const needsPeople = jobs.some(({ accounting }) => accounting.opaque > 0)
	if (needsPeople || conclusions.includes('action_required')) return 'action_required'
	return jobs.some(({ predicted }) => predicted) || conclusions.includes('neutral') ? 'neutral' : 'success'
}

export function summaryOf(facts: RunFacts): string {
	const { event, jobs, pulls, checks, problems, links } = facts
	const parts = [
		'## Reglue',
		...problems.map((problem) => `> ❌ ${md(problem)}`),
		...checks.map(({ title, summary }) => `### ${md(title)}\n\n${summary}`),
		...(pulls.length === 0
			? []
			: [pulls.map((pull) => `- [#${pull.number}](${pull.url}) ${md(pull.title)}`).join('\n')]),
		...links.map((link) => `- This token may not open pull requests here: [open it by hand](${link})`),
		...(jobs.length === 0 ? [] : [jobTable(jobs)]),
	]
	if (parts.length === 1) parts.push(`Nothing to do for this ${md(event)}: everything is as it should be.`)
	return `${parts.join('\n\n')}\n`
}

function jobTable(jobs: readonly JobReport[]): string {
	const shown = jobs.slice(0, mostJobs)
	const rest = jobs.length - shown.length
	const text = table(
		['Job', 'Unit', 'Category', 'Evidence', 'Rows compared', 'Elements', 'Opaque'],
		shown.map(({ name, unit, category, predicted, evidence, accounting }) => [
			cell(name),
			cell(unit),
			predicted ? `${category} (predicted)` : category,
			evidence.level === 'none' ? 'not run' : evidence.level,
			String(evidence.rows_compared),
			String(accounting.total),
			String(accounting.opaque),
		]),
		[4, 5, 6],
	)
	return rest === 0 ? text : `${text}\n\n… and ${rest} more, in the report.`
}

/** Outputs for later steps, as `action.yml` lists them. */
export const outputs = {
	result: 'success, neutral (declared differences to accept, or nothing ran), action_required or failure.',
	'pull-requests': 'Open pull requests of Reglue, as a JSON list of `{number, url, title}`.',
	report: 'Path of the report as JSON, in the form of `reglue migrate --json`. Empty where no job was looked at.',
	sarif:
		'Path of the findings as SARIF 2.1.0, located in the exports, for github/codeql-action/upload-sarif. Empty where no job was looked at.',
	jobs: 'Number of jobs that this run looked at.',
	proven: 'Number of jobs whose rows were all equal (E3 or more).',
	opaque: 'Number of elements that are not translated.',
	differences: 'Number of declared differences that nobody has decided about.',
} as const satisfies Readonly<Record<string, string>>

/** @param files paths of what was written for later steps; empty where nothing was */
export function outputsOf(
	facts: RunFacts,
	files: { readonly report: string; readonly sarif: string },
): Readonly<Record<keyof typeof outputs, string>> {
	const { jobs, pulls } = facts
	const sum = (count: (job: JobReport) => number): string => String(jobs.reduce((total, job) => total + count(job), 0))
	return {
		result: resultOf(facts),
		'pull-requests': JSON.stringify(pulls.map(({ number, url, title }) => ({ number, url, title }))),
		...files,
		jobs: String(jobs.length),
		proven: sum(({ evidence }) => (evidence.reached.includes('E3') ? 1 : 0)),
		opaque: sum(({ accounting }) => accounting.opaque),
		differences: sum(({ differences }) => differences.filter(({ decision }) => decision === undefined).length),
	}
}
