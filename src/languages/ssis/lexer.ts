/** Tokens of the SSIS expression language. Source: Microsoft, "Syntax (SSIS)", "Numeric, String, and Boolean Literals", "Identifiers (SSIS)". */
import type { Span } from '#model/provenance.ts'
import type { Literal } from './literal.ts'
import { readNumber } from './literal.ts'
import { readString } from './text-literal.ts'

export type Token =
	| { readonly kind: 'literal'; readonly literal: Literal; readonly span: Span }
	/** A bare or bracketed name: column, component, function, type, TRUE, FALSE. */
	| { readonly kind: 'name'; readonly name: string; readonly bracketed: boolean; readonly span: Span }
	/** `#123` or `#{refId}`. */
	| { readonly kind: 'lineage'; readonly id: string; readonly span: Span }
	/** `@Name` or `@[Namespace::Name]`. */
	| { readonly kind: 'variable'; readonly namespace?: string; readonly name: string; readonly span: Span }
	| { readonly kind: 'symbol'; readonly symbol: string; readonly span: Span }
	| { readonly kind: 'bad'; readonly message: string; readonly span: Span }
	| { readonly kind: 'end'; readonly span: Span }

const blanks = /[\s\u00a0\ufeff]+/y
const identifier = /[\p{L}_][\p{L}\p{Nd}_@$#]*/uy
const bracketed = /\[([^[\]]*)\]/y
const variable = /@(?:([\p{L}_][\p{L}\p{Nd}_@$#]*)|\[([^[\]]*)\])/uy
const lineage = /#(?:\{([^}]*)\}|(\d+))/y
const symbol = /&&|\|\||==|!=|<=|>=|[-+*/%&|^~!?:(),.=<>]/y

/** All tokens of a text, the last is `end`. Never throws: what fits no rule becomes a `bad` token. */
export function tokenize(text: string): readonly Token[] {
	const tokens: Token[] = []
	let at = 0
	while (at < text.length) {
		at += matchAt(blanks, text, at)?.[0].length ?? 0
		if (at >= text.length) break
		const token = nextToken(text, at)
		tokens.push(token)
		at = token.span.end
	}
	tokens.push({ kind: 'end', span: { start: text.length, end: text.length } })
	return tokens
}

function matchAt(rule: RegExp, text: string, at: number): RegExpExecArray | null {
	rule.lastIndex = at
	return rule.exec(text)
}

function nextToken(text: string, start: number): Token {
	const first = text.charAt(start)
	if (first === '"') return readString(text, start)
	const number = readNumber(text, start)
	if (number !== undefined) return number
	return readName(text, start) ?? readSymbol(text, start)
}

function readName(text: string, start: number): Token | undefined {
	const name = matchAt(identifier, text, start)
	if (name !== null)
		return { kind: 'name', name: name[0], bracketed: false, span: { start, end: start + name[0].length } }
	const quoted = matchAt(bracketed, text, start)
	if (quoted !== null) {
		return { kind: 'name', name: quoted[1] ?? '', bracketed: true, span: { start, end: start + quoted[0].length } }
	}
	const reference = matchAt(lineage, text, start)
	if (reference !== null) {
		return {
			kind: 'lineage',
			id: reference[1] ?? reference[2] ?? '',
			span: { start, end: start + reference[0].length },
		}
	}
	const variableName = matchAt(variable, text, start)
	return variableName === null ? undefined : variableToken(variableName, start)
}

function variableToken(match: RegExpExecArray, start: number): Token {
	const span = { start, end: start + match[0].length }
	const full = (match[1] ?? match[2] ?? '').trim()
	const colons = full.indexOf('::')
	if (colons < 0) return { kind: 'variable', name: full, span }
	return { kind: 'variable', namespace: full.slice(0, colons).trim(), name: full.slice(colons + 2).trim(), span }
}

function readSymbol(text: string, start: number): Token {
	const match = matchAt(symbol, text, start)
	if (match !== null) return { kind: 'symbol', symbol: match[0], span: { start, end: start + match[0].length } }
	const character = String.fromCodePoint(text.codePointAt(start) ?? 0)
	return { kind: 'bad', message: describeBad(character), span: { start, end: start + character.length } }
}

function describeBad(character: string): string {
	if (character === "'") return 'single quotation marks do not delimit text; use double ones'
	if (character === '[' || character === ']') return 'this bracket has no partner'
	if (character === '@') return '@ must be followed by a variable name'
	if (character === '#') return '# must be followed by a lineage id'
	return `the character ${JSON.stringify(character)} has no meaning here`
}
