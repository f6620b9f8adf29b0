/** Statements of BASIC routines that stand on one line. Those that change a part of a value assign the whole value. */
import type { Token } from './lexer.ts'
import { readExpression, readTarget } from './parser.ts'
import type { Statement } from './routine-syntax.ts'
import type { ElementNode, NameNode, SyntaxNode } from './syntax.ts'
import { isWord, type TokenStream } from './token-stream.ts'

type Read = (stream: TokenStream, start: number) => Statement | undefined

/** The statement that comes next; undefined, with nothing taken, where it is none of these. */
export function simpleStatement(stream: TokenStream): Statement | undefined {
	const first = stream.peek()
	const word = first.kind === 'name' ? first.text.toLowerCase() : ''
	const assigned = stream.attempt(() => assignment(stream))
	if (assigned !== undefined) return assigned
	const read = Object.hasOwn(statements, word) ? statements[word] : undefined
	if (read === undefined) return undefined
	return stream.attempt(() => {
		stream.next()
		return read(stream, first.span.start)
	})
}

export const isEnd = (token: Token): boolean =>
	token.kind === 'line' || token.kind === 'end' || token.text === ';' || isWord(token, 'else', 'end')

export function skipStatement(stream: TokenStream): void {
	while (!['line', 'end'].includes(stream.peek().kind) && stream.peek().text !== ';') stream.next()
}

export function other(stream: TokenStream, first: Token): Statement {
	skipStatement(stream)
	return { kind: 'other', word: first.text.slice(0, 40), span: stream.since(first.span.start) }
}

/** `x = …`, `x<2> = …`, `x += …`, `x -= …`, `x := …`. */
function assignment(stream: TokenStream): Statement | undefined {
	const { start } = stream.peek().span
	if (isWord(stream.peek(), 'let') && stream.peek(1).kind === 'name') stream.next()
	const read = readTarget(stream)
	const target = read?.node
	const operator = read?.assigned ? '=' : target && stream.takeSymbol('=', '+=', '-=', ':=')
	if (target === undefined || operator === undefined) return undefined
	const right = readExpression(stream)
	const span = stream.since(start)
	if (operator === '=') return stored(target, right, 'REPLACE', stream, start)
	const sign = operator === '+=' ? '+' : operator === '-=' ? '-' : ':'
	return stored(target, { kind: 'binary', operator: sign, left: target, right, span }, 'REPLACE', stream, start)
}

type Target = NameNode | ElementNode

/** The variable with a new value; of an element, the array with the element replaced, inserted or deleted. */
function stored(
	target: Target,
	value: SyntaxNode | undefined,
	how: 'REPLACE' | 'INSERT' | 'DELETE',
	stream: TokenStream,
	start: number,
): Statement | undefined {
	const span = stream.since(start)
	if (target.kind === 'name') return value && { kind: 'assign', name: target.name, value, span }
	const { operand, parts } = target
	if (operand.kind !== 'name') return undefined
	const zero: SyntaxNode = { kind: 'number', digits: '0', span }
	const places = [0, 1, 2].map((level) => parts[level] ?? zero)
	const args = [operand, ...places, ...(value === undefined ? [] : [value])]
	return { kind: 'assign', name: operand.name, value: { kind: 'call', name: how, args, span }, span }
}

/** `EQUATE name TO value`. */
const equate: Read = (stream, start) => {
	const name = stream.next()
	if (stream.takeWord('to', 'lit', 'literally') === undefined) return undefined
	return { kind: 'assign', name: name.text, value: readExpression(stream), span: stream.since(start) }
}

/** `CALL Name(argument, …)`; one whose name only the run knows (`CALL @name`) is another statement. */
const callStatement: Read = (stream, start) => {
	const name = stream.next()
	if (name.kind !== 'name') return undefined
	const args: SyntaxNode[] = []
	if (stream.takeSymbol('(') !== undefined && stream.takeSymbol(')') === undefined) {
		do args.push(readExpression(stream))
		while (stream.takeSymbol(',') !== undefined)
		stream.expect(')', 'the arguments of CALL')
	}
	return { kind: 'call', name: name.text, args, span: stream.since(start) }
}

