/**
 * What a commit of Reglue's was made from, as the trailers of its message say it. They are what tells an unchanged unit
 * without generating it, and a commit of ours from a commit of people's. Read by the same file that writes them.
 */

export interface Revision {
	/** Everything that the commit's branch carries; empty for a repair. */
	readonly units: readonly UnitRevision[]
	/** Hash of the settings that the files follow from. */
	readonly config: string
	readonly version: string
	/** Commit whose exports these are. The branch need not have them: it changes nothing but generated files. */
	readonly source?: string
	/** Digest of what the base had in the folders of the units: where it has something else, people have edited it there. */
	readonly base?: string
	/** The generation as it came, where the commit itself holds people's edits too. Absent: the commit is the generation. */
	readonly pristine?: string
	/** Units whose exports were renamed: what the unit was called in the base, and what it is called now. */
	readonly renamed?: readonly (readonly [string, string])[]
	/** Files of people's that stayed although the generation has another text. */
	readonly kept?: readonly KeptFile[]
	/** 1 or 2, for a commit that mends what failed. */
	readonly repair?: number
}

export interface KeptFile {
	readonly path: string
	readonly why: ConflictReason
	/** Blob that stayed, `-` where people deleted the file. When it is another one, people have looked at it. */
	readonly blob: string
}

/** Why a new generation could not be put together with what people did. */
export const conflictReasons = {
	lines: 'the same lines were edited and generated anew',
	deleted: 'people deleted it, and it has changed in the generation',
	edited: 'people edited it, and it is no longer generated',
	'no-base': 'what was generated before is not there any more, so the edits cannot be told from it',
	'not-text': 'it is not text',
	form: 'both changes together are not well-formed',
	'both-sides': 'people edited it here and on the base in different ways: put both together by hand',
} as const

export type ConflictReason = keyof typeof conflictReasons

export interface UnitRevision {
	readonly name: string
	/** Hash of the exports. */
	readonly input: string
	/** Blob id of the lock file, which names the blobs of everything generated with it. */
	readonly lock: string
	/** Blob id of the unit's `decisions.yml`. */
	readonly decisions?: string
}

const keys = {
	unit: 'Reglue-Unit',
	config: 'Reglue-Config',
	version: 'Reglue-Version',
	source: 'Reglue-Source',
	base: 'Reglue-Base',
	pristine: 'Reglue-Pristine',
	renamed: 'Reglue-Renamed',
	kept: 'Reglue-Kept',
	repair: 'Reglue-Repair',
} as const

export function formatRevision({
	units,
	config,
	version,
	source,
	base,
	pristine,
	renamed = [],
	kept = [],
	repair,
}: Revision): string {
	const lines = [
		...units.map(({ name, input, lock, decisions }) => [
			keys.unit,
			[name, input, lock, decisions ?? ''].join(' ').trim(),
		]),
		[keys.config, config],
		[keys.version, version],
		...(source === undefined ? [] : [[keys.source, source]]),
		...(base === undefined ? [] : [[keys.base, base]]),
		...(pristine === undefined ? [] : [[keys.pristine, pristine]]),
		...renamed.map((names) => [keys.renamed, names.join(' ')]),
		...kept.map(({ why, blob, path }) => [keys.kept, `${why} ${blob} ${path}`]),
		...(repair === undefined ? [] : [[keys.repair, String(repair)]]),
	]
	return lines.map((line) => line.join(': ')).join('\n')
}

/** Undefined when the commit is not one of ours. */
export function parseRevision(message: string): Revision | undefined {
	const block =
		message
			.trimEnd()
			.split(/\n\s*\n/)
			.at(-1) ?? ''
	const found = block.split('\n').map((line) => {
		const colon = line.indexOf(':')
		return { key: line.slice(0, colon), value: line.slice(colon + 1).trim() }
	})
	const value = (key: string) => found.find((line) => line.key === key)?.value
	const [config, version] = [value(keys.config), value(keys.version)]
	const [source, base, pristine] = [value(keys.source), value(keys.base), value(keys.pristine)]
	const repair = Number(value(keys.repair))
	const renamed = found.filter(({ key }) => key === keys.renamed).map((line) => namesOf(line.value))
	const kept = found.filter(({ key }) => key === keys.kept).flatMap((line) => keptFile(line.value))
	if (config === undefined || version === undefined) return undefined
	return {
		units: found.filter(({ key }) => key === keys.unit).map((line) => unitRevision(line.value)),
		config,
		version,
		...(source === undefined ? {} : { source }),
		...(base === undefined ? {} : { base }),
		...(pristine === undefined ? {} : { pristine }),
		...(renamed.length === 0 ? {} : { renamed }),
		...(kept.length === 0 ? {} : { kept }),
		...(repair > 0 ? { repair } : {}),
	}
}

function namesOf(text: string): readonly [string, string] {
	const [before = '', now = ''] = text.split(' ')
	return [before, now]
}

function keptFile(text: string): readonly KeptFile[] {
	const [, why = '', blob = '', path = ''] = /^(\S+) (\S+) (.+)$/.exec(text) ?? []
	return isReason(why) ? [{ why, blob, path }] : []
}

const isReason = (text: string): text is ConflictReason => Object.hasOwn(conflictReasons, text)

function unitRevision(text: string): UnitRevision {
	const [name = '', input = '', lock = '', decisions] = text.split(' ')
	return { name, input, lock, ...(decisions === undefined ? {} : { decisions }) }
}
