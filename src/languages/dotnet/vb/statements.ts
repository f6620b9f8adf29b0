/** Visual Basic statements. */
import type { AssignOperator, CatchClause, LocalSyntax, Statement, SwitchCase, Syntax, TypeName } from '../syntax.ts'
import { typeNamed } from '../syntax.ts'
import type { Cursor } from './cursor.ts'
import { oneMore, readArguments, readExpression, readNew, readPostfix } from './expressions.ts'
import { labelNamed, onErrorGoTo, resumeNext } from './on-error.ts'
import { readType } from './types.ts'

/** Reads statements until one of these words stands where a statement would. */
export function readStatements(cursor: Cursor, ...ends: readonly string[]): readonly Statement[] {
	const statements: Statement[] = []
	for (;;) {
		cursor.skipEnds()
		if (cursor.isOver) return cursor.fail(`${ends[0] ?? 'the end'} was expected`)
		if (cursor.seesAny(ends)) return statements
		statements.push(...readStatement(cursor))
		if (!cursor.seesAny(ends)) cursor.endStatement()
	}
}

const compound: Readonly<Record<string, AssignOperator>> = {
	'=': '=',
	'+=': '+',
	'-=': '-',
	'*=': '*',
	'/=': '/',
	'\\=': '\\',
	'^=': '^',
	'&=': 'concat',
	'<<=': '<<',
	'>>=': '>>',
}

function readStatement(cursor: Cursor): readonly Statement[] {
	const { line } = cursor
	const { key } = cursor.peek()
	const reader = Object.hasOwn(readers, key) ? readers[key] : undefined
	// A word of the language that is followed by an assignment is a name all the same: `Next = 1` cannot be, `Step = 1` can.
	if (reader !== undefined && !cursor.seesSign('=', 1) && !cursor.seesSign('.', 1)) {
		cursor.next()
		return reader(cursor, line)
	}
	if (cursor.atLineStart && cursor.peek().kind === 'word' && cursor.seesSign(':', 1))
		return [{ kind: 'other', what: labelNamed(cursor.name()), line }]
	const target = readPostfix(cursor)
	const operator = cursor.peek().kind === 'sign' ? compound[cursor.peek().text] : undefined
	if (operator !== undefined) {
		cursor.next()
		return [{ kind: 'assign', target, operator, value: readExpression(cursor), line }]
	}
	if (target.kind === 'call') return [{ kind: 'expression', value: target, line }]
	if (target.kind === 'member' || target.kind === 'name') {
		const call: Syntax = { kind: 'call', target, args: [], typeArgs: [], line }
		return [{ kind: 'expression', value: call, line }]
	}
	return cursor.fail('a statement was expected')
}

type Reader = (cursor: Cursor, line: number) => readonly Statement[]

const unread =
	(what: string): Reader =>
	(_cursor, line) => [{ kind: 'other', what, line }]

function skipping(what: string): Reader {
	return (cursor, line) => {
		while (!cursor.atEnd) cursor.next()
		return unread(what)(cursor, line)
	}
}

const readers: Readonly<Record<string, Reader>> = {
	dim: (cursor, line) => readLocals(cursor, line),
	const: (cursor, line) => readLocals(cursor, line),
	static: skipping('a Static local'),
	if: readIf,
	while: (cursor, line) => {
		const condition = readExpression(cursor)
		const body = readStatements(cursor, 'end while', 'wend')
		if (!cursor.take('wend')) closed(cursor, 'while')
		return [{ kind: 'while', condition, body, after: false, line }]
	},
	do: readDo,
	for: readFor,
	select: readSelect,
	try: readTry,
	using: readUsing,
	with: readWith,
	return: (cursor, line) => [
		{
			kind: 'return',
			...(cursor.atEnd || cursor.sees('end') || cursor.sees('else') ? {} : { value: readExpression(cursor) }),
			line,
		},
	],
	throw: (cursor, line) => [{ kind: 'throw', ...(cursor.atEnd ? {} : { value: readExpression(cursor) }), line }],
	exit: (cursor, line) => {
		const what = cursor.next().key
		if (what === 'sub' || what === 'function') return [{ kind: 'return', line }]
		if (what === 'try' || what === 'select') return [{ kind: 'other', what: `Exit ${what}`, line }]
		return [{ kind: 'break', line }]
	},
	continue: (cursor, line) => {
		cursor.next()
		return [{ kind: 'continue', line }]
	},
	call: (cursor, line) => {
		const target = readPostfix(cursor)
		const call: Syntax = target.kind === 'call' ? target : { kind: 'call', target, args: [], typeArgs: [], line }
		return [{ kind: 'expression', value: call, line }]
	},
	redim: readResize,
	erase: skipping('Erase'),
	on: readOnError,
	goto: skipping('GoTo'),
	resume: skipping('Resume'),
	raiseevent: skipping('RaiseEvent'),
	addhandler: skipping('AddHandler'),
	removehandler: skipping('RemoveHandler'),
	synclock: skipping('SyncLock'),
	end: skipping('End'),
	stop: skipping('Stop'),
}

