/** Explicit type conversion functions. */
import { type RoundingMode, toNumber } from '#model/decimal.ts'
import { type DataType, decimal, float, type TypeKind, time, timestamp } from '#model/types.ts'
import { type Decimal, failure, isError, type Result, type Value } from '#model/values.ts'
import type { Arguments, EvaluateContext, PysparkContext } from '../../catalogue.ts'
import { binary, fn, lit, method, type Py } from '../../python.ts'
import { sparkType } from '../../spark-types.ts'
import {
	formatProblem,
	fromMoment,
	momentOf,
	momentText,
	momentValue,
	type TemporalKind,
	temporalFormat,
} from '../conversion-implicit.ts'
import { decimalDigits, fitDecimal, numberToDecimal, textToDecimal } from '../numbers.ts'
import * as spark from '../numbers-spark.ts'
import { bind, cast, choose, modest, toCount, when } from '../spark-text.ts'
import { formatText, parseText } from '../temporal-spark.ts'
import { formatMoment, parseMoment } from '../temporal-text.ts'
import { asDecimal } from './arithmetic.ts'
import {
	binaryOf,
	decimalOf,
	family,
	intOf,
	literal,
	optionalLiteral,
	results,
	string,
	textAt,
	textOf,
	timestampOf,
} from './define.ts'
import { isNumberText, NUMBER_PATTERN } from './strings-tests.ts'

const roundings: Readonly<Record<string, RoundingMode>> = {
	ceil: 'ceiling',
	floor: 'floor',
	round_inf: 'half-up',
	trunc_zero: 'down',
}
type Literals = readonly (Value | undefined)[]

const modeOf = (literals: Literals, position: number): RoundingMode =>
	roundings[(textAt(literals, position) || 'trunc_zero').toLowerCase()] ?? 'down'
const knownMode = (value: Value | undefined): boolean =>
	value === undefined || (typeof value === 'string' && value.toLowerCase() in roundings)

function asDecimalType(type: DataType | undefined) {
	return type?.kind === 'decimal' ? type : decimal(38, 10)
}

function toDecimal(value: Value, to: DataType, mode: RoundingMode): Result {
	const type = asDecimalType(to)
	if (typeof value === 'string') return textToDecimal(value, type, mode)
	return typeof value === 'number' ? numberToDecimal(value, type, mode) : fitDecimal(asDecimal(value), type, mode)
}

function toDecimalText(value: Py, from: DataType | undefined, to: DataType, mode: RoundingMode): Py {
	const type = asDecimalType(to)
	if (from?.kind === 'decimal') return spark.decimalToDecimal(value, from, type, mode)
	return from?.kind === 'float' ? spark.numberToDecimal(value, type, mode) : spark.textToDecimal(value, type, mode)
}

const suppressed = (digits: string): string => digits.replace(/^(-?)0+(?=\d)/, '$1').replace(/\.?0*$/, '')

function decimalToText(value: Decimal, type: DataType, literals: Literals): string {
	const options = [textAt(literals, 1), textAt(literals, 2)].map((option) => option.toLowerCase())
	const sign = value.unscaled < 0n ? '-' : ''
	if (options.includes('suppress_zero')) return suppressed(sign + decimalDigits(value, asDecimalType(type)))
	return sign + decimalDigits(value, options.includes('fix_zero') ? decimal(38, 10) : asDecimalType(type))
}

function decimalToTextText(value: Py, type: DataType | undefined, literals: Literals): Py {
	const options = [textAt(literals, 1), textAt(literals, 2)].map((option) => option.toLowerCase())
	const from = asDecimalType(type)
	if (options.includes('suppress_zero'))
		return from.scale === 0 ? cast(value, 'string') : fn('regexp_replace', cast(value, 'string'), '\\.?0*$', '')
	if (!options.includes('fix_zero')) return spark.decimalDigits(value, from, '')
	return spark.decimalDigits(spark.decimalToDecimal(value, from, decimal(38, 10)), decimal(38, 10), '')
}

const optionProblem = (literals: Literals, allowed: readonly string[]): string | undefined => {
	const wrong = literals
		.slice(1)
		.find((option) => typeof option !== 'string' || !allowed.includes(option.toLowerCase()))
	return wrong === undefined ? undefined : `the options are ${allowed.join(' and ')}`
}

const formatOf = (literals: Literals, position: number): string | undefined =>
	typeof literals[position] === 'string' ? literals[position] : undefined

