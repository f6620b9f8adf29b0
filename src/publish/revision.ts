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
	/** The generation as it came, where the commit itself holds people's edits too. Absent: the commit is the generation. */
	readonly pristine?: string
	/** 1 or 2, for a commit that mends what failed. */
	readonly repair?: number
}

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
	pristine: 'Reglue-Pristine',
	repair: 'Reglue-Repair',
} as const

export function formatRevision({ units, config, version, pristine, repair }: Revision): string {
	const lines = [
		...units.map(({ name, input, lock, decisions }) => [
			keys.unit,
			[name, input, lock, decisions ?? ''].join(' ').trim(),
		]),
		[keys.config, config],
		[keys.version, version],
		...(pristine === undefined ? [] : [[keys.pristine, pristine]]),
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
	const [config, version, pristine] = [value(keys.config), value(keys.version), value(keys.pristine)]
	const repair = Number(value(keys.repair))
	if (config === undefined || version === undefined) return undefined
	return {
		units: found.filter(({ key }) => key === keys.unit).map((line) => unitRevision(line.value)),
		config,
		version,
		...(pristine === undefined ? {} : { pristine }),
		...(repair > 0 ? { repair } : {}),
	}
}

function unitRevision(text: string): UnitRevision {
	const [name = '', input = '', lock = '', decisions] = text.split(' ')
	return { name, input, lock, ...(decisions === undefined ? {} : { decisions }) }
}
