/** Visual Basic expressions, by the precedence of the language (Visual Basic specification, 11.3). */
import type { Argument, BinaryOperator, LiteralKind, Syntax, TypeName } from '../syntax.ts'
import { typeNamed } from '../syntax.ts'
import type { Cursor } from './cursor.ts'
import { readType } from './types.ts'

/** Levels from the loosest; words and signs with the operator that they mean. */
const levels: readonly Readonly<Record<string, BinaryOperator>>[] = [
	{ xor: 'xor' },
	{ or: 'strict-or', orelse: 'or' },
	{ and: 'strict-and', andalso: 'and' },
]
const comparisons: Readonly<Record<string, BinaryOperator>> = {
	'=': '==',
	'<>': '!=',
	'<': '<',
	'<=': '<=',
	'>': '>',
	'>=': '>=',
	is: 'is',
	isnot: 'is-not',
	like: 'like',
}
const tighter: readonly Readonly<Record<string, BinaryOperator>>[] = [
	{ '<<': '<<', '>>': '>>' },
	{ '&': 'concat' },
	{ '+': '+', '-': '-' },
	{ mod: '%' },
	{ '\\': '\\' },
	{ '*': '*', '/': '/' },
]

export function readExpression(cursor: Cursor): Syntax {
	return leftToRight(cursor, levels, 0, readNot)
}

function leftToRight(
	cursor: Cursor,
	table: readonly Readonly<Record<string, BinaryOperator>>[],
	level: number,
	below: (cursor: Cursor) => Syntax,
): Syntax {
	const operators = table[level]
	if (operators === undefined) return below(cursor)
	let left = leftToRight(cursor, table, level + 1, below)
	for (;;) {
		const operator = operatorAt(cursor, operators)
		if (operator === undefined) return left
		const { line } = cursor.next()
		left = { kind: 'binary', operator, left, right: leftToRight(cursor, table, level + 1, below), line }
	}
}

function operatorAt(cursor: Cursor, operators: Readonly<Record<string, BinaryOperator>>): BinaryOperator | undefined {
	const token = cursor.peek()
	if (token.kind === 'word') return Object.hasOwn(operators, token.key) ? operators[token.key] : undefined
	return token.kind === 'sign' && Object.hasOwn(operators, token.text) ? operators[token.text] : undefined
}

function readNot(cursor: Cursor): Syntax {
	const { line } = cursor
	if (cursor.take('not')) return { kind: 'unary', operator: 'not', operand: readNot(cursor), line }
	return leftToRight(cursor, [comparisons], 0, (inner) => leftToRight(inner, tighter, 0, readSign))
}

function readSign(cursor: Cursor): Syntax {
	const { line } = cursor
	if (cursor.takeSign('-')) return { kind: 'unary', operator: '-', operand: readSign(cursor), line }
	if (cursor.takeSign('+')) return { kind: 'unary', operator: '+', operand: readSign(cursor), line }
	return readPower(cursor)
}

function readPower(cursor: Cursor): Syntax {
	let left = readPostfix(cursor)
	while (cursor.seesSign('^')) {
		const { line } = cursor.next()
		left = {
			kind: 'binary',
			operator: '^',
			left,
			right: cursor.seesSign('-') ? readSign(cursor) : readPostfix(cursor),
			line,
		}
	}
	return left
}

export function readPostfix(cursor: Cursor): Syntax {
	let value = readPrimary(cursor)
	for (;;) {
		const { line } = cursor
		if (cursor.seesSign('(')) {
			const typeArgs = cursor.peek(1).key === 'of' ? readTypeArguments(cursor) : []
			value = { kind: 'call', target: value, args: cursor.seesSign('(') ? readArguments(cursor) : [], typeArgs, line }
		} else if (cursor.takeSign('.') || cursor.seesSign('?.')) {
			const conditional = cursor.takeSign('?.')
			value = { kind: 'member', target: value, name: cursor.name(), conditional, line }
		} else if (cursor.seesSign('!') && cursor.peek(1).kind === 'word') {
			cursor.next()
			const name = { kind: 'literal', type: 'string', text: cursor.name(), line } as const
			value = { kind: 'call', target: value, args: [{ value: name, byReference: false }], typeArgs: [], line }
		} else return value
	}
}

function readTypeArguments(cursor: Cursor): readonly TypeName[] {
	cursor.expectSign('(')
	cursor.expect('of')
	const types = [readType(cursor)]
	while (cursor.takeSign(',')) types.push(readType(cursor))
	cursor.expectSign(')')
	return types
}

