/** Parser of BASIC routines (IBM: DataStage BASIC reference, statements). What it does not know becomes an `other` statement. */
import type { Token } from './lexer.ts'
import { tokenize } from './lexer.ts'
import { readExpression } from './parser.ts'
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
	const body = statements(stream, () => false, 0)
	return { name, parameters, body, problems: stream.problems, text }
}

function skipLines(stream: TokenStream): void {
	while (stream.peek().kind === 'line' || stream.peek().text === ';') stream.next()
}

function skipStatement(stream: TokenStream): void {
	while (!['line', 'end'].includes(stream.peek().kind) && stream.peek().text !== ';') stream.next()
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
	if (stream.takeWord('return') !== undefined) {
		const value = isEnd(stream.peek()) ? undefined : readExpression(stream)
		return [{ kind: 'return', value, span: stream.since(start) }]
	}
	if (isWord(first, ...silent)) {
		skipStatement(stream)
		return []
	}
	if (isWord(first, 'equate', 'equ')) return [equate(stream, start)]
	if (isWord(first, 'call')) return [callStatement(stream, first)]
	// Files of the product declare names and functions.
	if (isWord(first, '$include', '$insert') && isWord(stream.peek(1), 'dsinclude')) {
		skipStatement(stream)
		return []
	}
	return [assignment(stream) ?? other(stream, first)]
}

const isEnd = (token: Token): boolean =>
	token.kind === 'line' || token.kind === 'end' || token.text === ';' || isWord(token, 'else', 'end')

function other(stream: TokenStream, first: Token): Statement {
	skipStatement(stream)
	return { kind: 'other', word: first.text.slice(0, 40), span: stream.since(first.span.start) }
}

function equate(stream: TokenStream, start: number): Statement {
	const first = stream.next()
	const name = stream.next()
	if (stream.takeWord('to', 'lit', 'literally') === undefined) return other(stream, first)
	return { kind: 'assign', name: name.text, value: readExpression(stream), span: stream.since(start) }
}

/** `CALL Name(argument, …)`; one whose name only the run knows (`CALL @name`) is another statement. */
function callStatement(stream: TokenStream, first: Token): Statement {
	const name = stream.peek(1)
	if (name.kind !== 'name') return other(stream, first)
	stream.next()
	stream.next()
	const args: SyntaxNode[] = []
	if (stream.takeSymbol('(') !== undefined && stream.takeSymbol(')') === undefined) {
		do args.push(readExpression(stream))
		while (stream.takeSymbol(',') !== undefined)
		stream.expect(')', 'the arguments of CALL')
	}
	return { kind: 'call', name: name.text, args, span: stream.since(first.span.start) }
}

/** `x = …`, `x += …`, `x -= …`, `x := …`. Assignments to parts of a value are other statements. */
function assignment(stream: TokenStream): Statement | undefined {
	const [first, second] = [stream.peek(), stream.peek(1)]
	if (first.kind !== 'name' || second.kind !== 'symbol' || !['=', '+=', '-=', ':='].includes(second.text))
		return undefined
	stream.next()
	stream.next()
	const right = readExpression(stream)
	const span = stream.since(first.span.start)
	const left: SyntaxNode = { kind: 'name', name: first.text, span: first.span }
	const operator = second.text === '+=' ? '+' : second.text === '-=' ? '-' : ':'
	const value: SyntaxNode = second.text === '=' ? right : { kind: 'binary', operator, left, right, span }
	return { kind: 'assign', name: first.text, value, span }
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
