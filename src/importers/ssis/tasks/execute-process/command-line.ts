/**
 * Command lines of Windows, as far as they can be understood without its command interpreter: words, quotes, commands that
 * follow each other when they succeed, output that goes nowhere (Microsoft: cmd, Command shell overview).
 */
import type { Refusal } from '../../flow/parts.ts'
import { refuse } from '../../flow/parts.ts'
import type { Piece, Word } from './words.ts'

export interface Command {
	readonly words: readonly Word[]
}

type Sign = Piece

/** Between words. */
const blank = /[ \t]/

/** The commands of a line for cmd, each of which runs when the one before it succeeded; or why it is more than is understood. */
export function commandsOf(pieces: readonly Piece[]): readonly Command[] | Refusal {
	const commands: Command[] = []
	let words: Word[] = []
	const signs = signsOf(withoutOuterQuotes(pieces))
	for (let at = 0; at < signs.length; ) {
		const sign = signs[at] ?? ''
		const hidden = typeof sign === 'string' ? hiddenOutput(signs, at) : 0
		if (hidden > 0) at += hidden
		else if (sign === '&' && signs[at + 1] === '&') {
			commands.push({ words })
			words = []
			at += 2
		} else if (typeof sign === 'string' && blank.test(sign)) at += 1
		else {
			const read = readWord(signs, at, special)
			if ('reason' in read) return read
			words.push(read.word)
			at = read.next
		}
	}
	return [...commands, { words }].filter((command) => command.words.length > 0)
}

/** The words of a program's arguments; the program itself reads its quotes, and no other sign means anything. */
export function argumentsOf(pieces: readonly Piece[]): readonly Word[] | Refusal {
	const words: Word[] = []
	const signs = signsOf(pieces)
	for (let at = 0; at < signs.length; ) {
		const sign = signs[at] ?? ''
		if (typeof sign === 'string' && blank.test(sign)) at += 1
		else {
			const read = readWord(signs, at, undefined)
			if ('reason' in read) return read
			words.push(read.word)
			at = read.next
		}
	}
	return words
}

/** What cmd reads as more than a character. Environment variables are replaced inside quotes, too. */
const special = /[<>|&^%(),;=@]/

function signsOf(pieces: readonly Piece[]): readonly Sign[] {
	return pieces.flatMap((piece): readonly Sign[] => (typeof piece === 'string' ? Array.from(piece) : [piece]))
}

/** cmd takes the first and the last quote of its line away when it begins with one (Microsoft: cmd, remarks). */
function withoutOuterQuotes(pieces: readonly Piece[]): readonly Piece[] {
	const signs = signsOf(pieces)
	const first = signs.findIndex((sign) => typeof sign !== 'string' || !blank.test(sign))
	const last = signs.lastIndexOf('"')
	if (signs[first] !== '"' || last <= first) return signs
	return signs.filter((_, index) => index !== first && index !== last)
}

/** How many signs send output nowhere: `>nul`, `2>nul`, `1> nul`, `2>&1`. */
function hiddenOutput(signs: readonly Sign[], at: number): number {
	const rest = signs.slice(at, at + 8).map((sign) => (typeof sign === 'string' ? sign : '\u0000'))
	return /^[12]?>{1,2} ?nul(?![^ \t&])|^2>&1/i.exec(rest.join(''))?.[0].length ?? 0
}

function readWord(
	signs: readonly Sign[],
	start: number,
	refused: RegExp | undefined,
): { readonly word: Word; readonly next: number } | Refusal {
	const pieces: Piece[] = []
	let isQuoted = false
	let quoted = true
	let at = start
	for (; at < signs.length; at += 1) {
		const sign = signs[at] ?? ''
		if (typeof sign !== 'string') {
			pieces.push(sign)
			quoted &&= isQuoted
		} else if (sign === '"') isQuoted = !isQuoted
		else if (!isQuoted && (blank.test(sign) || (refused !== undefined && sign === '&' && signs[at + 1] === '&'))) break
		else if (refused?.test(sign) === true && (!isQuoted || sign === '%'))
			return refuse(`the command interpreter of Windows reads ${JSON.stringify(sign)} in its command`)
		else {
			const last = pieces.at(-1)
			if (typeof last === 'string') pieces[pieces.length - 1] = last + sign
			else pieces.push(sign)
		}
	}
	return isQuoted ? refuse('a quote in its command is never closed') : { word: { pieces, quoted }, next: at }
}