export function readArguments(cursor: Cursor): readonly Argument[] {
	cursor.expectSign('(')
	const values: Argument[] = []
	while (!cursor.seesSign(')')) {
		const { line } = cursor
		const isNamed = cursor.peek().kind === 'word' && cursor.seesSign(':=', 1)
		const named = isNamed ? { name: cursor.name() } : {}
		if (isNamed) cursor.takeSign(':=')
		if (cursor.seesSign(','))
			values.push({ value: { kind: 'other', what: 'an argument that is left out', line }, byReference: false })
		else values.push({ value: readExpression(cursor), byReference: false, ...named })
		if (!cursor.takeSign(',')) break
	}
	cursor.expectSign(')')
	return values
}

function readPrimary(cursor: Cursor): Syntax {
	const token = cursor.peek()
	const { line } = token
	switch (token.kind) {
		case 'string':
		case 'char':
			cursor.next()
			return { kind: 'literal', type: token.kind, text: token.text, line }
		case 'number':
			cursor.next()
			return number(token.text, line)
		case 'date':
			cursor.next()
			return dateLiteral(token.text, line)
		case 'word':
			return readWord(cursor)
		case 'sign':
			break
		case 'end':
			return cursor.fail('an expression was expected')
	}
	if (cursor.takeSign('(')) {
		const inner = readExpression(cursor)
		cursor.expectSign(')')
		return inner
	}
	if (cursor.seesSign('{')) return { kind: 'array', items: readItems(cursor), line }
	if (cursor.takeSign('.'))
		return {
			kind: 'member',
			target: { kind: 'name', name: 'with', line },
			name: cursor.name(),
			conditional: false,
			line,
		}
	return cursor.fail(`'${token.text}' was not expected`)
}

/** `{1, 2}`. */
function readItems(cursor: Cursor): readonly Syntax[] {
	cursor.expectSign('{')
	const items: Syntax[] = []
	while (!cursor.seesSign('}')) {
		items.push(readExpression(cursor))
		if (!cursor.takeSign(',')) break
	}
	cursor.expectSign('}')
	return items
}

const suffixes: Readonly<Record<string, LiteralKind>> = {
	s: 'int',
	i: 'int',
	'%': 'int',
	l: 'long',
	'&': 'long',
	d: 'decimal',
	'@': 'decimal',
	f: 'float',
	'!': 'float',
	r: 'double',
	'#': 'double',
	us: 'uint',
	ui: 'uint',
	ul: 'ulong',
}

function number(written: string, line: number): Syntax {
	const [, hex, octal, plain = '', suffix = ''] =
		/^(?:&h([0-9a-f]+)|&o([0-7]+)|([\d.]+(?:e[+-]?\d+)?))(.*)$/.exec(written.toLowerCase()) ?? []
	const radix = hex === undefined ? octal : hex
	const whole = radix === undefined ? undefined : BigInt(hex === undefined ? `0o${octal ?? '0'}` : `0x${hex}`)
	const isReal = whole === undefined && /[.e]/.test(plain)
	const big = whole ?? (isReal ? 0n : BigInt(plain))
	const type = suffixes[suffix] ?? (isReal ? 'double' : big < 2n ** 31n ? 'int' : 'long')
	return { kind: 'literal', type, text: isReal ? plain : String(big), line }
}

/** `#8/26/2011 1:02:03 PM#` always is month, day, year. */
function dateLiteral(written: string, line: number): Syntax {
	const parts = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:\s+(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?\s*(am|pm)?)?$/i.exec(
		written,
	)
	if (parts === null) return { kind: 'other', what: 'a date literal', line }
	const [, month = '', day = '', year = '', hour = '0', minute = '0', second = '0', half = ''] = parts
	const hours = half === '' ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
	const values = [year, month, day, String(hours), minute, second]
	return {
		kind: 'new',
		type: typeNamed('DateTime'),
		args: values.map((text) => ({
			value: { kind: 'literal', type: 'int', text: String(Number(text)), line },
			byReference: false,
		})),
		line,
	}
}

const casts: ReadonlySet<string> = new Set(['ctype', 'directcast', 'trycast'])

/** Words of the language that are types in an expression (`String.Format`). */
const typeWords: ReadonlySet<string> = new Set([
	'string',
	'integer',
	'long',
	'short',
	'byte',
	'boolean',
	'double',
	'single',
	'decimal',
	'date',
	'object',
	'char',
])

