/** How like texts are, as src/model/similarity.ts defines it. */
import type { Likeness } from '#model/similarity.ts'
import type { Value } from '#model/values.ts'

export interface Compared {
	/** Characters that an edit changes, adds or leaves out. */
	readonly edits: number
	/** Characters of the longer text. */
	readonly length: number
}

export function compareTexts(one: Value, other: Value, likeness: Likeness): Compared {
	const [left, right] = [words(one, likeness), words(other, likeness)]
	return { edits: editDistance(left, right), length: Math.max(left.length, right.length) }
}

export function similarityOf(compared: readonly Compared[]): number {
	const edits = compared.reduce((sum, one) => sum + one.edits, 0)
	const length = compared.reduce((sum, one) => sum + one.length, 0)
	return length === 0 ? 0 : 1 - edits / length
}

/** Characters of the words, with one blank between each. */
function words(value: Value, { separators, caseless }: Likeness): readonly string[] {
	const text = typeof value === 'string' ? value : ''
	const apart = Array.from(caseless ? text.toLowerCase() : text, (one) => (separators.includes(one) ? ' ' : one))
	return Array.from(apart.join('').split(' ').filter(Boolean).join(' '))
}

/** Levenshtein's: each row of the table follows from the one above. */
function editDistance(left: readonly string[], right: readonly string[]): number {
	let above = Array.from({ length: right.length + 1 }, (_none, index) => index)
	for (const [row, one] of left.entries()) {
		const here = [row + 1]
		for (const [place, other] of right.entries()) {
			const changed = (above[place] ?? 0) + (one === other ? 0 : 1)
			here.push(Math.min(changed, (above[place + 1] ?? 0) + 1, (here[place] ?? 0) + 1))
		}
		above = here
	}
	return above[right.length] ?? 0
}
