/** Which of the units of a pull request somebody means. */
import { code } from '#publish/markdown.ts'
import type { Act, Answer, PullTalk, Scene } from './command.ts'
import { closest } from './near.ts'
import type { UnitFacts } from './unit-files.ts'
import { unitFacts } from './unit-files.ts'

type Refused = Extract<Answer, { kind: 'refused' }>

/** The gates let nothing else than a pull request of the bot's come here. */
export const inUnit =
	(act: (scene: Scene, talk: PullTalk) => Promise<Answer>): Act =>
	(scene) => {
		if (scene.talk.kind === 'issue') throw new Error('a command of units was let through in an issue')
		return act(scene, scene.talk)
	}

export type Units = { readonly kind: 'units'; readonly names: readonly string[] } | Refused

/** All units of the pull request, or the one that is named. */
export function unitsFor({ units }: PullTalk, wanted: string | undefined): Units {
	if (wanted === undefined) return { kind: 'units', names: units }
	if (units.includes(wanted)) return { kind: 'units', names: [wanted] }
	return { kind: 'refused', why: `This pull request carries no unit ${code(wanted)}.${candidates(wanted, units)}` }
}

export interface NamedJob {
	readonly unit: string
	readonly job: string
}

export type NamedJobs = { readonly kind: 'jobs'; readonly jobs: readonly NamedJob[] } | Refused

/**
 * The jobs of the pull request that people name: by their name in the export, or as `unit/job`.
 *
 * @param also jobs of a unit that its files do not name any more
 */
export async function namedJobs(
	scene: Scene,
	talk: PullTalk,
	names: readonly string[],
	also: (unit: string) => Promise<readonly string[]> = () => Promise.resolve([]),
): Promise<NamedJobs> {
	const known: NamedJob[] = []
	for (const unit of talk.units) {
		const facts = await unitFacts(scene, unit, talk.pull.head.commit)
		const jobs = new Set([...(facts.jobs ?? []), ...(await also(unit))])
		known.push(...[...jobs].map((job) => ({ unit, job })))
	}
	const found: NamedJob[] = []
	for (const name of names) {
		const hits = known.filter(({ unit, job }) => job === name || `${unit}/${job}` === name)
		const [hit, other] = hits
		if (hit === undefined) {
			const why = `This pull request carries no job ${code(name)}.${candidates(
				name,
				known.map(({ job }) => job),
			)}`
			return { kind: 'refused', why }
		}
		if (other !== undefined) {
			const all = hits.map(({ unit, job }) => code(`${unit}/${job}`)).join(' or ')
			return { kind: 'refused', why: `Several units have a job ${code(name)}. Say which: ${all}.` }
		}
		found.push(hit)
	}
	return { kind: 'jobs', jobs: found }
}

/** What there is instead, the nearest first; a long list helps nobody. */
export function candidates(name: string, known: readonly string[]): string {
	const near = closest(name, known)
	if (near !== undefined) return ` Did you mean ${code(near)}?`
	if (known.length === 0) return ''
	const shown = known.slice(0, 10).map((one) => code(one))
	const more = known.length > shown.length ? `, and ${known.length - shown.length} more` : ''
	return ` There is ${shown.join(', ')}${more}.`
}

/** Facts of several units as one. */
export async function factsOf(scene: Scene, talk: PullTalk, units: readonly string[]): Promise<UnitFacts> {
	const all = []
	for (const unit of units) all.push(await unitFacts(scene, unit, talk.pull.head.commit))
	return {
		jobs: all.flatMap((facts) => facts.jobs ?? []),
		connections: all.flatMap((facts) => facts.connections ?? []),
		paths: all.flatMap((facts) => facts.paths ?? []),
		tables: all.flatMap((facts) => facts.tables),
	}
}
