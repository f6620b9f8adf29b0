/** What the exports of a commit ask for, unit by unit, next to what is known of each from former runs. Pure. */
import { createHash } from 'node:crypto'
import type { TreeFile } from '#forge/repository.ts'
import type { UnitRevision } from '#publish/revision.ts'
import type { UnitInput } from '../bot.ts'
import type { Observed, Part } from './observe.ts'

/** Input and lock of a unit whose export is gone: its generation is nothing. */
export const nothing = '-'

export interface Wanted {
	readonly unit: UnitInput
	/** The part that has the unit's last generation. */
	readonly home: Part | undefined
	readonly revision: UnitRevision | undefined
	/** The name that the unit had before its export was renamed. */
	readonly before: string | undefined
	/** Nothing that its files follow from has changed since the last generation. */
	readonly isFresh: boolean
	/** Digest of everything that its files follow from, the last generation included. */
	readonly state: string
}

/** What generated files follow from, besides the unit's own exports. */
export interface Making {
	readonly output: string
	readonly config: string
	readonly version: string
}

export const folderOf = (unit: string, { output }: Pick<Making, 'output'>): string => `${output}/${unit}`
export const lockOf = (unit: string, making: Pick<Making, 'output'>): string =>
	`${folderOf(unit, making)}/reglue.lock.json`
export const decisionsOf = (unit: string, making: Pick<Making, 'output'>): string =>
	`${folderOf(unit, making)}/decisions.yml`

/** Blob id of the unit's lock file in a tree. */
export const lockIn = (files: ReadonlyMap<string, TreeFile>, unit: string, making: Making): string =>
	files.get(lockOf(unit, making))?.id ?? nothing

/** Digest of what the base has in the folders of units; a branch knows by it which of people's edits there it has seen. */
export function baseDigest(base: ReadonlyMap<string, TreeFile>, units: readonly string[], making: Making): string {
	const folders = units.map((unit) => `${folderOf(unit, making)}/`)
	const files = [...base].filter(([path]) => folders.some((folder) => path.startsWith(folder)))
	return files.length === 0 ? nothing : digest(files.map(([path, { id }]) => `${id} ${path}`).sort())
}

const digest = (parts: readonly (string | undefined)[]): string =>
	createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)

/** A generation of which a former run found that it gives what is there already need not be made again. */
export function withCalm(wanted: readonly Wanted[], calm: ReadonlyMap<string, string>): readonly Wanted[] {
	return wanted.map((one) => (calm.get(one.unit.name) === one.state ? { ...one, isFresh: true } : one))
}

export function wantedUnits(units: readonly UnitInput[], observed: Observed, making: Making): readonly Wanted[] {
	const named = new Set(units.map(({ name }) => name))
	const known = (name: string) => homeOf(name, observed, making)
	const moved = new Map(units.flatMap(({ name }) => formerName(name, known(name)?.home, observed, making)))
	const taken = new Set(moved.values())
	const gone = goneUnits(named, observed, making)
	const present = units.map((unit): Wanted => {
		const own = known(unit.name)
		const former =
			own === undefined ? gone.find(({ input, name }) => input === unit.input && !taken.has(name)) : undefined
		if (former !== undefined) taken.add(former.name)
		const { home, revision } = own ?? (former === undefined ? {} : known(former.name)) ?? {}
		const seen = { unit, home, revision }
		const fresh = former === undefined && isFresh(seen, observed, making)
		const before = former?.name ?? moved.get(unit.name)
		return { ...seen, before, isFresh: fresh, state: stateOf(seen, observed, making) }
	})
	const removed = gone
		.filter(({ name }) => !taken.has(name))
		.map(({ name }): Wanted => {
			const unit: UnitInput = { name, files: [], companions: [], input: nothing }
			const { home, revision } = known(name) ?? {}
			const seen = { unit, home, revision }
			const state = stateOf(seen, observed, making)
			return { ...seen, before: undefined, isFresh: revision?.input === nothing, state }
		})
	return [...present, ...removed]
}

