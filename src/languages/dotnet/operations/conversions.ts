/** From one type to another: casts, `Parse`, `Convert.To…`, `ToString`. */
import { format, fromBigint, fromNumber, negate, rescale, toBigint, toNumber } from '#model/decimal.ts'
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import type { IntType } from '#model/types.ts'
import { intRange } from '#model/types.ts'
import type { Py } from '../../python.ts'
import { atom, call, loose } from '../../python.ts'
import type { Member, ScriptOperation } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import type { ScriptValue } from '../runtime.ts'
import { asBoolean, asDecimal, asFloat, asInt, asText, raise } from '../runtime.ts'
import { floatText, formatNumber, isNumberFormat, readDecimal, readFloat, readWhole } from './number-text.ts'
import { bounded, inRange, intOf, isFloat, operand, order, settled, wrapped } from './numbers.ts'

const { string, int, boolean, double, decimal, object } = scriptTypes
const anyInt: readonly ScriptType[] = ([8, 16, 32, 64] as const).flatMap((bits) =>
	[true, false].map((signed): ScriptType => ({ kind: 'value', type: { kind: 'int', bits, signed } })),
)
const theInt = (result: ScriptType): IntType => intOf(result) ?? { kind: 'int', bits: 64, signed: true }

const overflow = (): never => raise('OverflowException', 'Value was either too large or too small.')
const badFormat = (): never => raise('FormatException', 'Input string was not in a correct format.')

/** A number that was read, in its type (Microsoft: Int32.Parse). */
function fitting(value: bigint, type: IntType): bigint {
	const { min, max } = intRange(type)
	return value < min || value > max
		? raise('OverflowException', `Value was either too large or too small for an Int${type.bits}.`)
		: value
}

/** A number as another kind of number, digits after the point cut off; whole numbers keep their bits. */
const cast: ScriptOperation = {
	id: 'Cast.Number',
	parameters: [object],
	result: object,
	evaluate: ([value], { result }) => castNumber(value ?? null, result, 'wrap'),
	python: ([value], { args, result }) => castText(value, args[0] ?? object, result, false),
}

function castNumber(value: ScriptValue, result: ScriptType, ints: 'wrap' | 'check'): ScriptValue {
	const type = intOf(result)
	if (type !== undefined) {
		if (typeof value === 'bigint') return ints === 'wrap' ? wrapped(value, type) : inRange(value, type)
		if (typeof value === 'number') return Number.isFinite(value) ? inRange(BigInt(Math.trunc(value)), type) : overflow()
		return inRange(toBigint(asDecimal(value)), type)
	}
	if (isFloat(result))
		return typeof value === 'bigint' ? Number(value) : typeof value === 'number' ? value : toNumber(asDecimal(value))
	if (typeof value === 'bigint') return fromBigint(value)
	if (typeof value === 'number') return decimalOf(value)
	return asDecimal(value)
}

/** .NET rounds to fifteen significant digits on the way from a double to a decimal. */
function decimalOf(value: number) {
	const found = fromNumber(Number(value.toPrecision(15)))
	return found === undefined || Math.abs(value) >= 7.9e28 ? overflow() : settled(found)
}

function castText(value: Py, from: ScriptType, result: ScriptType, checked: boolean): Py {
	const type = intOf(result)
	const source = intOf(from)
	if (type !== undefined) {
		if (source === undefined) return bounded(call('math.trunc', value), type, true)
		const [wide, narrow] = [intRange(type), intRange(source)]
		return narrow.min >= wide.min && narrow.max <= wide.max ? value : bounded(value, type, checked)
	}
	if (isFloat(result))
		return isFloat(from) ? value : /^-?\d+$/.test(value.code) ? atom(`${value.code}.0`) : call('float', value)
	if (source !== undefined) return /^-?\d+$/.test(value.code) ? atom(`Decimal(${value.code})`) : call('Decimal', value)
	return isFloat(from) ? call('decimal_of', value) : value
}

/** `Convert.ToInt32(2.5)`: to the nearest whole number, halves to the even one; out of range raises. */
const round: ScriptOperation = {
	id: 'Convert.Number',
	parameters: [object],
	result: object,
	evaluate: ([value], { result }) => {
		const type = intOf(result)
		if (type === undefined || typeof value === 'bigint') return castNumber(value ?? null, result, 'check')
		if (typeof value === 'boolean') return value ? 1n : 0n
		const exact =
			typeof value === 'number' ? (Number.isFinite(value) ? fromNumber(value) : undefined) : asDecimal(value)
		return exact === undefined ? overflow() : inRange(rescale(exact, 0, 'half-even').unscaled, type)
	},
	python: ([value], { args, result }) => {
		const type = intOf(result)
		const from = args[0] ?? object
		if (type === undefined || intOf(from) !== undefined) return castText(value, from, result, true)
		return bounded(
			from.kind === 'value' && from.type.kind === 'boolean' ? call('int', value) : call('round', value),
			type,
			true,
		)
	},
}