const returnStatement: Read = (stream, start) => {
	if (isWord(stream.peek(), 'to')) return undefined
	const value = isEnd(stream.peek()) ? undefined : readExpression(stream)
	return { kind: 'return', value, span: stream.since(start) }
}

const bound =
	(until: boolean): Read =>
	(stream, start) => {
		const condition = readExpression(stream)
		stream.takeWord('do')
		return { kind: 'while', condition, until, span: stream.since(start) }
	}

const jump =
	(kind: 'gosub' | 'goto'): Read =>
	(stream, start) => {
		const label = stream.next()
		if (label.kind !== 'name' && label.kind !== 'number') return undefined
		stream.takeSymbol(':')
		return { kind, label: label.text, span: stream.since(start) }
	}

/** `GO SUB label`, `GO TO label`, `GO label`. */
const go: Read = (stream, start) => {
	if (stream.takeWord('sub') !== undefined) return jump('gosub')(stream, start)
	stream.takeWord('to')
	return jump('goto')(stream, start)
}

/** `INS value BEFORE array<2>`. */
const insert: Read = (stream, start) => {
	const value = readExpression(stream)
	if (stream.takeWord('before') === undefined) return undefined
	const target = readTarget(stream)?.node
	return target?.kind === 'element' ? stored(target, value, 'INSERT', stream, start) : undefined
}

/** `DEL array<2>`. */
const remove: Read = (stream, start) => {
	const target = readTarget(stream)?.node
	return target?.kind === 'element' ? stored(target, undefined, 'DELETE', stream, start) : undefined
}

/** `CONVERT "ab" TO "xy" IN text`. */
const convert: Read = (stream, start) => {
	const from = readExpression(stream)
	if (stream.takeWord('to') === undefined) return undefined
	const to = readExpression(stream)
	const target = stream.takeWord('in') === undefined ? undefined : readTarget(stream)?.node
	if (target?.kind !== 'name') return undefined
	const span = stream.since(start)
	return {
		kind: 'assign',
		name: target.name,
		value: { kind: 'call', name: 'CONVERT', args: [from, to, target], span },
		span,
	}
}

/** `GROUPSTORE new IN text USING start, number, delimiter`; fields are what it replaces unless it says otherwise. */
const groupStore: Read = (stream, start) => {
	const fresh = readExpression(stream)
	const target = stream.takeWord('in') === undefined ? undefined : readTarget(stream)?.node
	if (target?.kind !== 'name' || stream.takeWord('using') === undefined) return undefined
	const [from, count, delimiter] = [readExpression(stream), next(stream), next(stream)]
	if (count === undefined) return undefined
	const span = stream.since(start)
	const by: SyntaxNode = delimiter ?? { kind: 'name', name: '@FM', span }
	const value: SyntaxNode = { kind: 'call', name: 'FIELDSTORE', args: [target, by, from, count, fresh], span }
	return { kind: 'assign', name: target.name, value, span }
}

const next = (stream: TokenStream): SyntaxNode | undefined =>
	stream.takeSymbol(',') === undefined ? undefined : readExpression(stream)

const leave =
	(kind: 'exit' | 'continue'): Read =>
	(stream, start) => ({ kind, span: stream.since(start) })

const statements: Readonly<Record<string, Read>> = {
	call: callStatement,
	continue: leave('continue'),
	convert,
	del: remove,
	equ: equate,
	equate,
	exit: leave('exit'),
	go,
	gosub: jump('gosub'),
	goto: jump('goto'),
	groupstore: groupStore,
	ins: insert,
	return: returnStatement,
	until: bound(true),
	while: bound(false),
}
