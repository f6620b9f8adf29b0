/** Operators of both languages, by the types of their operands. */
import { valueText } from '#model/json-values.ts'
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import { intOf, isFloat, isText } from '../operations/numbers.ts'
import type { BinaryOperator, ScriptLanguage } from '../syntax.ts'
import { callOf, coerce, convert, isNumber, textOf } from './coerce.ts'
import { numberOf } from './enumerations.ts'
import { outside } from './outside.ts'
import { spanSum } from './span-sums.ts'
import { isEnumeration, isReference, sameType, underlying } from './types.ts'

const { string, boolean, int, long, double, decimal } = scriptTypes

const arithmetic: Readonly<Partial<Record<BinaryOperator, string>>> = {
	'+': 'Add',
	'-': 'Subtract',
	'*': 'Multiply',
	'/': 'Divide',
	'%': 'Remainder',
	'\\': 'Divide',
}
const comparison: Readonly<Partial<Record<BinaryOperator, string>>> = {
	'==': 'Equal',
	'!=': 'NotEqual',
	'<': 'Less',
	'<=': 'LessOrEqual',
	'>': 'Greater',
	'>=': 'GreaterOrEqual',
}
const bits: Readonly<Partial<Record<BinaryOperator, string>>> = {
	'&': 'And',
	'|': 'Or',
	xor: 'Xor',
	'strict-and': 'And',
	'strict-or': 'Or',
}

const shifts: Readonly<Partial<Record<BinaryOperator, string>>> = { '<<': 'ShiftLeft', '>>': 'ShiftRight' }

/** The left side alone is promoted (C# specification 12.11); Visual Basic keeps its small types. */
function shifted(
	name: string,
	left: ScriptExpression,
	right: ScriptExpression,
	language: ScriptLanguage,
): ScriptExpression {
	const small = intOf(left.type) ?? outside(`a ${scriptTypeKey(left.type)} that is shifted`, left)
	if (small.bits < 32 && language === 'vb') return outside('bits of a small number that are shifted', left)
	const type = small.bits < 32 ? int : left.type
	return callOf(`Number.${name}`, [coerce(left, type, language), coerce(right, int, language)], type, left.line)
}

/** `x ^ y` of Visual Basic. */
function power(left: ScriptExpression, right: ScriptExpression, language: ScriptLanguage): ScriptExpression {
	return callOf('Math.Pow', [coerce(left, double, language), coerce(right, double, language)], double, left.line)
}

/** `left op right`; `and`, `or` and `coalesce` are not among them, because they may leave their right side alone. */
export function binaryOf(
	operator: BinaryOperator,
	left: ScriptExpression,
	right: ScriptExpression,
	language: ScriptLanguage,
): ScriptExpression {
	const { line } = left
	if (language === 'csharp' && asCodes(operator, left.type, right.type))
		return binaryOf(operator, codeOf(left), codeOf(right), language)
	if (operator === 'concat' || (operator === '+' && (isText(left.type) || isText(right.type))))
		return joined(operator, left, right, language)
	if (isEnumeration(left.type) || isEnumeration(right.type)) return countedDays(operator, left, right, language)
	if (operator === 'is' || operator === 'is-not') return same(operator === 'is', left, right, line)
	const compared = comparison[operator]
	if (compared !== undefined) return comparedOf(compared, left, right, language)
	const bit = bits[operator]
	if (bit !== undefined && sameType(left.type, boolean) && sameType(right.type, boolean))
		return logical(operator, left, right, line)
	const sum = spanSum(operator, left, right)
	if (sum !== undefined) return sum
	const shift = shifts[operator]
	if (shift !== undefined) return shifted(shift, left, right, language)
	if (operator === '^') return power(left, right, language)
	const type =
		promoted(operator, left.type, right.type, language) ??
		outside(`${scriptTypeKey(left.type)} ${operator} ${scriptTypeKey(right.type)}`, left)
	const args = [coerce(left, type, language), coerce(right, type, language)]
	if (bit !== undefined && intOf(type) !== undefined) return callOf(`Number.${bit}`, args, type, line)
	const name = arithmetic[operator]
	if (name === undefined) return outside(`the operator ${operator}`, left)
	if (scriptTypeKey(type) === 'float32') return outside('arithmetic of single precision', left)
	return callOf(`Number.${name}${language === 'vb' && intOf(type) !== undefined ? 'Checked' : ''}`, args, type, line)
}

