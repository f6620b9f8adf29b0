/** What was published, for the terminal. */
import type { UnitOutcome } from '#bot/reconcile/reconcile.ts'
import { listedJobs } from '#publish/job-table.ts'
import { visible } from '../diagnostic-text.ts'
import type { Published, PublishedPull } from './publish.ts'
import type { Written } from './recorded.ts'

/** Jobs of a pull request that are listed; its text has all. */
const mostJobs = 10

export function publishedLines(done: Extract<Published, { readonly kind: 'done' }>): readonly string[] {
	const shown = new Set(done.pulls.map(({ pull }) => pull.number))
	const others = done.units.filter(({ pullRequest }) => pullRequest === undefined || !shown.has(pullRequest.number))
	return [
		...done.pulls.flatMap((one) => [...pullLines(one, unitsOf(one, done.units)), '']),
		...others.flatMap(otherLines),
		totalLine(done),
	]
}

const unitsOf = ({ pull }: PublishedPull, units: readonly UnitOutcome[]): readonly UnitOutcome[] =>
	units.filter(({ pullRequest }) => pullRequest?.number === pull.number)

function pullLines({ pull, check, isOnlyShown }: PublishedPull, units: readonly UnitOutcome[]): readonly string[] {
	const jobs = listedJobs(pull.body)
	const rest = jobs.length - mostJobs
	const failed = units.filter(({ state }) => state === 'failed')
	const conflicts = [...new Set(units.flatMap((unit) => unit.conflicts))]
	return [
		`#${pull.number} ${visible(pull.title)}${units.some(({ wrote }) => wrote) ? '' : ' (unchanged)'}`,
		...jobs.slice(0, mostJobs).map((job) => `    ${visible(job.name)}: ${job.category}, ${evidenceText(job.evidence)}`),
		...(rest > 0 ? [`    … and ${rest} more jobs`] : []),
		...failed.map(({ unit, why = '' }) => `    ${unit} was left as it was: ${visible(why)}`),
		...conflicts.map((file) => `    ${visible(file)} was changed by people and generated anew: theirs stays`),
		...(check === undefined ? [] : [`    check: ${check.conclusion ?? 'not ended'}: ${visible(check.title)}`]),
		...(isOnlyShown ? ['    (this token may not post checks, so it is shown here alone)'] : []),
		`    branch: ${visible(pull.head.branch)} at ${pull.head.commit.slice(0, 12)}`,
		`    look at: ${visible(pull.url)}`,
	]
}

const evidenceText = (level: string): string => (level === 'not run' ? level : `evidence ${level}`)

function otherLines({ unit, state, why, pullRequest }: UnitOutcome): readonly string[] {
	switch (state) {
		case 'merged':
			return [`${unit}: merged, and nothing has changed since`]
		case 'declined':
			return [
				`${unit}: pull request ${pullRequest?.number} was closed; nothing is written until its exports change or it is opened again`,
			]
		case 'waiting':
			return [`${unit}: waits, as there are as many open pull requests as limits.open_pull_requests allows`]
		case 'failed':
			return [`${unit}: nothing was made of it: ${visible(why ?? '')}`]
		case 'gone':
			return pullRequest === undefined
				? []
				: [`${unit}: its exports are gone; pull request ${pullRequest.number} was closed`]
		case 'open':
			return []
	}
}

function totalLine({ units, pulls, written }: Extract<Published, { readonly kind: 'done' }>): string {
	if (units.length === 0) return 'No export was found, and nothing was written.'
	const count = `${pulls.length} open pull ${pulls.length === 1 ? 'request' : 'requests'}`
	return written.length === 0
		? `${count}. Nothing has changed, nothing was written.`
		: `${count}. Wrote ${counted(written)}.`
}

const plurals = {
	commit: 'commits',
	branch: 'branches',
	'pull request': 'pull requests',
	check: 'checks',
	issue: 'issues',
} as const satisfies Readonly<Record<Written['kind'], string>>

function counted(written: readonly Written[]): string {
	const kinds = [...new Set(written.map(({ kind }) => kind))]
	return kinds
		.map((kind) => {
			const count = new Set(written.filter((one) => one.kind === kind).map(({ id }) => id)).size
			return `${count} ${count === 1 ? kind : plurals[kind]}`
		})
		.join(', ')
}

/** Something waits for a person: nothing could be made of a unit, a no stands against it, or an edit against a generation. */
export const needsPeople = ({ state, conflicts }: UnitOutcome): boolean =>
	state === 'failed' || state === 'declined' || conflicts.length > 0
