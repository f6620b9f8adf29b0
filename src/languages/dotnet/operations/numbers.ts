/** Arithmetic and comparison. Whole numbers of C# wrap around, those of Visual Basic raise; decimals hold 28 digits. */
import {
	add,
	compare,
	divideRounded,
	multiply,
	negate,
	powerOfTen,
	remainder,
	rescale,
	subtract,
} from '#model/decimal.ts'
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import type { IntType } from '#model/types.ts'
import { intRange } from '#model/types.ts'
import type { Decimal } from '#model/values.ts'
import { makeDecimal } from '#model/values.ts'
import type { Py } from '../../python.ts'
import { atom, binary, call, loose, unary } from '../../python.ts'
import type { ScriptOperation } from '../operation.ts'
import type { ScriptValue } from '../runtime.ts'
import { asBoolean, asDecimal, asFloat, asInt, raise } from '../runtime.ts'

const { boolean, object } = scriptTypes

/** The integer type of a script type, if it is one. */
export const intOf = (type: ScriptType): IntType | undefined =>
	type.kind === 'value' && type.type.kind === 'int' ? type.type : undefined
export const isFloat = (type: ScriptType): boolean => type.kind === 'value' && type.type.kind === 'float'
export const isText = (type: ScriptType): boolean => type.kind === 'value' && type.type.kind === 'string'

/** Keeps as many bits as the type has. */
export function wrapped(value: bigint, type: IntType): bigint {
	return type.signed ? BigInt.asIntN(type.bits, value) : BigInt.asUintN(type.bits, value)
}

export function inRange(value: bigint, type: IntType): bigint {
	const { min, max } = intRange(type)
	return value < min || value > max
		? raise('OverflowException', 'Arithmetic operation resulted in an overflow.')
		: value
}

/** 28 digits, the last rounded to even, as the context of Python's decimals has them too (a 29th digit of .NET is lost). */
export function settled(value: Decimal): Decimal {
	const digits = (value.unscaled < 0n ? -value.unscaled : value.unscaled).toString().length
	const most = 28
	if (digits <= most && value.scale <= most) return value
	const scale = Math.min(most, value.scale - Math.max(0, digits - most))
	if (scale < 0) return raise('OverflowException', 'Value was either too large or too small for a Decimal.')
	return rescale(value, scale, 'half-even')
}

const divideByZero = (): never => raise('DivideByZeroException', 'Attempted to divide by zero.')

/** The quotient with 28 significant digits, without needless zeros at its end. */
function quotient(left: Decimal, right: Decimal): Decimal {
	if (right.unscaled === 0n) return divideByZero()
	if (left.unscaled === 0n) return makeDecimal(0n, Math.max(0, left.scale - right.scale))
	const size = (value: Decimal): number =>
		(value.unscaled < 0n ? -value.unscaled : value.unscaled).toString().length - value.scale
	const ideal = left.scale - right.scale
	for (let places = 28 - (size(left) - size(right)); places >= 0; places -= 1) {
		const scaled = left.unscaled * powerOfTen(Math.max(0, places + right.scale - left.scale))
		const by = right.unscaled * powerOfTen(Math.max(0, left.scale - right.scale - places))
		let value = makeDecimal(divideRounded(scaled, by, 'half-even'), places)
		if (value.unscaled.toString().replace('-', '').length > 28) continue
		while (value.scale > Math.max(0, ideal) && value.unscaled % 10n === 0n)
			value = makeDecimal(value.unscaled / 10n, value.scale - 1)
		return value
	}
	return raise('OverflowException', 'Value was either too large or too small for a Decimal.')
}

interface Meaning {
	readonly name: string
	readonly sign: '+' | '-' | '*' | '/' | '%'
	readonly ints: (left: bigint, right: bigint) => bigint
	readonly decimals: (left: Decimal, right: Decimal) => Decimal
	readonly floats: (left: number, right: number) => number
}

