/** The check of a person's pull request in words: what of the exports changed in meaning, and what would come of it. */
import type { JobReport } from '#evidence/report.ts'
import { cell, code, md, table } from '#publish/markdown.ts'
import type { JobChange } from '../bot.ts'
import type { ExportChange } from './export-changes.ts'
import type { Verdict } from './post.ts'

/** Sentences about one job; a rewritten job has thousands. */
const toldDetails = 30

export function exportVerdict(changes: readonly ExportChange[]): Verdict {
	const broken = changes.filter(({ problem }) => problem !== undefined)
	const opaque = changes.flatMap(({ reports }) => reports).filter(({ accounting }) => accounting.opaque > 0)
	const summary = changes.map(section).join('\n\n')
	const [bad] = broken
	if (bad !== undefined) {
		const title =
			broken.length === 1 ? `${bad.files.join(', ')} cannot be read` : `${broken.length} exports cannot be read`
		return { conclusion: 'failure', output: { title, summary } }
	}
	const title = titleOf(changes)
	if (opaque.length === 0) return { conclusion: 'success', output: { title, summary } }
	const parts = `${opaque.length} ${opaque.length === 1 ? 'job has' : 'jobs have'} parts that are not translated`
	return { conclusion: 'neutral', output: { title: `${title}; ${parts}`, summary } }
}

function titleOf(changes: readonly ExportChange[]): string {
	const count = (change: JobChange['change']) =>
		changes.flatMap(({ jobs }) => jobs).filter((job) => job.change === change).length
	const parts = (['added', 'changed', 'removed'] as const).flatMap((change) => {
		const number = count(change)
		return number === 0 ? [] : [`${number} ${number === 1 ? 'job' : 'jobs'} ${change}`]
	})
	return parts.length === 0 ? 'The exports mean the same as before' : parts.join(', ')
}

function section({ files, change, jobs, reports, problem }: ExportChange): string {
	const head = `**${files.map(code).join(', ')}** ${change === 'added' ? 'is new' : change === 'removed' ? 'is gone' : 'changed'}`
	if (problem !== undefined) return `${head}\n\nNothing can be made of it: ${md(problem)}`
	const differences = jobs.length === 0 ? ['Nothing that counts for the new jobs changed.'] : jobs.map(jobText)
	return [head, ...differences, ...(reports.length === 0 ? [] : [accountingTable(reports)])].join('\n\n')
}

function jobText({ job, change, details }: JobChange): string {
	const told = details.slice(0, toldDetails).map((detail) => `- ${md(detail)}`)
	const rest = details.length - told.length
	return [
		`${code(job)} ${change}:`.replace(/:$/, told.length === 0 ? '.' : ':'),
		...told,
		...(rest > 0 ? [`- and ${rest} more`] : []),
	].join('\n')
}

function accountingTable(reports: readonly JobReport[]): string {
	return table(
		['Job', 'Category (predicted)', 'Elements', 'Exact', 'Declared', 'Opaque', 'Dropped'],
		reports.map(({ name, category, accounting: { total, exact, declared, opaque, dropped } }) => [
			cell(name),
			category,
			...[total, exact, declared, opaque, dropped].map(String),
		]),
		[2, 3, 4, 5, 6],
	)
}
