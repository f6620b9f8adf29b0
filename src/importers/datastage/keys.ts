/** Key lists of stages: packed properties, and the options of a sort on a link. */
import type { Collation } from '#model/collation.ts'
import type { SortKey } from '#model/operators.ts'
import type { PackedEntry } from './formats/dsx/property-list.ts'
import { unpackProperty } from './formats/dsx/property-list.ts'

export interface DsKey {
	readonly column: string
	readonly collation: Collation
	readonly direction: SortKey['direction']
	readonly nulls: SortKey['nulls']
	readonly ebcdic: boolean
	/** `sorted` or `clustered`: the input is in this order, or grouped, already. */
	readonly mode: 'sort' | 'sorted' | 'clustered'
}

/** The entries of a property that may repeat; a plain value is one entry. */
export function entriesOf(properties: ReadonlyMap<string, string>, name: string): readonly PackedEntry[] {
	const value = properties.get(name) ?? ''
	const packed = unpackProperty(value)
	if (packed !== undefined) return packed.filter((entry) => entry.value !== '' || entry.parts.length > 0)
	return value.trim() === '' ? [] : [{ name, value, encrypted: false, parts: [] }]
}

/** The entries of a property that depends on a choice: below the chosen value, or on their own. */
export const dependentsOf = (
	properties: ReadonlyMap<string, string>,
	choice: string,
	name: string,
): readonly PackedEntry[] => [
	...entriesOf(properties, choice).flatMap(({ parts }) => parts.filter((part) => part.name.trim() === name)),
	...entriesOf(properties, name),
]

/** The value of a property that is set: blank means "not set" in DSX. */
export function propertyOf(properties: ReadonlyMap<string, string>, name: string): string {
	const value = properties.get(name) ?? ''
	const packed = unpackProperty(value)
	return (packed === undefined ? value : (packed[0]?.value ?? '')).trim()
}

/** Defaults by IBM: Sort stage, properties: ascending, nulls first for both directions, case-sensitive. */
export function readKeys(properties: ReadonlyMap<string, string>, name = 'key'): readonly DsKey[] {
	return entriesOf(properties, name).map((entry) => {
		// Change Capture and its kin put the name of the list before that of the option in flows: `key\\ci\\cs`.
		const part = (wanted: string): string =>
			entry.parts.find((other) => [wanted, `${name}\\${wanted}`].includes(other.name.trim()))?.value.trim() ?? ''
		const mode = part('sorted\\clustered')
		return {
			column: entry.value,
			collation: part('ci\\cs') === 'ci' ? 'caseless' : 'binary',
			direction: part('asc\\desc') === 'desc' ? 'descending' : 'ascending',
			nulls: part('nulls') === 'last' ? 'last' : 'first',
			ebcdic: part('ebcdic') !== '',
			mode: mode === 'sorted' || mode === 'clustered' ? mode : 'sort',
		}
	})
}

/** Reads `tsort -key A -cs -asc -nulls first -key B -desc`, the sort on an input link. */
export function readLinkSort(text: string): readonly DsKey[] {
	const keys: DsKey[] = []
	const words = text.trim().split(/\s+/)
	for (let at = 0; at < words.length; at++) {
		const word = words[at]
		if (word === '-key') {
			at++
			keys.push({
				column: unquoted(words[at] ?? ''),
				collation: 'binary',
				direction: 'ascending',
				nulls: 'first',
				ebcdic: false,
				mode: 'sort',
			})
			continue
		}
		const last = keys.pop()
		if (last === undefined) continue
		if (word === '-nulls') at++
		keys.push(withOption(last, word ?? '', words[at] ?? ''))
	}
	return keys
}

function withOption(key: DsKey, word: string, value: string): DsKey {
	switch (word) {
		case '-ci':
			return { ...key, collation: 'caseless' }
		case '-desc':
			return { ...key, direction: 'descending' }
		case '-nulls':
			return { ...key, nulls: value === 'last' ? 'last' : 'first' }
		case '-ebcdic':
			return { ...key, ebcdic: true }
		case '-sorted':
			return { ...key, mode: 'sorted' }
		case '-clustered':
			return { ...key, mode: 'clustered' }
		default:
			return key
	}
}

function unquoted(word: string): string {
	return word.replace(/^(["'])(.*)\1$/, '$2')
}