/** In Visual Basic `+` counts where one side is a number. */
function joined(
	operator: BinaryOperator,
	left: ScriptExpression,
	right: ScriptExpression,
	language: ScriptLanguage,
): ScriptExpression {
	if (operator === '+' && language === 'vb' && !(isText(left.type) && isText(right.type)))
		return outside('+ of a text and a number', left)
	return concatenated(left, right)
}

/** Values of an enumeration are compared and told apart as their numbers; what C# adds to one stays one of it. */
function countedDays(
	operator: BinaryOperator,
	left: ScriptExpression,
	right: ScriptExpression,
	language: ScriptLanguage,
): ScriptExpression {
	const isBits = bits[operator] !== undefined && sameType(left.type, right.type)
	if (isBits) return { ...binaryOf(operator, numberOf(left), numberOf(right), language), type: left.type }
	const isCounted = comparison[operator] !== undefined || operator === '-' || language === 'vb'
	if (!isCounted) return outside(`${operator} with a value of an enumeration`, left)
	return binaryOf(operator, numberOf(left), numberOf(right), language)
}

/** Characters are numbers for C# where it counts with them, or compares them with one (C# specification 10.2.3). */
function asCodes(operator: BinaryOperator, left: ScriptType, right: ScriptType): boolean {
	if (left.kind !== 'char' && right.kind !== 'char') return false
	const isNumeric = (type: ScriptType): boolean => type.kind === 'char' || isNumber(type)
	if (!isNumeric(left) || !isNumeric(right)) return false
	return arithmetic[operator] !== undefined || left.kind !== right.kind
}

const codeOf = (value: ScriptExpression): ScriptExpression =>
	value.type.kind === 'char' ? callOf('Char.Code', [value], int, value.line) : value

const isMoment = (type: ScriptType): boolean => scriptTypeKey(type) === 'timestamp'

function logical(
	operator: BinaryOperator,
	left: ScriptExpression,
	right: ScriptExpression,
	line: number,
): ScriptExpression {
	const name = operator === 'xor' ? 'Xor' : operator === '&' || operator === 'strict-and' ? 'And' : 'Or'
	return callOf(`Logic.${name}`, [left, right], boolean, line)
}

export function concatenated(left: ScriptExpression, right: ScriptExpression): ScriptExpression {
	const parts = [left, right].map((part) => notNull(textOf(part)))
	const [first = left, second = right] = parts
	if (first.kind === 'literal' && second.kind === 'literal') {
		return {
			kind: 'literal',
			value: `${valueText(first.value)}${valueText(second.value)}`,
			type: string,
			line: left.line,
		}
	}
	return callOf('String.Concat', [first, second], string, left.line)
}

/** A text that cannot be null: null counts as nothing where texts are put together. */
export function notNull(value: ScriptExpression): ScriptExpression {
	if (value.kind === 'literal' && value.value === null) return { ...value, value: '' }
	return mayBeNull(value) ? callOf('String.OrEmpty', [value], string, value.line) : value
}

/** Reading a null column raises, variables of the package are never null, and operations give values. */
function mayBeNull(value: ScriptExpression): boolean {
	if (!isReference(value.type)) return false
	switch (value.kind) {
		case 'local':
		case 'field':
		case 'invoke':
			return true
		case 'literal':
			return value.value === null
		case 'choose':
			return mayBeNull(value.then) || mayBeNull(value.otherwise)
		case 'query':
			return value.how === 'first' || value.how === 'find'
		case 'coalesce':
			return mayBeNull(value.right)
		case 'call':
			return (
				value.operation.startsWith('TryParse') ||
				value.operation.endsWith('.ReadLine') ||
				/^Web\.(?!Uri)/.test(value.operation) ||
				/^(?:List\.(?:Item|ElementAt|(?:First|Last)(?:OrNull)?)|Map\.(?:Item|Find)|Object\.Get)$/.test(value.operation)
			)
		default:
			return false
	}
}