/** Text to a date, time or timestamp by a format. Text that is none is a failed conversion: the engine holds an invalid value then. */
const fromText = (kind: TemporalKind, type: DataType) => ({
	parameters: [textOf('text'), textOf('format', optionalLiteral)],
	result: (_types: unknown, literals: Literals) => {
		const format = formatOf(literals, 1)
		const wrong = format === undefined ? undefined : formatProblem(kind, format, 'read')
		return wrong === undefined ? type : { problem: wrong }
	},
	canFail: true,
	evaluate: ([value]: Arguments<Value>, { literals }: EvaluateContext): Result => {
		const moment = parseMoment(string(value), temporalFormat(kind, formatOf(literals, 1)))
		return moment === undefined
			? failure('conversion', `"${string(value)}" is no ${kind} of that format`)
			: momentValue(moment, kind)
	},
	pyspark: ([value]: Arguments<Py>, { literals }: PysparkContext): Py =>
		fromMoment(parseText(value, temporalFormat(kind, formatOf(literals, 1))), kind),
})

const packed = { date: '%yyyy%mm%dd', time: '%hh%nn%ss', timestamp: '%yyyy%mm%dd%hh%nn%ss' } as const
const packedDigits = { date: 8, time: 6, timestamp: 14 } as const

/** Digits of a packed decimal, sign and point aside, with the leading zeros that its format has room for. */
const fromDecimal = (kind: TemporalKind, type: DataType) => ({
	parameters: [decimalOf('digits'), textOf('format', optionalLiteral)],
	result: (_types: unknown, literals: Literals) => {
		const wrong = formatProblem(kind, formatOf(literals, 1) ?? packed[kind], 'read')
		return wrong === undefined ? type : { problem: wrong }
	},
	canFail: true,
	evaluate: ([value]: Arguments<Value>, { literals }: EvaluateContext): Result => {
		const format = formatOf(literals, 1) ?? packed[kind]
		const { unscaled } = asDecimal(value)
		const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(widthOf(kind, format), '0')
		const moment = parseMoment(digits, temporalFormat(kind, format))
		return moment === undefined
			? failure('conversion', `${digits} is no ${kind} of that format`)
			: momentValue(moment, kind)
	},
	pyspark: ([value]: Arguments<Py>, { literals }: PysparkContext): Py => {
		const format = formatOf(literals, 1) ?? packed[kind]
		const width = widthOf(kind, format)
		const digits = fn(
			'regexp_replace',
			fn('replace', cast(fn('abs', value), 'string'), lit('.'), lit('')),
			'^0+(?=\\d)',
			'',
		)
		const padded = bind(digits, (known) =>
			choose(binary('<', fn('length', known), lit(width)), fn('lpad', known, width, '0'), known),
		)
		return fromMoment(parseText(padded, temporalFormat(kind, format)), kind)
	},
})

function widthOf(kind: TemporalKind, format: string): number {
	const { parts } = temporalFormat(kind, format)
	return (
		parts.reduce((sum, part) => sum + (part.kind === 'tag' ? part.width : part.text.length), 0) || packedDigits[kind]
	)
}

const validKinds = [
	'date',
	'time',
	'timestamp',
	'decimal',
	'dfloat',
	'sfloat',
	'string',
	'int8',
	'int16',
	'int32',
	'int64',
	'uint8',
	'uint16',
	'uint32',
	'uint64',
]

function isValidText(kind: string, text: string, format: string | undefined): boolean {
	if (kind === 'date' || kind === 'time' || kind === 'timestamp')
		return parseMoment(text, temporalFormat(kind, format)) !== undefined
	if (kind === 'string') return true
	const whole = /^(u?)int(\d+)$/.exec(kind)
	if (!whole) return isNumberText(text)
	return (
		/^ *[+-]?\d+ *$/.test(text) && inRange(BigInt(text.trim().replace('+', '')), whole[1] === 'u', Number(whole[2]))
	)
}

function inRange(value: bigint, unsigned: boolean, bits: number): boolean {
	return value === (unsigned ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value))
}

function isValidPy(kind: string, text: Py, format: string | undefined): Py {
	const known = (test: Py): Py => when(method(text, 'isNotNull'), test)
	if (kind === 'date' || kind === 'time' || kind === 'timestamp')
		return known(method(parseText(text, temporalFormat(kind, format)), 'isNotNull'))
	if (kind === 'string') return known(lit(true))
	const whole = /^(u?)int(\d+)$/.exec(kind)
	if (!whole) return method(text, 'rlike', NUMBER_PATTERN)
	const bits = BigInt(whole[2] ?? 32)
	const [least, greatest] = whole[1] === 'u' ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n]
	const bound = (value: bigint): Py => cast(lit(value.toString()), 'decimal(20,0)')
	const inside = method(cast(text, 'decimal(38,0)'), 'between', bound(least), bound(greatest))
	return known(fn('coalesce', when(method(text, 'rlike', '\\A *[+-]?0*\\d{1,20} *\\z'), inside), lit(false)))
}

