/** Text by Unicode code points: JavaScript counts UTF-16 units, DataStage and Spark count characters. */

/** The characters of a text; a lone surrogate counts as one. */
export function characters(text: string): readonly string[] {
	return Array.from(text)
}

/** How many characters a text has. */
export function characterCount(text: string): number {
	let count = 0
	for (const _character of text) count += 1
	return count
}

/** Characters from `start` (0-based) up to `end`, exclusive; both are cut to the text. */
export function sliceCharacters(text: string, start: number, end?: number): string {
	return characters(text)
		.slice(Math.max(start, 0), end === undefined ? undefined : Math.max(end, 0))
		.join('')
}

/** -1, 0 or 1 in the order of code points, which is also the order of UTF-8 bytes. JavaScript's `<` orders UTF-16 units. */
export function compareText(left: string, right: string): -1 | 0 | 1 {
	const length = Math.min(left.length, right.length)
	for (let at = 0; at < length; at += 1) {
		const [first, second] = [left.charCodeAt(at), right.charCodeAt(at)]
		if (first !== second) return rank(first) < rank(second) ? -1 : 1
	}
	return left.length === right.length ? 0 : left.length < right.length ? -1 : 1
}

/** Surrogates stand for code points above all other units. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit)