function readWord(cursor: Cursor): Syntax {
	const token = cursor.next()
	const { line } = token
	if (token.key === 'true' || token.key === 'false') return { kind: 'literal', type: 'boolean', text: token.key, line }
	if (token.key === 'nothing') return { kind: 'literal', type: 'null', text: '', line }
	if (token.key === 'me' || token.key === 'myclass') return { kind: 'name', name: 'this', line }
	if (token.key === 'mybase') return { kind: 'name', name: 'base', line }
	if (token.key === 'new') return readNew(cursor, line)
	if (casts.has(token.key)) {
		cursor.expectSign('(')
		const operand = readExpression(cursor)
		cursor.expectSign(',')
		const type = readType(cursor)
		cursor.expectSign(')')
		return { kind: 'cast', type, operand, soft: token.key === 'trycast', line }
	}
	if (token.key === 'gettype' && cursor.seesSign('(')) {
		cursor.expectSign('(')
		const type = readType(cursor)
		cursor.expectSign(')')
		return { kind: 'type', type, line }
	}
	if (token.key === 'typeof') {
		const operand = readPostfix(cursor)
		const negated = cursor.take('isnot')
		if (!negated) cursor.expect('is')
		const test: Syntax = { kind: 'type-test', type: readType(cursor), operand, line }
		return negated ? { kind: 'unary', operator: 'not', operand: test, line } : test
	}
	if (token.key === 'if' && cursor.seesSign('(')) return readIfOperator(cursor, line)
	if (token.key === 'function' && cursor.seesSign('(')) return readLambda(cursor, line)
	if (['addressof', 'function', 'sub', 'from', 'await'].includes(token.key) && !cursor.seesSign('.')) {
		if (token.key !== 'from' || cursor.peek().kind === 'word')
			return cursor.fail(`${token.text} is an expression that is not read`)
	}
	if (typeWords.has(token.key)) return { kind: 'type', type: typeNamed(token.text), line }
	return { kind: 'name', name: token.text.replace(/[%&@!#$]$/, ''), line }
}

/** `Function(x) x.Length > 1`. */
function readLambda(cursor: Cursor, line: number): Syntax {
	cursor.expectSign('(')
	const parameters: string[] = []
	while (!cursor.seesSign(')')) {
		parameters.push(cursor.name())
		if (cursor.take('as')) readType(cursor)
		if (!cursor.takeSign(',')) break
	}
	cursor.expectSign(')')
	if (cursor.atEnd) return cursor.fail('a function of several lines is an expression that is not read')
	return { kind: 'lambda', parameters, body: readExpression(cursor), line }
}

/** `If(a, b, c)` chooses, `If(a, b)` takes b for nothing. */
function readIfOperator(cursor: Cursor, line: number): Syntax {
	const [first, second, third] = readArguments(cursor).map(({ value }) => value)
	if (first === undefined || second === undefined) return cursor.fail('If needs two or three values')
	if (third === undefined) return { kind: 'binary', operator: 'coalesce', left: first, right: second, line }
	return { kind: 'conditional', condition: first, then: second, otherwise: third, line }
}

/** A bound is the last index, so that the array holds one item more. */
export function oneMore(bound: Syntax): Syntax {
	const { line } = bound
	return { kind: 'binary', operator: '+', left: bound, right: { kind: 'literal', type: 'int', text: '1', line }, line }
}

export function readNew(cursor: Cursor, line: number): Syntax {
	const type = readType(cursor, true)
	const args = cursor.seesSign('(') ? readArguments(cursor) : []
	if (cursor.seesSign('{')) {
		const items = readItems(cursor)
		const [bound] = args
		const size = bound === undefined || items.length > 0 ? {} : { size: oneMore(bound.value) }
		return { kind: 'array', type: { ...type, dimensions: 1 }, items, ...size, line }
	}
	if (cursor.take('from')) return { kind: 'new', type, args, items: readItems(cursor), line }
	if (cursor.take('with')) {
		cursor.expectSign('{')
		const members: { name: string; value: Syntax }[] = []
		while (cursor.takeSign('.')) {
			const name = cursor.name()
			cursor.expectSign('=')
			members.push({ name, value: readExpression(cursor) })
			if (!cursor.takeSign(',')) break
		}
		cursor.expectSign('}')
		return { kind: 'new', type, args, members, line }
	}
	return { kind: 'new', type, args, line }
}
