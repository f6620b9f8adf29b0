/** Patterns of grep and sed as regular expressions of the engine's kind (POSIX: basic and extended regular expressions). */
import { patternProblem } from '#languages/datastage-parallel/patterns.ts'

/** `basic`: only `. [ * ^ $` and the backslash are signs; `extended`: those of `grep -E` too; `fixed`: none is. */
export type Grammar = 'basic' | 'extended' | 'fixed'

/** Undefined: it holds something that programs read differently. */
export function linePattern(written: string, grammar: Grammar, caseless: boolean): string | undefined {
	const pieces = grammar === 'fixed' ? Array.from(written).map(quoted) : signs(written, grammar)
	if (pieces === undefined) return undefined
	const pattern = caseless ? withBothCases(pieces) : pieces.join('')
	return pattern === undefined || patternProblem(pattern) !== undefined ? undefined : pattern
}

const token = /\\.|\[\^?\]?[^\]]*\]|./gsu

function signs(written: string, grammar: Exclude<Grammar, 'fixed'>): readonly string[] | undefined {
	const found = written.match(token) ?? []
	const pieces = found.map((one, at) => sign(one, { isFirst: at === 0, isLast: at === found.length - 1 }, grammar))
	return pieces.some((piece) => piece === undefined) ? undefined : pieces.flatMap((piece) => piece ?? [])
}

function sign(
	one: string,
	{ isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
	grammar: Exclude<Grammar, 'fixed'>,
): string | undefined {
	// A backslash inside brackets is a character there, `[:alpha:]` a class of the locale.
	if (one.startsWith('[') && one.length > 1) return /[\\[&]/.test(one.slice(1)) ? undefined : one
	if (one.startsWith('\\')) return /^\\[.[\]*^$/\\]$/.test(one) ? one.replace('\\/', '/') : undefined
	if (one === '[') return undefined
	if (one === '.') return '[^\n]'
	if (grammar === 'extended') return one
	if (one === '*') return isFirst ? '\\*' : one
	if (one === '^') return isFirst ? one : '\\^'
	if (one === '$') return isLast ? one : '\\$'
	return quoted(one)
}

const quoted = (one: string): string => (/[\\^$.*+?()[\]{}|]/.test(one) ? `\\${one}` : one)

/** Letters as classes of both cases; undefined where a class would have to know them, or a letter is not one of ASCII. */
function withBothCases(pieces: readonly string[]): string | undefined {
	if (pieces.some((piece) => piece !== '[^\n]' && piece.length > 1 && /[A-Za-z]/.test(piece))) return undefined
	if (pieces.some((piece) => /[^\p{ASCII}]/u.test(piece))) return undefined
	return pieces
		.map((piece) => (/^[A-Za-z]$/.test(piece) ? `[${piece.toLowerCase()}${piece.toUpperCase()}]` : piece))
		.join('')
}
