/** The Spark text of {@link convert}: null where it fails. */
import { MAX_DAYS, MIN_DAYS } from '#model/calendar.ts'
import type { DataType, DecimalType, FloatType, IntType } from '#model/types.ts'
import { int, intRange, typeName } from '#model/types.ts'
import type { Py } from '../python.ts'
import { atom, binary, call, fn, lit, method } from '../python.ts'
import { AUTOMATION_EPOCH } from './convert.ts'
import { printFastMoment, printTime } from './date-text.ts'
import { printNumber } from './number-text.ts'
import { bind, castTo, javaPattern, matches, unless, when } from './spark.ts'
import { printText } from './to-text.ts'
import type { SsisType } from './types.ts'
import { toModel } from './types.ts'

export interface PrintOptions {
	readonly fastParse: boolean
	readonly runAt: Py
}

/** Is it a type of numbers? */
export const isNumber = (type: DataType): type is NumberType =>
	type.kind === 'int' || type.kind === 'decimal' || type.kind === 'float'

export type NumberType = IntType | DecimalType | FloatType
type MomentType = Extract<DataType, { kind: 'date' | 'time' | 'timestamp' }>

export function printConvert(value: Py, from: SsisType, to: SsisType, options: PrintOptions): Py {
	const [source, target] = [toModel(from), toModel(to)]
	switch (target.kind) {
		case 'string':
			return printText(value, from)
		case 'uuid':
			return source.kind === 'uuid' ? value : printUuid(value)
		case 'binary':
			return source.kind === 'binary' ? value : printBytes(value)
		case 'boolean':
			return printBoolean(value, source)
		case 'int':
		case 'decimal':
		case 'float':
			return printNumeric(value, source, target, options)
		case 'date':
		case 'time':
		case 'timestamp':
			return printMomentOf(value, source, target, options)
		case 'vector':
		case 'record':
			throw new TypeError(`no SSIS type is a ${target.kind}`)
	}
}

function printUuid(value: Py): Py {
	const digits = '([0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12})'
	return fn('upper', unless(fn('regexp_extract', value, javaPattern(`^[ \t]*\\{?${digits}\\}?[ \t]*$`), 1), lit('')))
}

function printBytes(value: Py): Py {
	return bind(fn('regexp_replace', value, '^0[xX]', ''), (hex) =>
		fn('unhex', when(matches(hex, '^([0-9A-Fa-f]{2})*$'), hex)),
	)
}

function printBoolean(value: Py, from: DataType): Py {
	if (from.kind === 'boolean') return value
	if (from.kind !== 'string') return binary('!=', value, lit(0))
	return bind(fn('lower', fn('trim', value)), (word) =>
		method(
			when(method(word, 'isin', 'true', '1', '-1'), lit(true)),
			'when',
			method(word, 'isin', 'false', '0'),
			lit(false),
		),
	)
}

function printNumeric(value: Py, from: DataType, to: NumberType, options: PrintOptions): Py {
	switch (from.kind) {
		case 'string':
			return printNumber(value, to, options.fastParse)
		case 'boolean': {
			const truth = to.kind === 'int' && !to.signed ? intRange(to).max : -1n
			const yes = fn('lit', truth < 2n ** 53n ? atom(String(truth)) : String(truth))
			return castTo(
				method(when(value, yes), 'when', binary('==', value, lit(false)), fn('lit', truth < 2n ** 53n ? 0 : '0')),
				to,
			)
		}
		case 'timestamp': {
			const days = binary('/', fn('unix_micros', value), fn('lit', atom('86400000000.0')))
			return printNumeric(
				binary('+', days, fn('lit', atom(`${AUTOMATION_EPOCH}.0`))),
				{ kind: 'float', bits: 64 },
				to,
				options,
			)
		}
		case 'int':
		case 'decimal':
		case 'float':
			return printBetweenNumbers(value, from, to)
		default:
			return castTo(fn('lit', atom('None')), to)
	}
}

function printBetweenNumbers(value: Py, from: NumberType, to: NumberType): Py {
	if (widens(from, to)) return castTo(value, to)
	if (to.kind === 'float') {
		const number = from.kind === 'float' ? value : method(value, 'cast', 'double')
		if (to.bits === 64 || from.kind !== 'float') return castTo(number, to)
		const infinite = fn('lit', atom('float("inf")'))
		return bind(value, (wide) =>
			when(
				binary('|', binary('<', fn('abs', castTo(wide, to)), infinite), binary('==', fn('abs', wide), infinite)),
				castTo(wide, to),
			),
		)
	}
	if (to.kind === 'int') return toInt(value, from, to)
	return toDecimal(value, from, to)
}

