/** Simple shell commands, told from all others: one program, words in quotes or not, nothing that a shell would expand. */
import type { Expression } from '#model/expressions.ts'
import { textLiteral } from '../expressions.ts'

/** A piece of a command: text as written, or a value that is known when it runs. */
export type Piece = string | Expression

export interface Word {
	readonly pieces: readonly Piece[]
	/** Without quotes the shell would split values at blanks and expand patterns in them. */
	readonly quoted: boolean
}

/** What a shell reads as more than a character. Inside double quotes fewer signs do. */
const special = /[|<>;&`$(){}[\]*?~\\!#\n\r]/
const specialInQuotes = /[`$\\!]/

/** The words of a command, or why it is more than a simple one. */
export function wordsOf(pieces: readonly Piece[]): readonly Word[] | { readonly problem: string } {
	const words: { pieces: Piece[]; quoted: boolean }[] = []
	let current: { pieces: Piece[]; quoted: boolean } | undefined
	let quote = ''
	const add = (piece: Piece): void => {
		current ??= { pieces: [], quoted: true }
		const last = current.pieces.at(-1)
		if (typeof piece === 'string' && typeof last === 'string') current.pieces[current.pieces.length - 1] = last + piece
		else if (piece !== '') current.pieces.push(piece)
		if (quote === '' && typeof piece !== 'string') current.quoted = false
	}
	for (const piece of pieces.flatMap((one): readonly Piece[] => (typeof one === 'string' ? Array.from(one) : [one]))) {
		const role = roleOf(piece, quote)
		const sign = typeof piece === 'string' ? piece : ''
		if (role === 'special') return { problem: `the shell reads "${sign}" in it` }
		if (role === 'quote') {
			quote = quote === '' ? sign : ''
			add('')
		} else if (role === 'blank') {
			if (current !== undefined) words.push(current)
			current = undefined
		} else add(piece)
	}
	if (quote !== '') return { problem: 'a quote in it is never closed' }
	return current === undefined ? words : [...words, current]
}

function roleOf(piece: Piece, quote: string): 'quote' | 'blank' | 'special' | 'part' {
	if (typeof piece !== 'string') return 'part'
	if (quote !== '') {
		if (piece === quote) return 'quote'
		return quote === '"' && specialInQuotes.test(piece) ? 'special' : 'part'
	}
	if (piece === '"' || piece === "'") return 'quote'
	if (piece === ' ' || piece === '\t') return 'blank'
	return special.test(piece) ? 'special' : 'part'
}

/** Text of a word that holds no value. */
export function plainWord({ pieces }: Word): string | undefined {
	const [piece, ...more] = pieces
	if (piece === undefined) return ''
	return typeof piece === 'string' && more.length === 0 ? piece : undefined
}

export const wordPieces = ({ pieces }: Word): readonly Expression[] =>
	pieces.map((piece) => (typeof piece === 'string' ? textLiteral(piece) : piece))
