/** Options of the tools that come with SQL Server: one letter, its value right behind it or in the next word. */
import type { Refusal } from '../../flow/parts.ts'
import { refuse } from '../../flow/parts.ts'
import type { Word } from './words.ts'

export interface Options {
	readonly values: ReadonlyMap<string, Word>
	readonly switches: ReadonlySet<string>
	/** Words without an option before them, in order. */
	readonly others: readonly Word[]
}

/** @param letters that take a value, and those that take none; both as the tool spells them, letter case included */
export function optionsOf(
	program: string,
	words: readonly Word[],
	letters: { readonly valued: string; readonly plain: string },
): Options | Refusal {
	const values = new Map<string, Word>()
	const switches = new Set<string>()
	const others: Word[] = []
	for (let at = 0; at < words.length; at += 1) {
		const word = words[at]
		const [first, ...more] = word?.pieces ?? []
		if (word === undefined) break
		const [, letter, behind = ''] = (typeof first === 'string' ? /^[-/](\w)([\s\S]*)$/.exec(first) : null) ?? []
		if (letter === undefined) others.push(word)
		else if (letters.plain.includes(letter) && behind === '' && more.length === 0) switches.add(letter)
		else if (!letters.valued.includes(letter)) return refuse(`${program} has the option -${letter}`)
		else if (behind !== '' || more.length > 0)
			values.set(letter, { ...word, pieces: [...(behind === '' ? [] : [behind]), ...more] })
		else {
			const value = words[at + 1]
			if (value === undefined) return refuse(`${program} has the option -${letter} without a value`)
			values.set(letter, value)
			at += 1
		}
	}
	return { values, switches, others }
}