/** A number with the digits after the point of the target, null where it has too many before it. */
function toDecimal(value: Py, from: NumberType, to: DecimalType): Py {
	const digits = to.precision - to.scale
	const sized = (number: Py): Py =>
		digits === 38 ? castTo(fitting(number, decimalLimit(to)), to) : call('fit_decimal', number, to.precision, to.scale)
	if (from.kind === 'int') return digits === 38 ? castTo(value, to) : sized(value)
	if (from.kind === 'float') {
		// Bounded before the conversion, which would stop; then rounded once, and asked again at the edge.
		const small = bind(value, (number) => when(binary('<', fn('abs', number), fn('lit', atom(`1e${digits}`))), number))
		const wide = method(small, 'cast', `decimal(38,${to.scale})`)
		return to.precision === 38 ? wide : sized(wide)
	}
	const rounded = from.scale > to.scale ? fn('round', value, to.scale) : value
	return from.precision - from.scale < digits ? castTo(rounded, to) : sized(rounded)
}

const fitting = (value: Py, limit: Py): Py =>
	bind(value, (number) => when(binary('<', fn('abs', number), limit), number))

/** The first number that the type cannot hold. */
function decimalLimit({ precision, scale }: DecimalType): Py {
	const digits = precision - scale
	return digits === 38 ? fn('lit', atom('1e38')) : method(lit(`1e${digits}`), 'cast', `decimal(${digits + 1},0)`)
}

/** Can every value of `from` be held by `to` exactly (or nearly, by a floating-point number)? */
export function widens(from: NumberType, to: NumberType): boolean {
	if (from.kind === 'int' && to.kind === 'int')
		return intRange(from).min >= intRange(to).min && intRange(from).max <= intRange(to).max
	if (from.kind === 'float' || to.kind === 'float')
		return from.kind === 'float' && to.kind === 'float' && to.bits >= from.bits
	const whole = from.kind === 'decimal' ? from.precision - from.scale : intRange(from).max.toString().length
	const scale = from.kind === 'decimal' ? from.scale : 0
	return to.kind === 'decimal' && to.scale >= scale && to.precision - to.scale >= whole
}

function toInt(value: Py, from: NumberType, to: IntType): Py {
	const { min, max } = intRange(to)
	const whole = from.kind === 'int' ? value : fn('round', value, 0)
	if (from.kind !== 'float' || to.bits < 64) return call('to_int', whole, typeName(to))
	// As doubles the ends are powers of two; the upper one is already too large.
	const [low, high] = [fn('lit', atom(`${min}.0`)), fn('lit', atom(`${max + 1n}.0`))]
	return castTo(
		bind(whole, (name) => when(binary('&', binary('>=', name, low), binary('<', name, high)), name)),
		to,
	)
}

function printMomentOf(value: Py, from: DataType, to: MomentType, options: PrintOptions): Py {
	switch (from.kind) {
		case 'string':
			return to.kind === 'time'
				? cutTime(printTime(value), to.digits)
				: settle(options.fastParse ? inCalendar(printFastMoment(value)) : call('parse_timestamp', value), to)
		case 'date':
			return to.kind === 'date'
				? value
				: to.kind === 'time'
					? castTo(when(method(value, 'isNotNull'), lit(0)), to)
					: castTo(value, to)
		case 'timestamp':
			return to.kind === 'timestamp' && to.digits >= from.digits ? value : settle(value, to)
		case 'time': {
			if (to.kind === 'time') return to.digits >= from.digits ? value : cutTime(value, to.digits)
			return settle(
				fn('timestamp_micros', binary('+', fn('unix_micros', fn('date_trunc', 'day', options.runAt)), value)),
				to,
			)
		}
		case 'boolean':
			return printMomentOf(printNumeric(value, from, int(32), options), int(32), to, options)
		default:
			return settle(fromDays(value), to)
	}
}

const inCalendar = (value: Py): Py => call('in_calendar', value)

function fromDays(value: Py): Py {
	const days = binary('-', method(value, 'cast', 'double'), fn('lit', atom(`${AUTOMATION_EPOCH}.0`)))
	const bounded = bind(days, (number) => when(method(number, 'between', MIN_DAYS, MAX_DAYS + 1), number))
	const micros = fn(
		'floor',
		binary('+', binary('*', bounded, fn('lit', atom('86400000000.0'))), fn('lit', atom('0.5'))),
	)
	return inCalendar(fn('timestamp_micros', micros))
}

/** A timestamp as the target: parts dropped, digits removed. */
function settle(value: Py, to: MomentType): Py {
	if (to.kind === 'date') return method(value, 'cast', 'date')
	if (to.kind === 'time')
		return cutTime(fn('pmod', fn('unix_micros', value), fn('lit', atom('86400000000'))), to.digits)
	if (to.digits === 6) return value
	if (to.digits === 3) return fn('date_trunc', 'millisecond', value)
	if (to.digits === 0) return fn('date_trunc', 'second', value)
	const step = fn('lit', 10 ** (6 - to.digits))
	return bind(fn('unix_micros', value), (micros) =>
		fn('timestamp_micros', binary('-', micros, fn('pmod', micros, step))),
	)
}

function cutTime(micros: Py, digits: number): Py {
	if (digits === 6) return micros
	const step = fn('lit', 10 ** (6 - digits))
	return bind(micros, (time) => binary('-', time, binary('%', time, step)))
}