const parseInt_: ScriptOperation = {
	id: 'Parse.Int',
	parameters: [string],
	result: object,
	evaluate: ([value], { result }) => {
		if (value === null) return raise('ArgumentNullException', 'Value cannot be null.')
		return fitting(readWhole(asText(value)) ?? badFormat(), theInt(result))
	},
	python: ([value], { result }) => call('read_int', value, theInt(result).bits),
}

const parses: readonly ScriptOperation[] = [
	parseInt_,
	{
		id: 'Parse.Decimal',
		parameters: [string],
		result: decimal,
		evaluate: ([value]) => settled(readDecimal(asText(value)) ?? badFormat()),
		python: ([value]) => call('read_decimal', value),
	},
	{
		id: 'Parse.Double',
		parameters: [string],
		result: double,
		evaluate: ([value]) => readFloat(asText(value)) ?? badFormat(),
		python: ([value]) => call('read_float', value),
	},
	{
		id: 'Parse.Boolean',
		parameters: [string],
		result: boolean,
		evaluate: ([value]) =>
			readBoolean(asText(value)) ?? raise('FormatException', 'String was not recognized as a valid Boolean.'),
		python: ([value]) => call('read_boolean', value),
	},
	// The value, or null where the text is none: what TryParse is made of.
	{
		id: 'TryParse.Int',
		parameters: [string],
		result: object,
		evaluate: ([value], { result }) => tried(() => inRange(readWhole(asText(value)) ?? badFormat(), theInt(result))),
		python: ([value], { result }) => call('attempt', atom('read_int'), value, theInt(result).bits),
	},
	{
		id: 'TryParse.Decimal',
		parameters: [string],
		result: decimal,
		evaluate: ([value]) => tried(() => settled(readDecimal(asText(value)) ?? badFormat())),
		python: ([value]) => call('attempt', atom('read_decimal'), value),
	},
	{
		id: 'TryParse.Double',
		parameters: [string],
		result: double,
		evaluate: ([value]) => tried(() => readFloat(asText(value)) ?? badFormat()),
		python: ([value]) => call('attempt', atom('read_float'), value),
	},
	{
		id: 'TryParse.Boolean',
		parameters: [string],
		result: boolean,
		evaluate: ([value]) => tried(() => readBoolean(asText(value)) ?? badFormat()),
		python: ([value]) => call('attempt', atom('read_boolean'), value),
	},
]

function readBoolean(text: string): boolean | undefined {
	const plain = text.trim().toLowerCase()
	return plain === 'true' ? true : plain === 'false' ? false : undefined
}

export function tried(run: () => ScriptValue): ScriptValue {
	try {
		return run()
	} catch (error) {
		if (error instanceof Error && error.name === 'ScriptRaised') return null
		throw error
	}
}

/** `ToString()` of a value whose type is known. */
const toText: ScriptOperation = {
	id: 'Text.Of',
	parameters: [object],
	result: string,
	evaluate: ([value]) =>
		plainText(value ?? raise('NullReferenceException', 'Object reference not set to an instance of an object.')),
	python: ([value], { args }) => textOf(value, args[0] ?? object),
}

function plainText(value: Exclude<ScriptValue, null>): string {
	if (typeof value === 'string') return value
	if (typeof value === 'bigint') return value.toString()
	if (typeof value === 'boolean') return value ? 'True' : 'False'
	if (typeof value === 'number') return floatText(value)
	if (value.kind === 'decimal') return format(value)
	throw new Error(`no text for a ${value.kind}`)
}

function textOf(value: Py, type: ScriptType): Py {
	if (type.kind === 'decimal') return call('format', value, 'f')
	if (isFloat(type)) return call('number_shown', value)
	return type.kind === 'char' || (type.kind === 'value' && (type.type.kind === 'string' || type.type.kind === 'uuid'))
		? value
		: call('str', value)
}

const byFormat: ScriptOperation = {
	id: 'Text.OfNumber',
	parameters: [object, string],
	result: string,
	evaluate: ([value, pattern]) => formatNumber(value ?? null, asText(pattern)),
	python: ([value, pattern]) => call('format_number', value, pattern),
	literals: [1],
	refuses: ([, pattern]) =>
		typeof pattern === 'string' && isNumberFormat(pattern)
			? undefined
			: `the number format ${JSON.stringify(pattern)} is not understood`,
	differences: ['RG-D081'],
}

