/**
 * Python expression text with its precedence, so that parts combine without needless or missing parentheses.
 * Line breaks are ruff's business; this prints one line.
 */
import type { Nulls } from './python-nulls.ts'
import { mayBeNull, neverNull, nullsOfBinary, nullsOfChoice, nullsOfMethod, nullsOfNot } from './python-nulls.ts'

/** How tightly an expression binds; smaller binds tighter. */
export type Level = 'atom' | 'unary' | 'product' | 'sum' | 'bit-and' | 'bit-xor' | 'bit-or' | 'comparison' | 'loose'

const levels: readonly Level[] = [
	'atom',
	'unary',
	'product',
	'sum',
	'bit-and',
	'bit-xor',
	'bit-or',
	'comparison',
	'loose',
]

export interface Py {
	readonly code: string
	readonly level: Level
	/** The texts that it joins, where that is all that it does. */
	readonly joined?: readonly Py[]
	/** When it is null. Absent: nothing is known of it. */
	readonly nulls?: Nulls
	/** Values of a chain of `when` that has no `otherwise` yet. */
	readonly chosen?: readonly Py[]
}

const operatorLevels = {
	'*': 'product',
	'/': 'product',
	'%': 'product',
	'+': 'sum',
	'-': 'sum',
	'&': 'bit-and',
	'^': 'bit-xor',
	'|': 'bit-or',
	'==': 'comparison',
	'!=': 'comparison',
	'<': 'comparison',
	'<=': 'comparison',
	'>': 'comparison',
	'>=': 'comparison',
} as const satisfies Record<string, Level>

export type BinaryOperator = keyof typeof operatorLevels

/** A name, literal, call or anything else that needs no parentheses anywhere. */
export function atom(code: string): Py {
	return { code, level: 'atom' }
}

/** Any expression that must be put in parentheses wherever it is not alone: a lambda, a conditional. */
export function loose(code: string): Py {
	return { code, level: 'loose' }
}

function atMost(part: Py, level: Level): string {
	return levels.indexOf(part.level) <= levels.indexOf(level) ? part.code : `(${part.code})`
}

function below(part: Py, level: Level): string {
	return levels.indexOf(part.level) < levels.indexOf(level) ? part.code : `(${part.code})`
}

/** `left op right`; all are printed left-associative, comparisons never chain. */
export function binary(operator: BinaryOperator, left: Py, right: Py): Py {
	const level = operatorLevels[operator]
	const code =
		level === 'comparison'
			? `${below(left, level)} ${operator} ${compared(right)}`
			: `${atMost(left, level)} ${operator} ${below(right, level)}`
	return known({ code, level }, nullsOfBinary(operator, left, right))
}

/** A column compares itself with plain texts and numbers. */
function compared(right: Py): string {
	const [, plain] = /^F\.lit\(("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?)\)$/.exec(right.code) ?? []
	return plain ?? below(right, 'comparison')
}

export function unary(operator: '-' | '~', operand: Py): Py {
	const text: Py = { code: `${operator}${atMost(operand, 'unary')}`, level: 'unary' }
	return operator === '~' ? known(text, nullsOfNot(operand)) : text
}

const known = (text: Py, nulls: Nulls | undefined): Py => (nulls === undefined ? text : { ...text, nulls })

type Argument = Py | string | number | boolean

/** A number as formatted Python spells it: without the plus sign that JavaScript writes before an exponent. */
export const pyNumber = (value: number): string => String(value).replace('e+', 'e')

function argument(value: Argument): string {
	if (typeof value === 'string') return pyString(value)
	if (typeof value === 'number') return pyNumber(value)
	if (typeof value === 'boolean') return value ? 'True' : 'False'
	return value.code
}

/** `F.name(a, b)`: a function of pyspark.sql.functions. Strings, numbers and booleans become Python literals. */
export function fn(name: string, ...args: readonly Argument[]): Py {
	const text = atom(`F.${name}(${args.map(argument).join(', ')})`)
	if (name === 'when') return { ...text, chosen: args.slice(1).map(asText) }
	const isThere = (value: Argument): boolean => typeof value === 'object' && !mayBeNull(value)
	const isNever = (name === 'lit' && typeof args[0] !== 'object') || (name === 'coalesce' && args.some(isThere))
	return isNever ? { ...text, nulls: neverNull } : text
}

const asText = (value: Argument): Py => (typeof value === 'object' ? value : atom(argument(value)))

/** `F.concat(a, b, c)`: a part that joins texts itself gives its parts, so that a chain reads as one list. */
export function concat(...parts: readonly Py[]): Py {
	const joined = parts.flatMap((part) => part.joined ?? [part])
	return { ...fn('concat', ...joined), joined }
}

/** `name(a, b)`. */
export function call(name: string, ...args: readonly Argument[]): Py {
	return atom(`${name}(${args.map(argument).join(', ')})`)
}

/** `target.name(a, b)`. */
export function method(target: Py, name: string, ...args: readonly Argument[]): Py {
	const text = atom(`${below(target, 'unary')}.${name}(${args.map(argument).join(', ')})`)
	const { chosen } = target
	if (chosen === undefined) return known(text, nullsOfMethod(target, name))
	if (name === 'when') return { ...text, chosen: [...chosen, ...args.slice(1).map(asText)] }
	return known(
		text,
		name === 'otherwise' ? nullsOfChoice([...chosen, ...args.map(asText)]) : nullsOfMethod(target, name),
	)
}

/** `F.lit(value)` for a string, number or boolean. */
export function lit(value: string | number | boolean): Py {
	return fn('lit', value)
}

/** `and` of conditions; `undefined` when there is none. */
export function allOf(parts: readonly Py[]): Py | undefined {
	return parts.reduce<Py | undefined>((sum, part) => (sum === undefined ? part : binary('&', sum, part)), undefined)
}

/** `or` of conditions; `undefined` when there is none. */
export function anyOf(parts: readonly Py[]): Py | undefined {
	return parts.reduce<Py | undefined>((sum, part) => (sum === undefined ? part : binary('|', sum, part)), undefined)
}

/**
 * A Python string literal for any text, double-quoted as ruff prints it. Control characters, lone surrogates and
 * everything that could end a line are escaped, so a name from an export can never break out of its literal.
 */
export function pyString(value: string): string {
	const quote = value.includes('"') && !value.includes("'") ? "'" : '"'
	let code = ''
	for (const character of value) code += escapeCharacter(character, quote)
	return `${quote}${code}${quote}`
}

const shortEscapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escapeCharacter(character: string, quote: string): string {
	if (character === quote) return `\\${quote}`
	const short = shortEscapes[character]
	if (short !== undefined) return short
	const point = character.codePointAt(0) ?? 0
	if (point < 0x20 || (point >= 0x7f && point <= 0xa0)) return `\\x${point.toString(16).padStart(2, '0')}`
	// Line and paragraph separators, narrow blanks, bidirectional controls, byte order mark, lone surrogates: visible, or not valid UTF-8.
	const hidden =
		(point >= 0x200b && point <= 0x200f) || (point >= 0x2028 && point <= 0x202f) || (point >= 0x2060 && point <= 0x2069)
	if (hidden || point === 0xfeff || (point >= 0xd800 && point <= 0xdfff))
		return `\\u${point.toString(16).padStart(4, '0')}`
	return character
}