const firstKind = (types: readonly DataType[]): TypeKind => types[0]?.kind ?? 'string'
const temporal = { name: 'value', kinds: ['date', 'time', 'timestamp'] } as const
const temporalKind = (kind: TypeKind): TemporalKind => (kind === 'time' || kind === 'timestamp' ? kind : 'date')

const orNull = (
	type: (target?: DataType) => DataType,
	evaluate: (text: string, result: DataType) => Value,
	text: (value: Py, result: DataType) => Py,
	extra: readonly ReturnType<typeof textOf>[] = [],
) => ({
	parameters: [textOf('text'), ...extra],
	result: () => type(),
	givesNull: true,
	evaluate: ([value]: Arguments<Value>, { result }: EvaluateContext) => evaluate(string(value), result),
	pyspark: ([value]: Arguments<Py>, { result }: PysparkContext) => text(value, result),
})

export const conversionFunctions = family('IBM: Parallel transform functions, type conversion functions', {
	// DecimalToDecimal, DFloatToDecimal, StringToDecimal: the rounding mode applies at the target's scale.
	'to-decimal': {
		parameters: [{ name: 'value', kinds: ['decimal', 'float', 'string'] }, textOf('rounding', optionalLiteral)],
		result: (_types, literals) =>
			knownMode(literals[1])
				? decimal(38, 10)
				: { problem: `the rounding is one of ${Object.keys(roundings).join(', ')}` },
		canFail: true,
		evaluate: ([value], { result, literals }) => toDecimal(value, result, modeOf(literals, 1)),
		pyspark: ([value], { types, result, literals }) => toDecimalText(value, types[0], result, modeOf(literals, 1)),
	},
	'decimal-to-string': {
		parameters: [decimalOf('value'), textOf('option', optionalLiteral), textOf('second-option', optionalLiteral)],
		result: (_types, literals) => {
			const wrong = optionProblem(literals, ['fix_zero', 'suppress_zero'])
			return wrong === undefined ? results.text() : { problem: wrong }
		},
		canFail: true,
		evaluate: ([value], { types, literals }) => {
			const fitted =
				literals.includes('fix_zero') && !literals.includes('suppress_zero')
					? fitDecimal(asDecimal(value), decimal(38, 10))
					: asDecimal(value)
			return isError(fitted) ? fitted : decimalToText(asDecimal(fitted), types[0] ?? decimal(38, 10), literals)
		},
		pyspark: ([value], { types, literals }) => decimalToTextText(value, types[0], literals),
	},
	'decimal-to-dfloat': {
		parameters: [decimalOf('value'), textOf('option', optionalLiteral)],
		result: results.double,
		evaluate: ([value]) => toNumber(asDecimal(value)),
		pyspark: ([value]) => cast(value, 'double'),
	},
	'str-to-num-or-null': orNull(
		() => float(64),
		(text) => (isNumberText(text) ? Number(text) : null),
		(value) => bind(value, (known) => when(method(known, 'rlike', NUMBER_PATTERN), cast(known, 'double'))),
	),
	'str-to-decimal-or-null': orNull(
		() => decimal(38, 10),
		(text, result) => {
			const value = isNumberText(text) ? textToDecimal(text, asDecimalType(result)) : null
			return value === null || isError(value) ? null : value
		},
		(value, result) => spark.textToDecimal(value, asDecimalType(result), 'down', 'null'),
		[textOf('precision', optionalLiteral), textOf('scale', optionalLiteral)],
	),
	'str-to-timestamp-or-null': orNull(
		() => timestamp(6),
		(text) => {
			const moment = parseMoment(text, temporalFormat('timestamp', undefined))
			return moment === undefined ? null : momentValue(moment, 'timestamp')
		},
		(value) => parseText(value, temporalFormat('timestamp', undefined)),
	),
	'is-valid': {
		parameters: [textOf('type', literal), textOf('text'), textOf('format', optionalLiteral)],
		result: (_types, [kind, , format]) => {
			const name = string(kind).toLowerCase()
			if (!validKinds.includes(name)) return { problem: `IsValid knows no type ${name}` }
			const wrong =
				typeof format === 'string' && (name === 'date' || name === 'time' || name === 'timestamp')
					? formatProblem(name, format, 'read')
					: undefined
			return wrong === undefined ? results.boolean() : { problem: wrong }
		},
		evaluate: ([kind, text], { literals }) =>
			isValidText(string(kind).toLowerCase(), string(text), formatOf(literals, 2)),
		pyspark: ([, text], { literals }) => isValidPy(textAt(literals, 0).toLowerCase(), text, formatOf(literals, 2)),
	},
	// DateToString, TimeToString, TimestampToString.
	'temporal-to-string': {
		parameters: [{ ...temporal, kinds: ['date', 'time', 'timestamp'] }, textOf('format', optionalLiteral)],
		result: (_types, literals) => {
			const wrong = typeof literals[1] === 'string' ? formatProblem('timestamp', literals[1], 'write') : undefined
			return wrong === undefined ? results.text() : { problem: wrong }
		},
		evaluate: ([value], { types, literals }) =>
			formatMoment(momentOf(value), temporalFormat(temporalKind(firstKind(types)), formatOf(literals, 1))),
		pyspark: ([value], { types, literals }) =>
			formatText(
				momentText(value, firstKind(types)),
				temporalFormat(temporalKind(firstKind(types)), formatOf(literals, 1)),
			),
	},
	'string-to-date': fromText('date', { kind: 'date' }),
	'string-to-time': fromText('time', time(6)),
	'string-to-timestamp': fromText('timestamp', timestamp(6)),
	// The digits of the moment fill the decimal: 2012-08-18 in decimal(10,2) is 201208.18.
	'temporal-to-decimal': {
		parameters: [{ ...temporal, kinds: ['date', 'time', 'timestamp'] }, textOf('format', optionalLiteral)],
		result: (types, literals) => {
			const format = formatOf(literals, 1) ?? packed[temporalKind(types[0].kind)]
			const wrong = formatProblem('timestamp', format, 'write')
			return wrong === undefined ? decimal(widthOf('timestamp', format), 0) : { problem: wrong }
		},
		canFail: true,
		evaluate: ([value], { types, literals, result }) => {
			const format = formatOf(literals, 1) ?? packed[temporalKind(firstKind(types))]
			const digits = formatMoment(momentOf(value), temporalFormat('timestamp', format))
			const type = asDecimalType(result)
			if (!/^\d+$/.test(digits) || digits.length > type.precision)
				return failure('overflow', `${digits} has more digits than the decimal`)
			return { kind: 'decimal', unscaled: BigInt(digits), scale: type.scale }
		},
		pyspark: ([value], { types, literals, result }) => {
			const format = formatOf(literals, 1) ?? packed[temporalKind(firstKind(types))]
			const type = asDecimalType(result)
			const digits = formatText(momentText(value, firstKind(types)), temporalFormat('timestamp', format))
			const placed =
				type.scale === 0
					? digits
					: fn(
							'regexp_replace',
							fn('lpad', digits, Math.max(type.scale + 1, widthOf('timestamp', format)), '0'),
							`(\\d{${type.scale}})\\z`,
							'.$1',
						)
			return bind(placed, (known) =>
				when(
					method(known, 'rlike', `\\A\\d{1,${type.precision - type.scale}}(\\.\\d*)?\\z`),
					cast(known, sparkType(type).toLowerCase()),
				),
			)
		},
	},
	'decimal-to-date': fromDecimal('date', { kind: 'date' }),
	'decimal-to-time': fromDecimal('time', time(6)),
	'decimal-to-timestamp': fromDecimal('timestamp', timestamp(6)),
	'timestamp-to-date': {
		parameters: [timestampOf('value')],
		result: results.date,
		evaluate: ([value]) => momentValue(momentOf(value), 'date'),
		pyspark: ([value]) => fromMoment(value, 'date'),
	},
	'timestamp-to-time': {
		parameters: [timestampOf('value')],
		result: results.time,
		evaluate: ([value]) => momentValue(momentOf(value), 'time'),
		pyspark: ([value]) => fromMoment(value, 'time'),
	},
	'raw-length': {
		parameters: [binaryOf('value')],
		result: results.int32,
		evaluate: ([value]) => BigInt(hexOf(value).length / 2),
		pyspark: ([value]) => fn('octet_length', value),
	},
	// The position counts from 0; beyond the bytes the result is 0.
	'raw-num-at': {
		parameters: [binaryOf('value'), intOf('position')],
		result: results.int32,
		evaluate: ([value, position]) => {
			const at = toCount(position)
			return at < 0 ? 0n : BigInt(Number.parseInt(hexOf(value).slice(at * 2, at * 2 + 2) || '0', 16))
		},
		pyspark: ([value, position], context) => {
			const at = modest(position, context, 1)
			const hex = method(fn('hex', value), 'substr', binary('+', binary('*', at, lit(2)), lit(1)), lit(2))
			const digit = cast(fn('conv', fn('concat', lit('0'), hex), 16, 10), 'int')
			const safe = when(binary('>=', at, lit(0)), digit)
			return method(safe, 'when', binary('&', binary('<', at, lit(0)), method(value, 'isNotNull')), lit(0))
		},
	},
})

function hexOf(value: Value): string {
	if (typeof value === 'object' && value !== null && value.kind === 'binary') return value.hex
	throw new TypeError('bytes are expected')
}
