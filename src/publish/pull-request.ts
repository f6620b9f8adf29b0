/** The words of a unit's pull request and check. Pure: the same generation and evidence give the same text. */
import type { JobReport } from '#evidence/report.ts'
import { plural } from '#model/plural.ts'
import type { BodyParts, BodyTable } from './body.ts'
import { cutBody, longestBody, wholeBody } from './body.ts'
import { changesSection } from './changes-section.ts'
import { differenceItem } from './difference-text.ts'
import { cell, code, md, table } from './markdown.ts'
import type { Marker } from './marker.ts'
import { formatMarker } from './marker.ts'
import { begin, end } from './own-section.ts'
import type { ConflictReason } from './revision.ts'
import { conflictReasons } from './revision.ts'

export type Conclusion = 'success' | 'neutral' | 'action_required' | 'failure'

export interface PullRequestText {
	readonly title: string
	readonly body: string
	readonly check: { readonly conclusion: Conclusion; readonly title: string; readonly summary: string }
	/** The whole text, where the body is cut. */
	readonly whole?: string
}

/** What the branch holds besides the jobs. */
export interface PullRequestNotes {
	/** Exports that are gone: their generated files are removed. */
	readonly removed?: readonly string[]
	/** Units whose exports were renamed: the former name and the new one. */
	readonly renamed?: readonly (readonly [string, string])[]
	/** Units whose jobs people have left out, all of them. */
	readonly leftOut?: readonly string[]
	/** Files of people's that stay although the generation has another text. */
	readonly conflicts?: readonly ConflictNote[]
	/** Text that says all of this already (`changes-section.ts`); it takes the place of the former. */
	readonly changes?: string
	readonly marker?: Marker
	/** Characters that the body may have; absent: as many as GitHub takes. */
	readonly room?: number
	/** Where the whole text is, in Markdown, for a body that is cut. */
	readonly report?: string
}

export interface ConflictNote {
	readonly path: string
	readonly why: ConflictReason
	/** The generation's text, offered to be taken over by hand. */
	readonly ours?: string
}

/** @param name of the unit, or of the batch of units */
export function pullRequestText(
	name: string,
	jobs: readonly JobReport[],
	notes: PullRequestNotes = {},
): PullRequestText {
	const check = checkOf(jobs)
	return { title: titleOf(name, jobs, notes), ...bodyOf(jobs, check.title, notes), check }
}

function titleOf(unit: string, jobs: readonly JobReport[], { removed = [], leftOut = [] }: PullRequestNotes): string {
	const [first] = jobs
	if (first === undefined && leftOut.length > 0) return `Leave out ${leftOut.length === 1 ? leftOut[0] : unit}`
	if (first === undefined && removed.length > 0)
		return `Remove what was generated for ${removed.length === 1 ? removed[0] : unit}`
	const what =
		jobs.length === 1 && first !== undefined
			? first.name.replace(/\s+/g, ' ')
			: `${jobs.length} jobs of ${unit.replace(/\.batch(-\d+)?$/, '')}`
	return `Migrate ${what} to AWS Glue`
}

function bodyOf(
	jobs: readonly JobReport[],
	verdict: string,
	notes: PullRequestNotes,
): Pick<PullRequestText, 'body' | 'whole'> {
	const { marker, room = longestBody, report } = notes
	const parts: BodyParts = {
		head: [...(jobs.length === 0 ? [] : [`**${verdict}**`]), ...changeSections(notes)],
		table: jobs.length === 0 ? undefined : jobTable(jobs),
		sections: jobs.flatMap((job) => jobSections(job).map((text) => ({ text, rank: rankOf(job) }))),
		foot: jobs.length === 0 ? [] : [legend],
	}
	const framed = (sections: readonly string[]): string =>
		`${[begin, ...sections, ...(marker === undefined ? [] : [formatMarker(marker)]), end].join('\n\n')}\n`
	const sections = wholeBody(parts)
	const body = framed(sections)
	if (body.length <= room) return { body }
	const rest = room - framed([]).length
	return { body: framed(cutBody(parts, rest, report)), whole: `${sections.join('\n\n')}\n` }
}

const legend =
	'Evidence: **E0** every element is accounted for, **E1** the script is well-formed, **E2** it ran on Spark, **E3** every output equals what the reference interpreter of the source job gives on the same rows.'

function jobTable(jobs: readonly JobReport[]): BodyTable {
	const head = [
		...['Job', 'Category', 'Evidence', 'Rows compared', 'Branches'],
		...['Elements', 'Exact', 'Declared', 'Opaque', 'Dropped'],
	]
	const rows = jobs.map((job) => [
		cell(job.name),
		job.predicted ? `${job.category} (predicted)` : job.category,
		job.evidence.level === 'none' ? 'not run' : job.evidence.level,
		String(job.evidence.rows_compared),
		job.evidence.branches.total === 0 ? '–' : `${job.evidence.branches.covered} / ${job.evidence.branches.total}`,
		...[
			job.accounting.total,
			job.accounting.exact,
			job.accounting.declared,
			job.accounting.opaque,
			job.accounting.dropped,
		].map(String),
	])
	const [first = '', second = '', ...lines] = table(head, rows, [3, 4, 5, 6, 7, 8, 9]).split('\n')
	const ranks = jobs.map(rankOf)
	return { head: [first, second], rows: lines.map((text, index) => ({ text, rank: ranks[index] ?? 0 })) }
}

/** Where not all have room, those come first that wait for a person. */
const rankOf = ({ category }: JobReport): number => ['MANUAL', 'SEMI-AUTO', 'AUTO'].indexOf(category)