function same(isSame: boolean, left: ScriptExpression, right: ScriptExpression, line: number): ScriptExpression {
	const nothing = right.kind === 'literal' && right.value === null
	if (!nothing || !isReference(left.type)) return outside('a comparison of objects', left)
	return callOf(isSame ? 'Compare.Equal' : 'Compare.NotEqual', [left, right], boolean, line)
}

function comparedOf(
	name: string,
	left: ScriptExpression,
	right: ScriptExpression,
	language: ScriptLanguage,
): ScriptExpression {
	const { line } = left
	const isEquality = name === 'Equal' || name === 'NotEqual'
	if (isNull(right) || isNull(left)) {
		const other = isNull(right) ? left : right
		if (!isEquality || !isReference(other.type)) return outside('a comparison with null', left)
		// In Visual Basic Nothing equals the empty text.
		if (language === 'vb' && isText(other.type))
			return callOf(
				`Compare.${name}`,
				[notNull(other), { kind: 'literal', value: '', type: string, line }],
				boolean,
				line,
			)
		return callOf(`Compare.${name}`, [other, isNull(right) ? right : left], boolean, line)
	}
	if (isText(left.type) && isText(right.type)) {
		if (!isEquality) return outside('the order of texts, which follows the culture', left)
		const sides = language === 'vb' ? [notNull(left), notNull(right)] : [left, right]
		return callOf(`Compare.${name}`, sides, boolean, line)
	}
	const type = sameType(left.type, right.type) ? left.type : commonType(left, right, language)
	if (type === undefined || !isComparable(type, isEquality))
		return outside(`the comparison of a ${scriptTypeKey(left.type)} with a ${scriptTypeKey(right.type)}`, left)
	return callOf(`Compare.${name}`, [coerce(left, type, language), coerce(right, type, language)], boolean, line)
}

const isNull = (value: ScriptExpression): boolean => value.kind === 'literal' && value.value === null

function isComparable(type: ScriptType, isEquality: boolean): boolean {
	if (isNumber(type) || type.kind === 'char' || isMoment(type)) return true
	const key = scriptTypeKey(type)
	return key === 'TimeSpan' || (isEquality && (key === 'boolean' || key === 'uuid'))
}

function commonType(left: ScriptExpression, right: ScriptExpression, language: ScriptLanguage): ScriptType | undefined {
	if (isNumber(left.type) && isNumber(right.type)) return promoted('+', left.type, right.type, language)
	if (convert(right, left.type, 'csharp') !== undefined) return left.type
	if (convert(left, right.type, 'csharp') !== undefined) return right.type
	return undefined
}

/** Binary numeric promotion: C# specification 12.4.7; Visual Basic widens alike, and `/` of whole numbers gives a double there. */
function promoted(
	operator: BinaryOperator,
	left: ScriptType,
	right: ScriptType,
	language: ScriptLanguage,
): ScriptType | undefined {
	if (!isNumber(left) || !isNumber(right)) return undefined
	const has = (test: (type: ScriptType) => boolean): boolean => test(left) || test(right)
	const ints = intOf(left) !== undefined && intOf(right) !== undefined
	if (language === 'vb' && operator === '/' && ints) return double
	if (has((type) => type.kind === 'decimal')) return has(isFloat) ? (language === 'vb' ? double : undefined) : decimal
	if (has(isFloat))
		return has((type) => scriptTypeKey(type) === 'float64') || language === 'vb' || !ints ? double : undefined
	const keys = [scriptTypeKey(left), scriptTypeKey(right)]
	if (keys.includes('uint64'))
		return keys.every((key) => key.startsWith('u'))
			? { kind: 'value', type: { kind: 'int', bits: 64, signed: false } }
			: undefined
	if (keys.includes('int64')) return long
	if (keys.includes('uint32'))
		return keys.some((key) => /^int/.test(key))
			? long
			: { kind: 'value', type: { kind: 'int', bits: 32, signed: false } }
	return int
}

/** The type of both branches of a choice. */
export function unified(
	left: ScriptExpression,
	right: ScriptExpression,
	language: ScriptLanguage,
): ScriptType | undefined {
	if (sameType(left.type, right.type)) return left.type
	// `(int?)null` says of which type it is.
	if (isNull(left)) return underlying(left.type) === undefined ? right.type : left.type
	if (isNull(right)) return underlying(right.type) === undefined ? left.type : right.type
	return commonType(left, right, language)
}
