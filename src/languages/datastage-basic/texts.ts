/** Texts broken into lines, as FOLD and FMT break them. */

/** Broken at blanks, which go, or within a word that is longer than a line. */
export function foldText(text: string, width: number): readonly string[] {
	const lines = text.match(new RegExp(`.{1,${width}}(?: +|$)|.{${width}}`, 'gsu')) ?? []
	return lines.map((line) => line.replace(/ +$/, ''))
}

/** A text filled up to a width; one that is longer is broken into lines, with a text mark between them (IBM: FMT function). */
export function justify(text: string, width: number, fill: string, side: 'L' | 'R'): string {
	const pad = (line: string): string => {
		const missing = fill.repeat(Math.max(width - Array.from(line).length, 0))
		return side === 'R' ? missing + line : line + missing
	}
	const lines = text.match(new RegExp(`.{1,${width}}`, 'gsu')) ?? ['']
	return lines.map(pad).join('\u00FB')
}