/** What happens to files that is not the jobs' own doing. */
function changeSections(notes: PullRequestNotes): readonly string[] {
	const { removed = [], renamed = [], leftOut = [], conflicts = [], changes } = notes
	if (changes !== undefined) return changes === '' ? [] : [changes]
	const sections = [
		...(removed.length === 0
			? []
			: [`The exports of ${removed.map(code).join(', ')} are gone: what was generated for them is removed.`]),
		...(leftOut.length === 0 ? [] : [leftOutSection(leftOut)]),
		...renamed.map(([before, now]) => `${code(before)} is now ${code(now)}; what people changed has moved along.`),
		...(conflicts.length === 0 ? [] : [conflictSection(conflicts)]),
	]
	return sections.length === 0 ? [] : [changesSection(sections)]
}

function leftOutSection(units: readonly string[]): string {
	return `All jobs of ${units.map(code).join(', ')} are left out, as people decided in \`decisions.yml\`. Merge this to keep it so; \`/migrate reopen JOB\` takes a job up again.`
}

function conflictSection(conflicts: readonly ConflictNote[]): string {
	const items = conflicts.map(({ path, why, ours }) => {
		const offer =
			ours === undefined
				? ''
				: `\n\n  <details><summary>What was generated</summary>\n\n${fenced(ours)}\n\n  </details>`
		return `- ${code(path)}: ${conflictReasons[why]}${offer}`
	})
	return `**Files that people changed stay as they are**, although the generation has another text for them:\n\n${items.join('\n')}`
}

/** A block of code inside a list item, whatever backticks it holds. */
function fenced(text: string): string {
	const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((match) => match[0].length))
	const fence = '`'.repeat(longest + 1)
	return [fence, ...text.trimEnd().split('\n'), fence].map((line) => `  ${line}`).join('\n')
}

function jobSections(job: JobReport): readonly string[] {
	const opaque = job.accounting.items.filter((item) => item.outcome === 'opaque')
	const notes = [
		...(job.evidence.stopped_by === undefined ? [] : [`- Evidence stopped: ${md(job.evidence.stopped_by)}`]),
		...opaque.map(
			(item) => `- Not translated: ${code(item.id)} (${md(item.type)}): ${md(item.reason ?? 'no reason given')}`,
		),
		...job.differences.map(differenceItem),
		...job.evidence.branches.unreached.map((branch) => `- Branch that no row reached: ${md(branch)}`),
		...job.diagnostics
			.filter((diagnostic) => diagnostic.severity !== 'info')
			.map(
				(diagnostic) =>
					`- ${diagnostic.severity}: ${md(diagnostic.what)} ${md(diagnostic.why)} ${md(diagnostic.remedy)} (${code(`${diagnostic.file}:${diagnostic.line}`)})`,
			),
	]
	if (notes.length === 0) return []
	return [
		`<details${opaque.length > 0 ? ' open' : ''}><summary>${html(job.name)}: ${notes.length} ${notes.length === 1 ? 'note' : 'notes'}</summary>\n\n${notes.join('\n')}\n\n</details>`,
	]
}

function html(text: string): string {
	return text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/@/g, '@\u200b')
		.replace(/[\r\n]+/g, ' ')
}

/** What the check says of a unit; one wrong row makes the whole unit fail. */
function checkOf(jobs: readonly JobReport[]): PullRequestText['check'] {
	const wrong = jobs.filter((job) => job.evidence.outputs.some((output) => !output.equal))
	const failed = jobs.filter(
		(job) =>
			job.evidence.reached.includes('E1') &&
			!job.evidence.reached.includes('E2') &&
			job.evidence.level !== 'none' &&
			job.accounting.opaque === 0 &&
			!job.predicted,
	)
	const opaque = jobs.filter((job) => job.accounting.opaque > 0)
	const notRun = jobs.filter((job) => job.predicted)
	const declared = jobs.filter((job) => job.differences.some(({ decision }) => decision !== 'accepted'))
	const proven = jobs.filter((job) => job.evidence.reached.includes('E3'))
	const rows = jobs.reduce((sum, job) => sum + job.evidence.rows_compared, 0)
	const summary = `${plural(jobs.length, 'job')}: ${proven.length} proven equal on ${plural(rows, 'row')}, ${opaque.length} with parts that are not translated, ${declared.length} with declared differences.`
	if (jobs.length === 0)
		return { conclusion: 'success', title: 'No job is left to run', summary: 'Files are only removed.' }
	if (wrong.length > 0) return { conclusion: 'failure', title: `Wrong rows in ${names(wrong)}`, summary }
	if (failed.length > 0) return { conclusion: 'failure', title: `The run of ${names(failed)} failed`, summary }
	if (opaque.length > 0)
		return {
			conclusion: 'action_required',
			title: `${names(opaque)}: a person must write what is not translated`,
			summary,
		}
	const rejected = jobs.filter((job) => job.differences.some(({ decision }) => decision === 'rejected'))
	if (rejected.length > 0)
		return { conclusion: 'action_required', title: `A declared difference in ${names(rejected)} was rejected`, summary }
	if (notRun.length > 0)
		return {
			conclusion: 'neutral',
			title: `Nothing has run: ${plural(notRun.length, 'job')} without evidence`,
			summary,
		}
	if (declared.length > 0)
		return { conclusion: 'neutral', title: `Equal, with declared differences to accept in ${names(declared)}`, summary }
	return { conclusion: 'success', title: `Equal: ${plural(rows, 'row')} compared, no difference`, summary }
}

function names(jobs: readonly JobReport[]): string {
	const [first] = jobs
	if (first === undefined) return 'no job'
	return jobs.length === 1 ? first.name.replace(/\s+/g, ' ') : `${jobs.length} jobs`
}
