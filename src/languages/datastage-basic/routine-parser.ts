/** Parser of BASIC routines (IBM: DataStage BASIC reference, statements). What it does not know becomes an `other` statement. */
import type { Token } from './lexer.ts'
import { tokenize } from './lexer.ts'
import { readExpression, readTarget } from './parser.ts'
import { isEnd, other, simpleStatement, skipStatement } from './routine-statements.ts'
import type { Routine, Statement } from './routine-syntax.ts'
import type { SyntaxNode } from './syntax.ts'
import { describe, isWord, type TokenStream, tokenStream } from './token-stream.ts'

const MAX_DEPTH = 100
/** Statements that say something about the program and do nothing when it runs. */
const silent = ['deffun', 'declare', 'null', 'precision.default', 'prompt.default']

/** Comments become blanks, so that places in the text stay what they are. */
function withoutComments(text: string): string {
	const blank = (part: string): string => ' '.repeat(part.length)
	return text
		.split('\n')
		.map((line) => {
			if (/^\s*(?:[*!]|rem\b)/i.test(line)) return blank(line)
			const code = /^(?:[^"'\\;]|"[^"]*"|'[^']*'|\\[^\\]*\\|;(?!\s*(?:[*!]|rem\b)))*/i.exec(line)?.[0] ?? ''
			return code + blank(line.slice(code.length))
		})
		.join('\n')
}

/** Reads a routine. Never throws; problems say what could not be read. */
export function parseRoutine(name: string, text: string): Routine {
	const code = withoutComments(text)
	const stream = tokenStream(tokenize(code, true), code.length)
	skipLines(stream)
	const parameters = header(stream)
	const body = statements(stream, (token) => isWord(token, 'end'), 0)
	// END may stand at the end of the whole.
	if (stream.takeWord('end') !== undefined) skipLines(stream)
	const rest = stream.peek()
	if (rest.kind !== 'end') stream.problem(`${describe(rest)} is not expected after END`)
	return { name, parameters, body, problems: stream.problems, text }
}

function skipLines(stream: TokenStream): void {
	while (stream.peek().kind === 'line' || stream.peek().text === ';') stream.next()
}

/** `FUNCTION Name(Arg1, Arg2)` or `SUBROUTINE Name(…)`. */
function header(stream: TokenStream): readonly string[] {
	if (stream.takeWord('function', 'subroutine') === undefined) {
		stream.problem('a routine begins with FUNCTION or SUBROUTINE')
		return []
	}
	if (stream.peek().kind === 'name') stream.next()
	const parameters: string[] = []
	if (stream.takeSymbol('(') === undefined || stream.takeSymbol(')') !== undefined) return parameters
	do parameters.push(stream.next().text)
	while (stream.takeSymbol(',') !== undefined)
	stream.expect(')', 'the arguments of the routine')
	return parameters
}

type Ends = (token: Token) => boolean

/** Statements up to a word that ends them, which stays. */
function statements(stream: TokenStream, ends: Ends, depth: number): readonly Statement[] {
	const found: Statement[] = []
	for (;;) {
		skipLines(stream)
		const next = stream.peek()
		if (next.kind === 'end' || ends(next)) return found
		const before = next.span.start
		found.push(...statement(stream, depth))
		// Whatever happens, each turn takes something.
		if (stream.peek().span.start === before && stream.peek().kind !== 'end') stream.next()
	}
}

function statement(stream: TokenStream, depth: number): readonly Statement[] {
	const first = stream.peek()
	const { start } = first.span
	if (depth > MAX_DEPTH) return [other(stream, first)]
	if (stream.takeWord('if') !== undefined) return [ifStatement(stream, start, depth)]
	if (isWord(first, 'begin') && isWord(stream.peek(1), 'case')) return caseStatement(stream, depth)
	if (stream.takeWord('for') !== undefined) return [forStatement(stream, start, depth)]
	if (stream.takeWord('loop') !== undefined) return [loopStatement(stream, start, depth)]
	if (isWord(first, ...silent)) {
		skipStatement(stream)
		return []
	}
	// Files of the product declare names and functions.
	if (isWord(first, '$include', '$insert') && isWord(stream.peek(1), 'dsinclude')) {
		skipStatement(stream)
		return []
	}
	if (isWord(first, 'locate')) return located(stream, depth) ?? [other(stream, first)]
	const label = labelOf(stream)
	if (label !== undefined) return [{ kind: 'label', name: label, span: stream.since(start) }]
	return [simpleStatement(stream) ?? other(stream, first)]
}

/** A number, or a name with a colon right after it, where a statement begins. */
function labelOf(stream: TokenStream): string | undefined {
	const [first, second] = [stream.peek(), stream.peek(1)]
	const colon = second.kind === 'symbol' && second.text === ':'
	if (first.kind !== 'number' && !(first.kind === 'name' && colon)) return undefined
	stream.next()
	if (colon) stream.next()
	// `100*` is a label with an empty comment behind it.
	else if (stream.peek().text === '*') skipStatement(stream)
	return first.text
}

function ifStatement(stream: TokenStream, start: number, depth: number): Statement {
	const condition = readExpression(stream)
	const then = branch(stream, 'then', depth)
	const otherwise = branch(stream, 'else', depth)
	if (then === undefined && otherwise === undefined) stream.problem('an IF has neither THEN nor ELSE')
	return { kind: 'if', condition, then: then ?? [], otherwise: otherwise ?? [], span: stream.since(start) }
}

/** What follows THEN or ELSE, which may stand on a line of its own: the rest of the line, or lines up to END. */
function branch(stream: TokenStream, word: 'then' | 'else', depth: number): readonly Statement[] | undefined {
	const begins = stream.attempt(() => {
		skipLines(stream)
		return stream.takeWord(word)
	})
	if (begins === undefined) return undefined
	if (stream.peek().kind !== 'line') return onLine(stream, depth)
	const body = statements(stream, (token) => isWord(token, 'end'), depth + 1)
	stream.expectWord('END', `the lines of ${word.toUpperCase()}`)
	return body
}

function onLine(stream: TokenStream, depth: number): readonly Statement[] {
	const found: Statement[] = []
	for (;;) {
		const next = stream.peek()
		if (next.kind === 'line' || next.kind === 'end' || isWord(next, 'else')) return found
		if (next.text === ';') {
			stream.next()
			continue
		}
		found.push(...statement(stream, depth + 1))
		const after = stream.peek()
		if (!isEnd(after)) {
			stream.problem(`${describe(after)} is not expected here`)
			skipStatement(stream)
		}
	}
}

/** BEGIN CASE … CASE condition … END CASE, as nested Ifs. */
function caseStatement(stream: TokenStream, depth: number): readonly Statement[] {
	const { start } = stream.next().span
	stream.next()
	const branches: { readonly condition: SyntaxNode; readonly body: readonly Statement[] }[] = []
	skipLines(stream)
	while (stream.takeWord('case') !== undefined) {
		const condition = readExpression(stream)
		branches.push({ condition, body: statements(stream, (token) => isWord(token, 'case', 'end'), depth + 1) })
		skipLines(stream)
	}
	stream.expectWord('END', 'the cases')
	stream.expectWord('CASE', 'END')
	const span = stream.since(start)
	return branches.reduceRight<readonly Statement[]>(
		(otherwise, { condition, body }) => [{ kind: 'if', condition, then: body, otherwise, span }],
		[],
	)
}

/**
 * `LOCATE value IN array SETTING place THEN … ELSE …` searches fields, with `array<field>` the values of a field. The place is
 * where the value stands, or where it could be added (IBM: DataStage BASIC, LOCATE statement).
 */
function located(stream: TokenStream, depth: number): readonly Statement[] | undefined {
	const { start } = stream.peek().span
	const found = stream.attempt(() => {
		stream.next()
		const parenthesised = stream.takeSymbol('(') !== undefined
		const value = readExpression(stream)
		if (parenthesised ? stream.takeSymbol(',') === undefined : stream.takeWord('in') === undefined) return undefined
		const array = parenthesised ? searched(stream) : readTarget(stream)?.node
		if (array === undefined) return undefined
		if (parenthesised ? stream.takeSymbol(';') === undefined : stream.takeWord('setting') === undefined)
			return undefined
		const place = stream.next()
		if (parenthesised) stream.expect(')', 'the variable of LOCATE')
		return place.kind === 'name' ? { value, array, place: place.text } : undefined
	})
	if (found === undefined) return undefined
	const { value, array, place } = found
	const then = branch(stream, 'then', depth)
	const otherwise = branch(stream, 'else', depth)
	const span = stream.since(start)
	const marks = ['@FM', '@VM', '@SM'] as const
	const level = array.kind === 'element' ? array.parts.length : 0
	const mark: SyntaxNode = { kind: 'name', name: marks[level] ?? '@SM', span }
	const at: SyntaxNode = { kind: 'name', name: locatedAt, span }
	const zero: SyntaxNode = { kind: 'number', digits: '0', span }
	const one: SyntaxNode = { kind: 'number', digits: '1', span }
	const condition: SyntaxNode = { kind: 'binary', operator: '>', left: at, right: zero, span }
	const count: SyntaxNode = { kind: 'call', name: 'DCOUNT', args: [array, mark], span }
	const behind: SyntaxNode = { kind: 'binary', operator: '+', left: count, right: one, span }
	const search: SyntaxNode = { kind: 'call', name: 'LOCATE', args: [value, array, mark], span }
	return [
		{ kind: 'assign', name: locatedAt, value: search, span },
		{ kind: 'assign', name: place, value: { kind: 'if', condition, then: at, otherwise: behind, span }, span },
		{ kind: 'if', condition, then: then ?? [], otherwise: otherwise ?? [], span },
	]
}

/** The array that LOCATE searches: `array`, `array<1>`, or `array, 1` in parentheses. */
function searched(stream: TokenStream): SyntaxNode | undefined {
	const array = readTarget(stream)?.node
	if (array?.kind !== 'name') return array
	const parts: SyntaxNode[] = []
	while (stream.takeSymbol(',') !== undefined) parts.push(readExpression(stream))
	return parts.length === 0 ? array : { kind: 'element', operand: array, parts, span: stream.since(array.span.start) }
}

/** Where LOCATE found something, or 0: no variable of BASIC can be called so. */
const locatedAt = '$LocatedAt'

function forStatement(stream: TokenStream, start: number, depth: number): Statement {
	const variable = stream.next().text
	stream.expect('=', 'the variable of FOR')
	const from = readExpression(stream)
	stream.expectWord('TO', 'the first value of FOR')
	const to = readExpression(stream)
	const step = stream.takeWord('step') === undefined ? undefined : readExpression(stream)
	const body = statements(stream, (token) => isWord(token, 'next'), depth + 1)
	stream.expectWord('NEXT', 'the body of FOR')
	if (stream.peek().kind === 'name') stream.next()
	return { kind: 'for', variable, from, to, step, body, span: stream.since(start) }
}

function loopStatement(stream: TokenStream, start: number, depth: number): Statement {
	const body = statements(stream, (token) => isWord(token, 'repeat'), depth + 1)
	stream.expectWord('REPEAT', 'the body of LOOP')
	return { kind: 'loop', body, span: stream.since(start) }
}