/** `On Error Resume Next`, `On Error GoTo 0`, `On Error GoTo Handler`. */
function readOnError(cursor: Cursor, line: number): readonly Statement[] {
	cursor.expect('error')
	if (cursor.take('resume', 'next')) return [{ kind: 'other', what: resumeNext, line }]
	cursor.expect('goto')
	const sign = cursor.takeSign('-') ? '-' : ''
	return [{ kind: 'other', what: onErrorGoTo(sign + cursor.next().text), line }]
}

/** `ReDim a(5)`, `ReDim Preserve a(5), b(n)`: another array, or one with the same items. */
function readResize(cursor: Cursor, line: number): readonly Statement[] {
	const keeps = cursor.take('preserve')
	const statements: Statement[] = []
	do {
		const target: Syntax = { kind: 'name', name: cursor.name(), line }
		const [bound, ...more] = readArguments(cursor)
		if (bound === undefined || more.length > 0) {
			statements.push({ kind: 'other', what: 'ReDim of several dimensions', line })
			continue
		}
		const size = oneMore(bound.value)
		const resized: Syntax = {
			kind: 'call',
			target: { kind: 'name', name: 'redim preserve', line },
			args: [target, size].map((value) => ({ value, byReference: false })),
			typeArgs: [],
			line,
		}
		const value: Syntax = keeps ? resized : { kind: 'array', items: [], size, line }
		statements.push({ kind: 'assign', target, operator: '=', value, line })
	} while (cursor.takeSign(','))
	return statements
}

function closed(cursor: Cursor, what: string): void {
	cursor.expect('end')
	cursor.expect(what)
}

function readLocals(cursor: Cursor, line: number): readonly Statement[] {
	return [{ kind: 'local', locals: readDeclarators(cursor), line }]
}

/** `a, b As Integer, c = 1, d() As String, e As New List(Of String)`. */
export function readDeclarators(cursor: Cursor): readonly LocalSyntax[] {
	const locals: LocalSyntax[] = []
	do {
		const names: { name: string; dimensions: number; size?: Syntax }[] = []
		do {
			const name = cursor.name()
			if (!cursor.seesSign('(')) names.push({ name, dimensions: 0 })
			else {
				const [bound] = readArguments(cursor)
				names.push({ name, dimensions: 1, ...(bound === undefined ? {} : { size: oneMore(bound.value) }) })
			}
		} while (cursor.takeSign(','))
		locals.push(...readTyped(cursor, names))
	} while (cursor.takeSign(','))
	return locals
}

function readTyped(
	cursor: Cursor,
	names: readonly { name: string; dimensions: number; size?: Syntax }[],
): readonly LocalSyntax[] {
	const { line } = cursor
	let type: TypeName | undefined
	let value: Syntax | undefined
	if (cursor.take('as')) {
		if (cursor.take('new')) {
			value = readNew(cursor, line)
			type = value.kind === 'new' ? value.type : undefined
		} else type = readType(cursor)
	}
	if (cursor.takeSign('=')) value = readExpression(cursor)
	return names.map(({ name, dimensions, size }) => {
		const whole = type === undefined && dimensions > 0 ? typeNamed('Object') : type
		const typed = whole === undefined ? {} : { type: { ...whole, dimensions: whole.dimensions + dimensions } }
		const sized: Syntax | undefined =
			size === undefined || whole === undefined
				? undefined
				: { kind: 'array', type: { ...whole, dimensions: 1 }, items: [], size, line }
		const given = value ?? sized
		return { name, ...typed, ...(given === undefined ? {} : { value: given }) }
	})
}

function readIf(cursor: Cursor, line: number): readonly Statement[] {
	const condition = readExpression(cursor)
	cursor.take('then')
	if (!cursor.atEnd) return [readSingleLineIf(cursor, condition, line)]
	const then = readStatements(cursor, 'elseif', 'else', 'end if')
	const at = cursor.line
	// The compiler takes two words for one.
	if (cursor.take('elseif') || cursor.take('else', 'if'))
		return [{ kind: 'if', condition, then, otherwise: readIf(cursor, at), line }]
	const otherwise = cursor.take('else') ? readStatements(cursor, 'end if') : []
	closed(cursor, 'if')
	return [{ kind: 'if', condition, then, otherwise, line }]
}

/** `If a Then b : c Else d`. */
function readSingleLineIf(cursor: Cursor, condition: Syntax, line: number): Statement {
	const part = (): readonly Statement[] => {
		const statements: Statement[] = []
		while (cursor.peek().kind !== 'end' && !cursor.sees('else')) {
			if (cursor.takeSign(':')) continue
			statements.push(...readStatement(cursor))
		}
		return statements
	}
	const then = part()
	const otherwise = cursor.take('else') ? part() : []
	return { kind: 'if', condition, then, otherwise, line }
}

const negated = (condition: Syntax): Syntax => ({
	kind: 'unary',
	operator: 'not',
	operand: condition,
	line: condition.line,
})

