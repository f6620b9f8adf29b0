/** Which branch each unit goes to, and which units have to wait or were declined. */
import type { ForgeRepository, PullRequest } from '#forge/repository.ts'
import { branchOf, isBatch } from '#publish/branches.ts'
import { parseMarker } from '#publish/marker.ts'
import { partsFor } from './batches.ts'
import type { Observed, Part } from './observe.ts'
import type { Making, Wanted } from './wanted.ts'
import { isSettled, lockIn } from './wanted.ts'

export interface Routing {
	readonly wanted: readonly Wanted[]
	/** Names of the units that are looked at; others only count. */
	readonly chosen: ReadonlySet<string>
	/** Open pull requests at a time. */
	readonly limit: number
	/** Takes up again what was declined. */
	readonly reopen: boolean
	/** Looks at settled units too. */
	readonly force: boolean
	readonly making: Making
}

export interface Routes {
	/** By part, everything that it is to carry. */
	readonly parts: ReadonlyMap<string, Route>
	/** Nothing to do. */
	readonly settled: readonly Wanted[]
	readonly declined: readonly { readonly wanted: Wanted; readonly pull: PullRequest }[]
	readonly waiting: readonly Wanted[]
}

export interface Route {
	readonly name: string
	readonly part: Part | undefined
	readonly members: readonly Wanted[]
	/** The newest pull request of the branch that is not open. */
	readonly last: PullRequest | undefined
}

type Stay =
	| { readonly kind: 'settled' | 'new' }
	| { readonly kind: 'stay'; readonly part: Part }
	| { readonly kind: 'declined'; readonly pull: PullRequest }

export async function routeUnits(repository: ForgeRepository, observed: Observed, routing: Routing): Promise<Routes> {
	const lastPull = remembered(async (part: string): Promise<PullRequest | undefined> => {
		const pulls = await repository.pullRequests({ state: 'all', head: branchOf(part), base: observed.base.branch })
		return pulls.find(({ state }) => state !== 'open')
	})
	const stays = new Map<Wanted, Stay>()
	for (const wanted of routing.wanted) stays.set(wanted, await stayOf(wanted, observed, routing, lastPull))
	const of = (kind: Stay['kind']) => routing.wanted.filter((wanted) => stays.get(wanted)?.kind === kind)

	const fresh = of('new')
	const open = [...observed.parts.values()].filter(({ pull }) => pull !== undefined)
	const known = new Set([...stays.values()].flatMap((stay) => (stay.kind === 'stay' ? [stay.part.name] : [])))
	// Also what a run that was stopped has given a branch and no pull request: its place was counted with the others.
	const unmerged = routing.wanted.filter((wanted) => {
		const kind = stays.get(wanted)?.kind
		return wanted.home?.pull !== undefined || kind === 'new' || kind === 'stay'
	})
	const proposed = partsFor(
		unmerged.map(({ unit }) => unit),
		routing.limit,
	)
	const refused = new Set(
		[...stays.values()].flatMap((stay) => (stay.kind === 'declined' ? [branchOfPull(stay.pull)] : [])),
	)
	const groups = new Map<string, Wanted[]>()
	const put = (part: string, wanted: Wanted) => groups.set(part, [...(groups.get(part) ?? []), wanted])
	for (const [wanted, stay] of stays) if (stay.kind === 'stay') put(stay.part.name, wanted)
	let room = routing.limit - new Set([...open.map(({ name }) => name), ...known]).size
	const waiting: Wanted[] = []
	for (const wanted of fresh.toSorted((left, right) => (left.unit.name < right.unit.name ? -1 : 1))) {
		const name = proposed.get(wanted.unit.name) ?? wanted.unit.name
		const part = refused.has(branchOf(name)) && isBatch(name) ? wanted.unit.name : name
		const isThere = groups.has(part) || observed.parts.get(part)?.pull !== undefined
		if (!isThere && room <= 0) waiting.push(wanted)
		else {
			if (!isThere) room -= 1
			put(part, wanted)
		}
	}
	const parts = new Map<string, Route>()
	for (const [name, members] of [...groups].sort(([left], [right]) => (left < right ? -1 : 1))) {
		const part = observed.parts.get(name)
		const last = part === undefined || part.pull !== undefined ? undefined : await lastPull(name)
		parts.set(name, { name, part, members: withOthers(part, members, routing.wanted), last })
	}
	const declined = [...stays].flatMap(([wanted, stay]) =>
		stay.kind === 'declined' ? [{ wanted, pull: stay.pull }] : [],
	)
	return { parts, settled: of('settled'), declined, waiting }
}

async function stayOf(
	wanted: Wanted,
	observed: Observed,
	{ chosen, force, reopen, making }: Routing,
	lastPull: (part: string) => Promise<PullRequest | undefined>,
): Promise<Stay> {
	const { home, unit, revision, isFresh } = wanted
	const isChosen = chosen.has(unit.name)
	if (isSettled(wanted, observed, making) && !(force && isChosen)) return { kind: 'settled' }
	if (!isChosen) return { kind: 'settled' }
	if (home === undefined) return { kind: 'new' }
	if (home.pull !== undefined) return { kind: 'stay', part: home }
	// Merged with this very generation: nobody needs to be asked what became of the pull request.
	if (revision !== undefined && lockIn(observed.base.files, unit.name, making) === revision.lock) return { kind: 'new' }
	const last = await lastPull(home.name)
	if (last === undefined) return home.head === undefined ? { kind: 'new' } : { kind: 'stay', part: home }
	// A run wrote a newer generation than the last pull request spoke of, and ended before it opened the next one.
	if (home.head !== undefined && parseMarker(last.body)?.pristine !== home.pristine?.commit)
		return { kind: 'stay', part: home }
	if (last.state === 'merged') return isFresh && !force ? { kind: 'settled' } : { kind: 'new' }
	const isNo = parseMarker(last.body)?.gone !== true && revision?.input === unit.input && !reopen
	return isNo ? { kind: 'declined', pull: last } : { kind: 'new' }
}

/** What is on the branch already stays on it. */
function withOthers(part: Part | undefined, members: readonly Wanted[], all: readonly Wanted[]): readonly Wanted[] {
	if (part?.pull === undefined) return members
	const others = all.filter((wanted) => wanted.home === part && !members.includes(wanted))
	return [...members, ...others].sort((left, right) => (left.unit.name < right.unit.name ? -1 : 1))
}

const branchOfPull = ({ head }: PullRequest): string => head.branch

function remembered<T>(read: (key: string) => Promise<T>): (key: string) => Promise<T> {
	const known = new Map<string, Promise<T>>()
	return (key) => {
		const value = known.get(key) ?? read(key)
		known.set(key, value)
		return value
	}
}
