/** Character set maps of the server engine (IBM: NLS Guide, NLS maps) that Spark and Node read alike, as IANA names. */

const named: Readonly<Record<string, string>> = {
	'': 'utf-8',
	UTF8: 'utf-8',
	'UTF-8': 'utf-8',
	ASCII: 'us-ascii',
	'KOI8-R': 'koi8-r',
	NONE: 'utf-8',
	// Whatever the project has: taken to be UTF-8, as in parallel jobs.
	PROJECT: 'utf-8',
}

/** Parts of ISO 8859; to the web the ninth is a code page of Windows, to Java it is not. */
const parts: ReadonlySet<string> = new Set(['1', '2', '3', '4', '5', '6', '7', '8', '13', '15'])

/** The encoding that a map stands for; `+MARKS` says only that marks of the engine's own may be in the text. */
export function encodingOfMap(map: string): string | undefined {
	const name = map
		.trim()
		.toUpperCase()
		.replace(/\+MARKS$/, '')
	const part = /^ISO8859-(\d+)$/.exec(name)?.[1]
	if (part !== undefined) return parts.has(part) ? `iso-8859-${part}` : undefined
	const page = /^MS(125[0-8])$/.exec(name)?.[1]
	if (page !== undefined) return `windows-${page}`
	return Object.hasOwn(named, name) ? named[name] : undefined
}
