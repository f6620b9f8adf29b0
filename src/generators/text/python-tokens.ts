/** Just enough of Python's lexical rules to tell texts and comments from code, before and after formatting. */

export interface Token {
	readonly text: string
	/** Line on which it starts and ends, counted from 1. */
	readonly line: number
	readonly endLine: number
	readonly isText: boolean
}

const pattern =
	/(?<blank>[ \t\f\r]+|\\\n)|(?<newline>\n)|(?<comment>#[^\n]*)|(?<triple>[rbfuRBFU]{0,2}("""|''')(?:\\[\s\S]|(?!\5)[\s\S])*\5)|(?<text>[rbfuRBFU]{0,2}(?:"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'))|(?<word>[\p{L}\p{N}_]+)|(?<sign>[\s\S])/guy

/**
 * Tokens of a script, without white space and without brackets and commas, which a formatter adds and removes.
 * Texts lose their quotes and blanks, for the formatter may change these too.
 */
export function tokens(script: string): readonly Token[] {
	const found: Token[] = []
	let line = 1
	for (const match of script.matchAll(pattern)) {
		const start = line
		line += match[0].split('\n').length - 1
		const groups = match.groups ?? {}
		if (groups['blank'] !== undefined || groups['newline'] !== undefined) continue
		if (groups['sign'] !== undefined && /[(),]/.test(match[0])) continue
		const isText = groups['triple'] !== undefined || groups['text'] !== undefined
		const last = found.at(-1)
		if (isText && last?.isText) {
			// Texts that stand side by side may be joined or parted by the formatter.
			found[found.length - 1] = { ...last, text: last.text + bare(match[0]), endLine: line }
			continue
		}
		found.push({ text: isText ? bare(match[0]) : match[0], isText, line: start, endLine: line })
	}
	return found
}

/** The script with its texts and comments changed, its code as it is. */
export function mapTexts(script: string, change: (text: string) => string): string {
	return script.replace(pattern, (part, ...match: unknown[]) => {
		const { comment, triple, text } = match.at(-1) as Readonly<Record<string, string | undefined>>
		return (comment ?? triple ?? text) === undefined ? part : change(part)
	})
}

/** A text literal without what a formatter may change in it. */
const bare = (literal: string): string => literal.replaceAll(/['"\\\s]/g, '')
