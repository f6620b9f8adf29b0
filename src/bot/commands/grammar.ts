/**
 * What a comment says to Reglue: its first line that is neither empty, nor quoted, nor code, when that line starts with
 * `/migrate`. Only that line counts; whatever a person writes below it is for people.
 */

/** The line without `/migrate`, in words. */
export interface Spoken {
	/** The whole line, as it was written, for the answer. */
	readonly line: string
	/** In lower case; `''` for a bare `/migrate`. */
	readonly verb: string
	readonly words: readonly Word[]
	/** Why the line cannot be read; then there are no words. */
	readonly problem?: string
}

export interface Word {
	readonly text: string
	/** Part of it was quoted: it is a value, even when it starts with dashes. */
	readonly quoted: boolean
}

/** Longer lines are no commands that anybody typed. */
const longestLine = 2000

/** Characters that no command needs and that would make an answer look other than it is: controls and bidirectional marks. */
const unprintable = /(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

/** @returns undefined where the comment is not for us */
export function readComment(body: string): Spoken | undefined {
	const line = firstLine(body)
	if (line === undefined || !/^\/migrate(?:\s|$)/i.test(line)) return undefined
	if (line.length > longestLine) return broken(line.slice(0, 80), `the line is longer than ${longestLine} characters`)
	if (unprintable.test(line)) {
		return broken(
			line.replace(new RegExp(unprintable, 'gu'), '\uFFFD'),
			'the line holds characters that cannot be seen',
		)
	}
	const words = split(line.slice('/migrate'.length))
	if (typeof words === 'string') return broken(line, words)
	const [verb, ...rest] = words
	return { line, verb: verb?.text.toLowerCase() ?? '', words: rest }
}

const broken = (line: string, problem: string): Spoken => ({ line, verb: '', words: [], problem })

/** The first line that a person wrote as such: not empty, not quoted, not code. */
function firstLine(body: string): string | undefined {
	let fence: string | undefined
	for (const raw of body.split(/\r\n|\r|\n/)) {
		const mark = /^ {0,3}(`{3,}|~{3,})/.exec(raw)?.[1]
		if (fence !== undefined) {
			// A fence ends with a line of at least as many of the same marks, and nothing else.
			if (mark?.startsWith(fence) === true && raw.trim() === mark) fence = undefined
			continue
		}
		if (mark !== undefined) {
			fence = mark
			continue
		}
		if (raw.trim() === '' || /^ {0,3}>/.test(raw) || /^(?: {4}| {0,3}\t)/.test(raw)) continue
		return raw.trim()
	}
	return undefined
}

/** Opening marks and what closes them; phones and office programs turn straight quotes into curly ones. */
const quotes: ReadonlyMap<string, string> = new Map([
	['"', '"'],
	["'", "'"],
	['`', '`'],
	['“', '”'],
	['‘', '’'],
])

/** Words as in a shell, but nothing is ever expanded. @returns the reason where a quote stays open */
function split(text: string): readonly Word[] | string {
	const words: Word[] = []
	let word: { text: string; quoted: boolean } | undefined
	const characters = Array.from(text)
	for (let at = 0; at < characters.length; at++) {
		const character = characters[at] ?? ''
		const close = quotes.get(character)
		if (/\s/.test(character)) {
			if (word !== undefined) words.push(word)
			word = undefined
		} else if (close === undefined) {
			word = { text: (word?.text ?? '') + character, quoted: word?.quoted ?? false }
		} else {
			const inside = quoted(characters, at + 1, close)
			if (inside === undefined) return `the quote ${character} is never closed`
			word = { text: (word?.text ?? '') + inside.text, quoted: true }
			at = inside.end
		}
	}
	return word === undefined ? words : [...words, word]
}

/** Text up to the closing mark; a backslash before that mark, or before another backslash, is taken out. */
function quoted(
	characters: readonly string[],
	start: number,
	close: string,
): { readonly text: string; readonly end: number } | undefined {
	let text = ''
	for (let at = start; at < characters.length; at++) {
		const [character = '', next] = [characters[at], characters[at + 1]]
		if (character === close) return { text, end: at }
		if (character === '\\' && (next === close || next === '\\') && close === '"') {
			text += next
			at += 1
		} else text += character
	}
	return undefined
}
