/**
 * Repeating and nested stage properties pack a list into one value:
 * `\2\2 0` then for each entry `\1`, `\3` as often as it is deep, name, `\2`, value, `\2`, flag (1 = encrypted).
 */
export interface PackedEntry {
	readonly name: string
	readonly value: string
	readonly encrypted: boolean
	/** Entries of the next depth that qualify this one. */
	readonly parts: readonly PackedEntry[]
}

interface FlatEntry extends Omit<PackedEntry, 'parts'> {
	readonly depth: number
	readonly parts: FlatEntry[]
}

/** The entries of a packed value, or undefined when the value is a plain one. */
export function unpackProperty(value: string): readonly PackedEntry[] | undefined {
	if (!value.startsWith('\u{2}\u{2}')) return undefined
	const top: FlatEntry[] = []
	const path: FlatEntry[] = []
	for (const part of value.split('\u{1}').slice(1)) {
		const entry = flatEntry(part)
		while (path.length > 0 && (path.at(-1)?.depth ?? 0) >= entry.depth) path.pop()
		const siblings = path.at(-1)?.parts ?? top
		siblings.push(entry)
		path.push(entry)
	}
	return top
}

function flatEntry(part: string): FlatEntry {
	let depth = 0
	while (part[depth] === '\u{3}') depth++
	const [name = '', value = '', flag = ''] = part.slice(depth).split('\u{2}')
	return { depth, name, value, encrypted: flag === '1', parts: [] }
}
