/** `--bind OLD=NEW`: which place of a job each binding means. */
import path from 'node:path'
import type { JobEntry, PlaceEntry } from '#generators/jobs-file.ts'

export interface Binding {
	/** As the user wrote it: a path of the export, `connection:table`, or an element's name. */
	readonly old: string
	/** A file or folder on this machine. */
	readonly new: string
}

/**
 * Splits `OLD=NEW`. A path may hold an equals sign itself; then the split counts whose right side exists.
 *
 * @param exists whether a file or folder of that name is there
 */
export function parseBinding(text: string, exists: (path: string) => boolean): Binding | undefined {
	const splits: Binding[] = []
	for (let at = text.indexOf('='); at >= 0; at = text.indexOf('=', at + 1))
		splits.push({ old: text.slice(0, at), new: text.slice(at + 1) })
	const usable = splits.filter((split) => split.old !== '' && split.new !== '')
	return usable.find((split) => exists(split.new)) ?? usable[0]
}

/** `NAME=VALUE`; the value may be empty and may hold anything. */
export function parseParameter(text: string): readonly [string, string] | undefined {
	const at = text.indexOf('=')
	return at <= 0 ? undefined : [text.slice(0, at), text.slice(at + 1)]
}

/** What a place may be called: by its path as the export spells it, with parameters replaced, by element or id. */
function namesOf(place: PlaceEntry, parameters: ReadonlyMap<string, string>): readonly string[] {
	// A mapping may have given the table another name; the old one still means it.
	const old = place.kind === 'table' && place.connection !== null ? [`${place.connection}:${place.spelled}`] : []
	return [place.legacy, replaceParameters(place.spelled, parameters), place.spelled, ...old, place.element, place.id]
}

/** `#P#` of DataStage and `@[$Package::P]` of SSIS, where the run gives the parameter another value than its default. */
function replaceParameters(spelled: string, parameters: ReadonlyMap<string, string>): string {
	let text = spelled
	for (const [name, value] of parameters) text = text.replaceAll(`#${name}#`, value).replaceAll(`@[${name}]`, value)
	return text
}

export interface Bound {
	/** Place id → file or folder. */
	readonly places: ReadonlyMap<string, string>
	/** Bindings that no place answers to. */
	readonly unused: readonly Binding[]
}

/**
 * A binding means every place of that name; the path is more telling than the element, so a path match wins.
 * A place that the job writes and reads again is one place: both ends get the binding.
 */
export function bindPlaces(
	entry: JobEntry,
	bindings: readonly Binding[],
	parameters: ReadonlyMap<string, string>,
): Bound {
	const places = new Map<string, string>()
	const unused: Binding[] = []
	for (const binding of bindings) {
		const wanted = normal(binding.old)
		const ranks = entry.places.map((place) => namesOf(place, parameters).findIndex((name) => normal(name) === wanted))
		const best = Math.min(...ranks.filter((rank) => rank >= 0))
		const hits = entry.places.filter((_place, position) => isSameKind(ranks[position] ?? -1, best))
		for (const place of hits) places.set(place.id, binding.new)
		if (hits.length === 0) unused.push(binding)
	}
	return { places, unused }
}

/**
 * Paths that the script of the job spells itself, which are no places of the job: those that its text names, or names
 * something below.
 */
export function inScript(
	unused: readonly Binding[],
	script: string,
): { readonly moved: Readonly<Record<string, string>>; readonly unused: readonly Binding[] } {
	const text = script.replaceAll('\\\\', '/').replaceAll('\\', '/').toLowerCase()
	const isNamed = ({ old }: Binding): boolean => {
		const start = normal(old).replace(/\/+$/, '').toLowerCase()
		return start.includes('/') && (text.includes(`"${start}"`) || text.includes(`"${start}/`))
	}
	return {
		moved: Object.fromEntries(unused.filter(isNamed).map((one) => [one.old, path.resolve(one.new)])),
		unused: unused.filter((one) => !isNamed(one)),
	}
}

/** The first three names are all spellings of the path; the others name the element. */
function isSameKind(rank: number, best: number): boolean {
	return rank >= 0 && (best < 3 ? rank < 3 : rank === best)
}

/** Windows and Unix spellings of one path are one place. */
function normal(name: string): string {
	return name.replaceAll('\\', '/')
}
