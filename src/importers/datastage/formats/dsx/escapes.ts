/**
 * DSX escapes, valid in quoted values and in `=+=+=+=` blocks alike: `\\`, `\"`, `\(H..)` with one to four hexadecimal digits,
 * and the UniVerse marks `\I` `\F` `\V` `\S` `\T`. A value is unescaped exactly once: SQL, regular expressions and
 * Windows paths inside hold real backslashes.
 */
const marks: Readonly<Record<string, string>> = {
	I: '\u{E0FF}',
	F: '\u{E0FE}',
	V: '\u{E0FD}',
	S: '\u{E0FC}',
	T: '\u{E0FB}',
}

/** UniVerse value, subvalue and text mark, as {@link unescapeDsx} gives them: they separate lists inside one value. */
export const valueMark = '\u{E0FD}'
export const subvalueMark = '\u{E0FC}'
export const tabMark = '\u{E0FB}'

export function unescapeDsx(raw: string): string {
	let at = raw.indexOf('\\')
	if (at < 0) return raw
	let result = ''
	let done = 0
	while (at >= 0) {
		result += raw.slice(done, at)
		const [character, length] = escapeAt(raw, at)
		result += character
		done = at + length
		at = raw.indexOf('\\', done)
	}
	return result + raw.slice(done)
}

/** The character that the escape at `at` stands for, and how long the escape is. An unknown escape stands for its letter. */
function escapeAt(raw: string, at: number): readonly [character: string, length: number] {
	const next = raw[at + 1]
	if (next === undefined) return ['\\', 1]
	if (next === '(') {
		const close = raw.indexOf(')', at + 2)
		const digits = close < 0 || close > at + 6 ? '' : raw.slice(at + 2, close)
		if (/^[0-9a-f]{1,4}$/i.test(digits)) return [String.fromCharCode(Number.parseInt(digits, 16)), close + 1 - at]
	}
	return [marks[next] ?? next, 2]
}

/** The inverse, for text that holds no UniVerse marks: what the exporter would have written. */
export function escapeDsx(text: string): string {
	return text.replaceAll(/["\\\p{Cc}]/gu, (character) =>
		character === '"' || character === '\\'
			? `\\${character}`
			: `\\(${character.charCodeAt(0).toString(16).toUpperCase()})`,
	)
}
