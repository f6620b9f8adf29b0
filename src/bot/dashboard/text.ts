/** The words of the dashboard. The same state gives the same text, so that nothing is written when nothing changed. */

import { plural } from '#model/plural.ts'
import type { ListedJob } from '#publish/job-table.ts'
import { code, table } from '#publish/markdown.ts'
import type { DashboardState } from './state.ts'
import { formatState } from './state.ts'

/** Longest text of an issue on GitHub is 65,536 characters. */
const longest = 60_000

/** Jobs that a pull request lists, by its number; and those of a unit that was merged, by the unit's name. */
export interface DashboardJobs {
	readonly ofPull: ReadonlyMap<number, readonly ListedJob[]>
	readonly ofMerged: ReadonlyMap<string, readonly ListedJob[]>
}

type Detail = 'all jobs' | 'jobs to do' | 'no jobs' | 'no merged'
const details: readonly Detail[] = ['all jobs', 'jobs to do', 'no jobs', 'no merged']

export function dashboardText(state: DashboardState, jobs: DashboardJobs): string {
	const texts = details.map((detail) => textIn(detail, state, jobs))
	const found = texts.find((text) => text.length <= longest)
	return found ?? cut(texts.at(-1) ?? '')
}

function textIn(detail: Detail, state: DashboardState, jobs: DashboardJobs): string {
	const { open, declined, waiting, merged } = state
	const parts = [
		'Reglue keeps this list of what is migrated. Tick a box to start a unit or to run a check again. Close the issue to be rid of it.',
		burnDown(state, jobs),
		section(
			'In pull requests',
			Object.entries(open).flatMap(([number, units]) => openLines(detail, Number(number), units, jobs)),
		),
		section(
			'Waiting for a place',
			waiting.map((unit) => startLine(unit, '')),
		),
		section(
			'Declined',
			Object.entries(declined).flatMap(([number, units]) =>
				units.map((unit) => startLine(unit, `: #${number} was closed`)),
			),
		),
		detail === 'no merged'
			? ''
			: section(
					'Merged',
					merged.flatMap((unit) => mergedLines(detail, unit, jobs)),
				),
		formatState(state),
	]
	return `${parts.filter(Boolean).join('\n\n')}\n`
}

function burnDown({ open, declined, waiting, merged }: DashboardState, { ofPull, ofMerged }: DashboardJobs): string {
	const inPulls = Object.values(open).flat().length
	const all = inPulls + Object.values(declined).flat().length + waiting.length + merged.length
	const openJobs = Object.keys(open).flatMap((number) => ofPull.get(Number(number)) ?? [])
	const mergedJobs = merged.flatMap((unit) => ofMerged.get(unit) ?? [])
	const proven = (listed: readonly ListedJob[]) => listed.filter(isProven).length
	const filled = all === 0 ? 0 : Math.round((merged.length / all) * 20)
	const row = (name: string, units: number, listed: readonly ListedJob[]) => [
		name,
		String(units),
		listed.length === 0 ? '' : String(listed.length),
		listed.length === 0 ? '' : String(proven(listed)),
	]
	const rows = [
		row('Merged', merged.length, mergedJobs),
		row('In pull requests', inPulls, openJobs),
		row('Waiting', waiting.length, []),
		row('Declined', Object.values(declined).flat().length, []),
	]
	return `**${merged.length} of ${plural(all, 'unit')} merged** \`${'█'.repeat(filled)}${'░'.repeat(20 - filled)}\`\n\n${table(['', 'Units', 'Jobs', 'Proven'], rows, [1, 2, 3])}`
}

const isProven = ({ evidence }: ListedJob): boolean => ['E3', 'E4', 'E5'].includes(evidence)

function openLines(
	detail: Detail,
	number: number,
	units: readonly string[],
	{ ofPull }: DashboardJobs,
): readonly string[] {
	const named = units.length > 3 ? plural(units.length, 'unit') : units.map((unit) => code(unit)).join(', ')
	return [
		`- [ ] <!-- reglue:retry ${number} --> #${number}: ${named}; run the check again`,
		...jobLines(detail, ofPull.get(number) ?? []),
	]
}

const mergedLines = (detail: Detail, unit: string, { ofMerged }: DashboardJobs): readonly string[] => [
	`- ${code(unit)}`,
	...jobLines(detail, ofMerged.get(unit) ?? []),
]

const startLine = (unit: string, why: string): string =>
	`- [ ] <!-- reglue:start ${unit} --> ${code(unit)}${why}; start it`

function jobLines(detail: Detail, jobs: readonly ListedJob[]): readonly string[] {
	const shown = detail === 'all jobs' ? jobs : detail === 'jobs to do' ? jobs.filter((job) => !isProven(job)) : []
	return shown.map(({ name, category, evidence }) => `  - ${code(name)}: ${category}, ${evidence}`)
}

const section = (title: string, lines: readonly string[]): string =>
	lines.length === 0 ? '' : `### ${title}\n\n${lines.join('\n')}`

/** What is left out is found in the pull requests themselves. */
function cut(text: string): string {
	const end = text.lastIndexOf('\n', longest - 100)
	return `${text.slice(0, end)}\n\nThere is more than an issue can hold.\n`
}