/** What the unit was called before its rename, as long as that is not merged. */
function formerName(
	name: string,
	home: Part | undefined,
	observed: Observed,
	making: Making,
): readonly (readonly [string, string])[] {
	const found = home?.pristine?.revision.renamed?.find(([, now]) => now === name)
	if (found === undefined) return []
	const isOpen = home?.pull !== undefined || lockIn(observed.base.files, found[0], making) !== nothing
	return isOpen ? [[name, found[0]]] : []
}

/** Units that we generated once, that are still offered or merged, and whose exports are gone. */
function goneUnits(named: ReadonlySet<string>, observed: Observed, making: Making): readonly UnitRevision[] {
	const gone = new Map<string, UnitRevision>()
	for (const part of observed.parts.values()) {
		for (const revision of part.pristine?.revision.units ?? []) {
			const isOffered = part.pull !== undefined && part.marker?.gone !== true
			const isThere = isOffered || lockIn(observed.base.files, revision.name, making) !== nothing
			const isOlder = gone.has(revision.name) && revision.input === nothing
			if (!named.has(revision.name) && isThere && !isOlder) gone.set(revision.name, revision)
		}
	}
	return [...gone.values()].sort((left, right) => (left.name < right.name ? -1 : 1))
}

/** Of all parts that ever carried the unit: the one that is open, else the one that was merged last. */
function homeOf(
	name: string,
	observed: Observed,
	making: Making,
): { readonly home: Part; readonly revision: UnitRevision } | undefined {
	const found = [...observed.parts.values()].flatMap((home) => {
		const revision = home.pristine?.revision.units.find((unit) => unit.name === name)
		return revision === undefined ? [] : [{ home, revision }]
	})
	const lock = lockIn(observed.base.files, name, making)
	return (
		found.find(({ home }) => home.pull !== undefined) ??
		found.find(({ revision }) => revision.lock === lock) ??
		found.find(({ home }) => home.name === name) ??
		found[0]
	)
}

type Seen = Pick<Wanted, 'unit' | 'home' | 'revision'>

function isFresh({ unit, home, revision }: Seen, observed: Observed, making: Making): boolean {
	const made = home?.pristine?.revision
	if (made === undefined || revision === undefined) return false
	const isUntouched = home?.pull !== undefined && home.files === undefined
	return (
		revision.input === unit.input &&
		made.config === making.config &&
		made.version === making.version &&
		(isUntouched || revision.decisions === decisionsNow({ unit, home }, observed, making)) &&
		(home?.pull === undefined || !isBaseEdited(home, observed, making))
	)
}

const decisionsNow = ({ unit, home }: Pick<Seen, 'unit' | 'home'>, { base }: Observed, making: Making) =>
	(home?.files ?? base.files).get(decisionsOf(unit.name, making))?.id

/** Whether the base has got other files in the folders of a branch since the branch was last written. */
export function isBaseEdited({ pristine }: Part, { base }: Observed, making: Making): boolean {
	const { units = [], base: seen } = pristine?.revision ?? {}
	const names = units.map(({ name }) => name)
	return seen !== undefined && seen !== baseDigest(base.files, names, making)
}

function stateOf({ unit, home, revision }: Seen, observed: Observed, making: Making): string {
	const isOpen = home?.pull !== undefined
	return digest([
		unit.input,
		making.config,
		making.version,
		...[revision?.input, revision?.lock, revision?.decisions, home?.name],
		decisionsNow({ unit, home }, observed, making),
		isOpen ? 'open' : lockIn(observed.base.files, unit.name, making),
		isOpen ? baseDigest(observed.base.files, [unit.name], making) : undefined,
	])
}

/** Whether there is nothing to look at any further. */
export function isSettled(
	{ unit, home, revision, isFresh: fresh }: Wanted,
	observed: Observed,
	making: Making,
): boolean {
	if (!fresh || home === undefined || revision === undefined) return false
	if (lockIn(observed.base.files, unit.name, making) === revision.lock) return home.pull === undefined
	const { pull, marker, pristine, pristineRef } = home
	return pull !== undefined && marker?.pristine === pristine?.commit && pristineRef === pristine?.commit
}
