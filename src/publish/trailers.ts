/** Trailers of the commits that Reglue makes: what a revision was made from. Read by the same file that writes them. */

export interface Trailers {
	readonly unit: string
	/** Hash of the unit's lock file, which names the fingerprints of everything it was made from. */
	readonly input: string
	readonly version: string
}

const keys = { unit: 'Reglue-Unit', input: 'Reglue-Input', version: 'Reglue-Version' } as const satisfies Record<
	keyof Trailers,
	string
>

export function formatTrailers(trailers: Trailers): string {
	return (Object.keys(keys) as (keyof Trailers)[]).map((key) => `${keys[key]}: ${trailers[key]}`).join('\n')
}

/** The trailers of a commit message; undefined when the commit is not one of ours. */
export function parseTrailers(message: string): Trailers | undefined {
	const block =
		message
			.trimEnd()
			.split(/\n\s*\n/)
			.at(-1) ?? ''
	const found = new Map(
		block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
	)
	const [unit, input, version] = [found.get(keys.unit), found.get(keys.input), found.get(keys.version)]
	if (unit === undefined || input === undefined || version === undefined) return undefined
	return { unit, input, version }
}