function readDo(cursor: Cursor, line: number): readonly Statement[] {
	const until = cursor.take('until')
	if (until || cursor.take('while')) {
		const condition = readExpression(cursor)
		const body = readStatements(cursor, 'loop')
		cursor.expect('loop')
		return [{ kind: 'while', condition: until ? negated(condition) : condition, body, after: false, line }]
	}
	const body = readStatements(cursor, 'loop')
	cursor.expect('loop')
	const untilAfter = cursor.take('until')
	if (!untilAfter && !cursor.take('while')) {
		return [
			{ kind: 'while', condition: { kind: 'literal', type: 'boolean', text: 'true', line }, body, after: false, line },
		]
	}
	const condition = readExpression(cursor)
	return [{ kind: 'while', condition: untilAfter ? negated(condition) : condition, body, after: true, line }]
}

function readFor(cursor: Cursor, line: number): readonly Statement[] {
	const each = cursor.take('each')
	const name = cursor.name()
	const type = cursor.take('as') ? { type: readType(cursor) } : {}
	const finish = (): readonly Statement[] => {
		const body = readStatements(cursor, 'next')
		cursor.expect('next')
		if (!cursor.atEnd) cursor.name()
		return body
	}
	if (each) {
		cursor.expect('in')
		const source = readExpression(cursor)
		return [{ kind: 'foreach', name, ...type, source, body: finish(), line }]
	}
	cursor.expectSign('=')
	const from = readExpression(cursor)
	cursor.expect('to')
	const to = readExpression(cursor)
	const step = cursor.take('step') ? { step: readExpression(cursor) } : {}
	return [{ kind: 'count', name, ...type, declares: 'type' in type, from, to, ...step, body: finish(), line }]
}

function readSelect(cursor: Cursor, line: number): readonly Statement[] {
	cursor.take('case')
	const value = readExpression(cursor)
	cursor.skipEnds()
	const cases: SwitchCase[] = []
	while (cursor.take('case')) {
		const isDefault = cursor.take('else')
		const labels: SwitchCase['labels'][number][] = []
		if (!isDefault) {
			do labels.push(readLabel(cursor))
			while (cursor.takeSign(','))
		}
		cases.push({ labels, isDefault, body: readStatements(cursor, 'case', 'end select') })
	}
	closed(cursor, 'select')
	return [{ kind: 'switch', value, cases, line }]
}

function readLabel(cursor: Cursor): SwitchCase['labels'][number] {
	cursor.take('is')
	const sign = cursor.peek().kind === 'sign' ? cursor.peek().text : ''
	if (['<', '<=', '>', '>=', '=', '<>'].includes(sign)) {
		cursor.next()
		const operator = sign === '=' ? '==' : sign === '<>' ? '!=' : (sign as '<' | '<=' | '>' | '>=')
		return { kind: 'comparison', operator, value: readExpression(cursor) }
	}
	const value = readExpression(cursor)
	return cursor.take('to') ? { kind: 'range', from: value, to: readExpression(cursor) } : { kind: 'value', value }
}

function readTry(cursor: Cursor, line: number): readonly Statement[] {
	const body = readStatements(cursor, 'catch', 'finally', 'end try')
	const catches: CatchClause[] = []
	while (cursor.take('catch')) {
		const name = cursor.atEnd || cursor.sees('when') ? {} : { name: cursor.name() }
		const type = cursor.take('as') ? { type: readType(cursor) } : {}
		const filtered = cursor.take('when')
		if (filtered) readExpression(cursor)
		catches.push({ ...name, ...type, filtered, body: readStatements(cursor, 'catch', 'finally', 'end try') })
	}
	const last = cursor.take('finally') ? readStatements(cursor, 'end try') : []
	closed(cursor, 'try')
	return [{ kind: 'try', body, catches, last, line }]
}

function readUsing(cursor: Cursor, line: number): readonly Statement[] {
	const isDeclared = cursor.peek(1).key === 'as' || cursor.seesSign('=', 1)
	const head = isDeclared ? { locals: readDeclarators(cursor) } : { locals: [], value: readExpression(cursor) }
	const body = readStatements(cursor, 'end using')
	closed(cursor, 'using')
	return [{ kind: 'using', ...head, body, line }]
}

/** `With x … .Member … End With`: the names inside that begin with a dot belong to x. */
function readWith(cursor: Cursor, line: number): readonly Statement[] {
	const value = readExpression(cursor)
	const body = readStatements(cursor, 'end with')
	closed(cursor, 'with')
	if (value.kind !== 'name') return [{ kind: 'other', what: 'With on something that has no name', line }]
	return [{ kind: 'block', body: withTarget(body, value), line }]
}

/** The same tree with another expression in the place of the nameless target. */
function withTarget<T>(tree: T, target: Syntax): T {
	if (Array.isArray(tree)) return tree.map((one: unknown) => withTarget(one, target)) as T
	if (typeof tree !== 'object' || tree === null) return tree
	if ('kind' in tree && tree.kind === 'name' && 'name' in tree && tree.name === 'with') return target as T
	return Object.fromEntries(
		Object.entries(tree).map(([key, value]) => [key, withTarget(value as unknown, target)]),
	) as T
}