const meanings: readonly Meaning[] = [
	{
		name: 'Add',
		sign: '+',
		ints: (left, right) => left + right,
		decimals: (left, right) => settled(add(left, right)),
		floats: (left, right) => left + right,
	},
	{
		name: 'Subtract',
		sign: '-',
		ints: (left, right) => left - right,
		decimals: (left, right) => settled(subtract(left, right)),
		floats: (left, right) => left - right,
	},
	{
		name: 'Multiply',
		sign: '*',
		ints: (left, right) => left * right,
		decimals: (left, right) => settled(multiply(left, right)),
		floats: (left, right) => left * right,
	},
	{
		name: 'Divide',
		sign: '/',
		ints: (left, right) => (right === 0n ? divideByZero() : left / right),
		decimals: quotient,
		floats: (left, right) => left / right,
	},
	{
		name: 'Remainder',
		sign: '%',
		ints: (left, right) => (right === 0n ? divideByZero() : left % right),
		decimals: (left, right) => (right.unscaled === 0n ? divideByZero() : settled(remainder(left, right))),
		floats: (left, right) => left % right,
	},
]

function arithmetic(meaning: Meaning, checked: boolean): ScriptOperation {
	return {
		id: `Number.${meaning.name}${checked ? 'Checked' : ''}`,
		parameters: [object, object],
		result: object,
		evaluate: ([left, right], { result }) => {
			const int = intOf(result)
			if (int !== undefined) {
				const value = meaning.ints(asInt(left), asInt(right))
				return checked ? inRange(value, int) : wrapped(value, int)
			}
			return isFloat(result)
				? meaning.floats(asFloat(left), asFloat(right))
				: meaning.decimals(asDecimal(left), asDecimal(right))
		},
		python: ([left, right], { result }) => arithmeticText(meaning, left, right, result, checked),
	}
}

function arithmeticText({ sign }: Meaning, left: Py, right: Py, result: ScriptType, checked: boolean): Py {
	const int = intOf(result)
	if (int === undefined) {
		if (!isFloat(result)) return sign === '%' ? binary('%', left, right) : binary(sign, left, right)
		if (sign === '/') return call('divide', left, right)
		return sign === '%' ? call('math.fmod', left, right) : binary(sign, left, right)
	}
	if (sign === '%') return call('remainder', left, right)
	const plain = sign === '/' ? call('quotient', left, right) : binary(sign, left, right)
	// Only the least number by -1 leaves the range.
	if (sign === '/' && right.code !== '-1' && /^\d+$/.test(right.code)) return plain
	return bounded(plain, int, checked)
}

/** `whole(a + b, 32)` wraps around, `checked(a + b, 32)` raises. */
export function bounded(value: Py, { bits, signed }: IntType, isChecked: boolean): Py {
	const name = isChecked ? (signed ? 'checked' : 'checked_unsigned') : signed ? 'whole' : 'unsigned'
	return call(name, value, bits)
}

const comparisons = [
	{ name: 'Equal', column: 'equal', sign: '==', holds: (order: number) => order === 0 },
	{ name: 'NotEqual', column: 'unequal', sign: '!=', holds: (order: number) => order !== 0 },
	{ name: 'Less', column: 'less', sign: '<', holds: (order: number) => order < 0 },
	{ name: 'LessOrEqual', column: 'less-or-equal', sign: '<=', holds: (order: number) => order <= 0 },
	{ name: 'Greater', column: 'greater', sign: '>', holds: (order: number) => order > 0 },
	{ name: 'GreaterOrEqual', column: 'greater-or-equal', sign: '>=', holds: (order: number) => order >= 0 },
] as const

/** -1, 0, 1 of two values of one kind; NaN compares with nothing. */
export function order(left: ScriptValue, right: ScriptValue): number {
	if (typeof left === 'object' && left !== null && left.kind === 'decimal') return compare(left, asDecimal(right))
	const [first, second] = [comparable(left), comparable(right)]
	if (first < second) return -1
	if (first > second) return 1
	return first === second ? 0 : Number.NaN
}

/** What JavaScript compares: numbers, texts, and the microseconds of moments and lengths of time. */
function comparable(value: ScriptValue): bigint | number | string {
	if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'string') return value
	if (typeof value !== 'object' || value === null) return value === true ? 1n : 0n
	if ('micros' in value) return value.micros
	const micros = value.kind === 'thing' ? value.state['micros'] : undefined
	if (typeof micros === 'bigint') return micros
	throw new Error(`a ${value.kind} has no order`)
}

