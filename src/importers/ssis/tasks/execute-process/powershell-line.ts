/** The arguments of powershell.exe, as far as they hold one plain command (Microsoft: about_PowerShell_exe, about_Parsing). */
import type { Refusal } from '../../flow/parts.ts'
import { refuse } from '../../flow/parts.ts'
import type { Piece, Word } from './words.ts'
import { plainWord } from './words.ts'

/** A command with its parameters told apart: `Move-Item a.txt -Destination b.txt -Force`. All names are in small letters. */
export interface Cmdlet {
	readonly name: string
	readonly named: ReadonlyMap<string, Word>
	readonly switches: ReadonlySet<string>
	readonly others: readonly Word[]
}

/** Settings of the interpreter that say nothing about what its command does; what follows is the command. */
const start =
	/^\s*(?:-(?:nologo|noprofile|nop|noninteractive|noni|sta|mta)\s+|-(?:executionpolicy|ep|ex|exec|windowstyle|w|version)\s+[\w.]+\s+)*(?:-(?:command|c)\s+)?/i

/** What means more than a sign outside of single quotes. Asterisks and question marks are patterns of paths. */
const special = /["$`(){}[\]|&<>@,;#%]/

const blank = /[ \t]/

/** @param switches parameters that take no value */
export function cmdletIn(pieces: readonly Piece[], switches: ReadonlySet<string>): Cmdlet | Refusal {
	const [first, ...rest] = pieces
	if (typeof first !== 'string') return refuse('only the run shows which command it is')
	if (/^\s*(?:-\S+\s+)*-(?:f|file)\s/i.test(first)) return refuse('it runs a script of the old server')
	const words = wordsOf(withoutQuotes([first.replace(start, ''), ...rest]))
	if ('reason' in words) return words
	const [called, ...operands] = words
	const name = called === undefined ? undefined : plainWord(called)
	if (name === undefined || !/^[A-Za-z][\w-]*$/.test(name)) return refuse('only the run shows which command it is')
	return { name: name.toLowerCase(), ...parametersIn(operands, switches) }
}

function parametersIn(operands: readonly Word[], known: ReadonlySet<string>): Omit<Cmdlet, 'name'> {
	const named = new Map<string, Word>()
	const switches = new Set<string>()
	const others: Word[] = []
	for (let at = 0; at < operands.length; at += 1) {
		const word = operands[at]
		if (word === undefined) break
		const parameter = /^-([A-Za-z]+):?$/.exec(plainWord(word) ?? '')?.[1]?.toLowerCase()
		const value = operands[at + 1]
		if (parameter === undefined) others.push(word)
		else if (known.has(parameter) || value === undefined) switches.add(parameter)
		else {
			named.set(parameter, value)
			at += 1
		}
	}
	return { named, switches, others }
}

/** The interpreter is given its command without the quotes around all of it. */
function withoutQuotes(pieces: readonly Piece[]): readonly Piece[] {
	const last = pieces.at(-1)
	const [first] = pieces
	if (typeof first !== 'string' || typeof last !== 'string') return pieces
	const [begins, ends] = [first.trimStart(), last.trimEnd()]
	if (!begins.startsWith('"') || !ends.endsWith('"')) return pieces
	return pieces.length === 1
		? [begins.trimEnd().slice(1, -1)]
		: [begins.slice(1), ...pieces.slice(1, -1), ends.slice(0, -1)]
}

function wordsOf(pieces: readonly Piece[]): readonly Word[] | Refusal {
	const signs = pieces.flatMap((piece): readonly Piece[] => (typeof piece === 'string' ? Array.from(piece) : [piece]))
	const words: { pieces: Piece[]; quoted: boolean }[] = []
	let word: (typeof words)[number] | undefined
	let isQuoted = false
	for (const [at, sign] of signs.entries()) {
		if (typeof sign === 'string' && !isQuoted && special.test(sign))
			return refuse(`PowerShell reads ${JSON.stringify(sign)} in its command`)
		if (typeof sign === 'string' && !isQuoted && blank.test(sign)) {
			word = undefined
			continue
		}
		if (word === undefined) {
			word = { pieces: [], quoted: true }
			words.push(word)
		}
		if (sign === "'") {
			if (isQuoted && signs[at + 1] === "'") return refuse('a quote stands inside quotes in its command')
			isQuoted = !isQuoted
		} else if (typeof sign !== 'string') {
			word.pieces.push(sign)
			word.quoted &&= isQuoted
		} else {
			const last = word.pieces.at(-1)
			if (typeof last === 'string') word.pieces[word.pieces.length - 1] = last + sign
			else word.pieces.push(sign)
		}
	}
	return isQuoted ? refuse('a quote in its command is never closed') : words
}