function absolute(value: ScriptValue): ScriptValue {
	if (typeof value === 'bigint') return value < 0n ? -value : value
	if (typeof value === 'number') return Math.abs(value)
	const exact = asDecimal(value)
	return exact.unscaled < 0n ? negate(exact) : exact
}

const math: readonly Member[] = [
	...(['Abs', 'Max', 'Min'] as const).map((name) =>
		fixed('Math', name, {
			id: `Math.${name}`,
			parameters: name === 'Abs' ? [object] : [object, object],
			result: object,
			evaluate: ([left, right]) => {
				if (name === 'Abs') return absolute(left ?? null)
				return (name === 'Min') === order(left ?? null, right ?? null) < 0 ? (left ?? null) : (right ?? null)
			},
			python: ([left, right]: readonly Py[]) =>
				right === undefined || name === 'Abs'
					? call('abs', left ?? atom(''))
					: call(name.toLowerCase(), left ?? atom(''), right),
		} satisfies ScriptOperation),
	),
	fixed('Math', 'PI', {
		id: 'Math.PI',
		parameters: [],
		result: double,
		evaluate: () => Math.PI,
		python: () => atom('math.pi'),
	}),
	fixed('Convert', 'ToChar', {
		id: 'Convert.ToChar(int)',
		parameters: [int],
		result: scriptTypes.char,
		evaluate: ([code]) => {
			const number = Number(asInt(code))
			return number < 0 || number > 0xffff || (number >= 0xd800 && number <= 0xdfff)
				? raise('OverflowException', 'Value was either too large or too small for a character.')
				: String.fromCodePoint(number)
		},
		python: ([code]) => call('character', code),
	}),
	fixed('Math', 'Sqrt', {
		id: 'Math.Sqrt',
		parameters: [double],
		result: double,
		evaluate: ([value]) => Math.sqrt(asFloat(value)),
		python: ([value]) => call('math.sqrt', value),
	}),
]

export const conversionOperations: readonly ScriptOperation[] = [cast, round, ...parses, toText, byFormat]

/** Members of `Convert` and of the number types; `Convert.ToInt32` and its kin are resolved by the binder. */
export const conversionMembers: readonly Member[] = [
	...math,
	instance('boolean', 'ToString', {
		id: 'Boolean.ToString',
		parameters: [boolean],
		result: string,
		evaluate: ([value]) => (asBoolean(value) ? 'True' : 'False'),
		python: ([value]) => call('str', value),
	}),
	...[...anyInt, double, decimal].flatMap((type): readonly Member[] => {
		const owner = type.kind === 'decimal' ? 'decimal' : ownerOfInt(type)
		return [
			instance(owner, 'CompareTo', {
				id: `${owner}.CompareTo`,
				parameters: [type, type],
				result: int,
				evaluate: ([left, right]) => {
					const [a, b] = [left, right]
					return typeof a === 'bigint' && typeof b === 'bigint'
						? intOf(type)?.bits === 8 || intOf(type)?.bits === 16
							? a - b
							: a < b
								? -1n
								: a > b
									? 1n
									: 0n
						: compareNumbers(a ?? null, b ?? null)
				},
				python: ([left, right]) =>
					(intOf(type)?.bits ?? 64) < 32
						? loose(`${operand(left)} - ${operand(right)}`)
						: loose(`(${left.code} > ${right.code}) - (${left.code} < ${right.code})`),
			}),
			instance(owner, 'Equals', {
				id: `${owner}.Equals`,
				parameters: [type, type],
				result: boolean,
				evaluate: ([left, right]) => compareNumbers(left ?? null, right ?? null) === 0n,
				python: ([left, right]) => loose(`${operand(left)} == ${operand(right)}`),
			}),
		]
	}),
]

function compareNumbers(left: ScriptValue, right: ScriptValue): bigint {
	const [a, b] = typeof left === 'object' ? [toNumber(asDecimal(left)), toNumber(asDecimal(right))] : [left, right]
	if (a === null || b === null)
		return raise('NullReferenceException', 'Object reference not set to an instance of an object.')
	return a < b ? -1n : a > b ? 1n : 0n
}

function ownerOfInt(type: ScriptType): string {
	const found = intOf(type)
	return found === undefined ? 'float64' : `${found.signed ? '' : 'u'}int${found.bits}`
}