const comparisonOperations: readonly ScriptOperation[] = comparisons.map(({ name, column, sign, holds }) => ({
	id: `Compare.${name}`,
	parameters: [object, object],
	result: boolean,
	evaluate: ([left, right]) => {
		if (left === undefined || right === undefined || left === null || right === null) {
			if (sign === '==' || sign === '!=') return (left === right) === (sign === '==')
			return false
		}
		const between = order(left, right)
		return Number.isNaN(between) ? sign === '!=' : holds(between)
	},
	python: ([left, right]) => {
		if (right.code === 'None' && (sign === '==' || sign === '!='))
			return loose(`${operand(left)} ${sign === '==' ? 'is' : 'is not'} None`)
		return binary(sign, left, right)
	},
	column: (args, apply) => apply(`ssis.${column}`, args),
}))

export const operand = (part: Py): string =>
	part.level === 'loose' || part.level === 'comparison' ? `(${part.code})` : part.code

export const numberOperations: readonly ScriptOperation[] = [
	...meanings.flatMap((meaning) => [arithmetic(meaning, false), arithmetic(meaning, true)]),
	...comparisonOperations,
	{
		// A counter that starts at a literal and goes in small steps never leaves its range.
		id: 'Number.Step',
		parameters: [object, object],
		result: object,
		evaluate: ([left, by]) => asInt(left) + asInt(by),
		python: ([left, by]) =>
			by.code.startsWith('-') ? binary('-', left, atom(by.code.slice(1))) : binary('+', left, by),
	},
	{
		id: 'Number.Negate',
		parameters: [object],
		result: object,
		evaluate: ([value], { result }) => {
			const int = intOf(result)
			if (int !== undefined) return wrapped(-asInt(value), int)
			return isFloat(result) ? -asFloat(value) : negate(asDecimal(value))
		},
		python: ([value], { result }) => {
			const int = intOf(result)
			return int === undefined ? unary('-', value) : bounded(unary('-', value), int, false)
		},
	},
	...(
		[
			['And', '&', (left: bigint, right: bigint) => left & right],
			['Or', '|', (left: bigint, right: bigint) => left | right],
			['Xor', '^', (left: bigint, right: bigint) => left ^ right],
		] as const
	).map(
		([name, sign, meaning]): ScriptOperation => ({
			id: `Number.${name}`,
			parameters: [object, object],
			result: object,
			evaluate: ([left, right]) => meaning(asInt(left), asInt(right)),
			python: ([left, right]) => binary(sign, left, right),
		}),
	),
	{
		id: 'Logic.Not',
		parameters: [boolean],
		result: boolean,
		evaluate: ([value]) => !asBoolean(value),
		python: ([value]) => notText(value),
		column: (args, apply) => apply('shared.not', args),
	},
	// Both sides are evaluated, whatever the first one says.
	...(
		[
			['And', '&', (left: boolean, right: boolean) => left && right],
			['Or', '|', (left: boolean, right: boolean) => left || right],
		] as const
	).map(
		([name, sign, meaning]): ScriptOperation => ({
			id: `Logic.${name}`,
			parameters: [boolean, boolean],
			result: boolean,
			evaluate: ([left, right]) => meaning(asBoolean(left), asBoolean(right)),
			python: ([left, right]) => binary(sign, left, right),
		}),
	),
	{
		id: 'Logic.Xor',
		parameters: [boolean, boolean],
		result: boolean,
		evaluate: ([left, right]) => asBoolean(left) !== asBoolean(right),
		python: ([left, right]) => binary('!=', left, right),
	},
]

/** `not x`, or the turned test where one says it better. */
export function notText(value: Py): Py {
	const test = /^(\S+|[\w.]+\([^()]*\)) is (not )?None$/.exec(value.code)
	if (test !== null) return loose(`${test[1] ?? ''} is ${test[2] === undefined ? 'not ' : ''}None`)
	if (value.code.startsWith('not ') && !/ (?:and|or|if) /.test(value.code)) return atom(value.code.slice(4))
	return loose(`not ${value.level === 'loose' ? `(${value.code})` : value.code}`)
}
