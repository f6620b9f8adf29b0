/** Patterns of MATCHES and MATCHFIELD (IBM: DataStage BASIC, pattern matching). */

export interface MatchPattern {
	/** One group for each part; it must match the whole text. The same source means the same to Java and JavaScript. */
	readonly source: string
	readonly groups: number
}

const classes: Readonly<Record<string, string>> = { A: '[A-Za-z]', N: '[0-9]', X: '[\\s\\S]' }
const escaped = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')

/**
 * `3X2N` counts characters of a class (A letters, N digits, X any), `0N` means any number of them, `2-4N` a range, `...` is `0X`;
 * a text in quotes stands for itself, and so does any other character. `~` before a part means its contrary, which is not
 * translated. Value marks part alternatives. Undefined for what cannot be read.
 */
export function readMatchPattern(pattern: string): MatchPattern | undefined {
	const alternatives = pattern.split('\u00FD').map(readOne)
	const [first] = alternatives
	if (first === undefined || alternatives.includes(undefined)) return undefined
	const sources = alternatives.map((one) => one?.source ?? '')
	return sources.length === 1 ? first : { source: `(?:${sources.join('|')})`, groups: 0 }
}

function readOne(pattern: string): MatchPattern | undefined {
	const part = /(\d{1,4})(?:-(\d{1,4}))?([ANX])|(\.\.\.)|"([^"]*)"|'([^']*)'|([^~"'])/giy
	const groups: string[] = []
	let bare = ''
	const flush = (): void => {
		if (bare !== '') groups.push(`(${escaped(bare)})`)
		bare = ''
	}
	while (part.lastIndex < pattern.length) {
		const match = part.exec(pattern)
		if (match === null) return undefined
		const [, least, most, letter, anything, double, single, other] = match
		if (other !== undefined) {
			bare += other
			continue
		}
		flush()
		if (anything !== undefined) groups.push('([\\s\\S]*)')
		else if (letter !== undefined) groups.push(`(${classes[letter.toUpperCase()] ?? ''}${times(least ?? '', most)})`)
		else groups.push(`(${escaped(double ?? single ?? '')})`)
	}
	flush()
	return { source: groups.join(''), groups: groups.length }
}

const times = (least: string, most: string | undefined): string =>
	most === undefined ? (Number(least) === 0 ? '*' : `{${Number(least)}}`) : `{${Number(least)},${Number(most)}}`
