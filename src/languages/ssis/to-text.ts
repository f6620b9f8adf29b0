/**
 * Every type as text. The forms of files that the engine wrote (numbers, timestamps, Booleans, GUIDs, bytes); where none was seen,
 * the formats of Microsoft, "Integration Services Data Types" and "Cast (SSIS Expression)", for the en-US locale.
 */
import { formatDate, formatTime, splitMicros } from '#model/calendar.ts'
import { format, fromNumber, rescale } from '#model/decimal.ts'
import type { Value } from '#model/values.ts'
import type { Py } from '../python.ts'
import { binary, call, fn, lit, method } from '../python.ts'
import { when } from './spark.ts'
import type { SsisType } from './types.ts'

/** Significant digits of floating-point numbers. DT_R8 was never seen in a file; these are OLE Automation's. */
const significant = { DT_R4: 8, DT_R8: 15 } as const

export function toText(value: Exclude<Value, null>, from: SsisType): string {
	if (typeof value === 'string') return from.name === 'DT_GUID' ? `{${value.toUpperCase()}}` : value
	if (typeof value === 'boolean') return value ? 'True' : 'False'
	if (typeof value === 'bigint') return String(value)
	if (typeof value === 'number') return floatText(value, from.name === 'DT_R4' ? significant.DT_R4 : significant.DT_R8)
	switch (value.kind) {
		case 'decimal':
			return format(value).replace(/^(-?)0\./, '$1.')
		case 'binary':
			return value.hex
		case 'date':
			return formatDate(value.days)
		case 'time':
			return clock(value.micros) + fraction(value.micros, 'scale' in from ? from.scale : 0)
		case 'timestamp':
			return momentText(value.micros, from)
		case 'vector':
		case 'record':
			throw new TypeError(`no SSIS type is a ${value.kind}`)
	}
}

/** Plain notation while the digits after the point fit, otherwise `1.49E-3`: no plus, no padding. */
function floatText(value: number, digits: number): string {
	const exact = fromNumber(value)
	if (exact === undefined) return String(value)
	const [mantissa = '', power = '0'] = round(value, digits).toExponential().split('e')
	const exponent = Number(power)
	const decimals = mantissa.replace(/^-?\d\.?/, '').length - exponent
	if (decimals > digits || exponent >= digits) return `${mantissa}E${power.replace('+', '')}`
	const plain = fromNumber(round(value, digits))
	return plain === undefined || plain.unscaled === 0n ? '0' : format(plain)
}

/** The decimal image of the number at so many significant digits, ties away from zero. */
function round(value: number, digits: number): number {
	const exact = fromNumber(value)
	if (exact === undefined || exact.unscaled === 0n) return 0
	const surplus = String(exact.unscaled).replace('-', '').length - digits
	if (surplus <= 0) return value
	const { unscaled } = rescale({ ...exact, scale: surplus }, 0, 'half-up')
	return Number(`${unscaled}e${surplus - exact.scale}`)
}

const clock = (micros: bigint): string => formatTime(micros - (micros % 1_000_000n))

function fraction(micros: bigint, digits: number): string {
	return digits === 0
		? ''
		: `.${String(micros % 1_000_000n)
				.padStart(6, '0')
				.padEnd(9, '0')
				.slice(0, digits)}`
}

function momentText(micros: bigint, from: SsisType): string {
	const [days, ofDay] = splitMicros(micros)
	const plain = `${formatDate(days)} ${clock(ofDay)}`
	switch (from.name) {
		case 'DT_DATE':
			return automationText(days, ofDay)
		case 'DT_FILETIME':
			return `${plain}:${fraction(ofDay, 3).slice(1)}`
		case 'DT_DBTIMESTAMP2':
			return plain + fraction(ofDay, from.scale)
		case 'DT_DBTIMESTAMPOFFSET':
			return `${plain}${fraction(ofDay, from.scale)} +00:00`
		default:
			return ofDay % 1_000_000n === 0n ? plain : plain + fraction(ofDay, 9)
	}
}

/** `3/4/2005 11:06:18 AM`; at midnight the date alone. */
function automationText(days: number, ofDay: bigint): string {
	const [year = '', month = '', day = ''] = formatDate(days).split('-')
	const date = `${Number(month)}/${Number(day)}/${year}`
	const seconds = ofDay / 1_000_000n
	if (seconds === 0n) return date
	const hour = Number(seconds / 3600n)
	return `${date} ${hour % 12 === 0 ? 12 : hour % 12}${clock(ofDay).slice(2)} ${hour < 12 ? 'AM' : 'PM'}`
}

export function printText(value: Py, from: SsisType): Py {
	switch (from.name) {
		case 'DT_STR':
		case 'DT_WSTR':
		case 'DT_TEXT':
		case 'DT_NTEXT':
			return value
		case 'DT_GUID':
			return fn('concat', lit('{'), fn('upper', value), lit('}'))
		case 'DT_BOOL':
			return method(when(value, lit('True')), 'when', notTrue(value), lit('False'))
		case 'DT_R4':
		case 'DT_R8':
			return printFloat(value, significant[from.name])
		case 'DT_CY':
		case 'DT_DECIMAL':
		case 'DT_NUMERIC':
			return 'scale' in from && from.scale === 0 ? method(value, 'cast', 'string') : call('number_text', value)
		case 'DT_BYTES':
		case 'DT_IMAGE':
			return fn('hex', value)
		case 'DT_DBDATE':
			return fn('date_format', value, 'yyyy-MM-dd')
		case 'DT_DBTIME':
		case 'DT_DBTIME2':
			return fn(
				'date_format',
				fn('timestamp_micros', value),
				`HH:mm:ss${fractionPattern('scale' in from ? from.scale : 0)}`,
			)
		case 'DT_DATE':
			return fn('regexp_replace', fn('date_format', value, 'M/d/yyyy h:mm:ss a'), ' 12:00:00 AM$', '')
		case 'DT_DBTIMESTAMP':
			return fn('regexp_replace', fn('date_format', value, "yyyy-MM-dd HH:mm:ss.SSSSSS'000'"), '\\.0+$', '')
		case 'DT_FILETIME':
			return fn('date_format', value, 'yyyy-MM-dd HH:mm:ss:SSS')
		case 'DT_DBTIMESTAMP2':
			return fn('date_format', value, `yyyy-MM-dd HH:mm:ss${fractionPattern(from.scale)}`)
		case 'DT_DBTIMESTAMPOFFSET':
			return fn('date_format', value, `yyyy-MM-dd HH:mm:ss${fractionPattern(from.scale)} '+00:00'`)
		default:
			return method(value, 'cast', 'string')
	}
}

const notTrue = (value: Py): Py => binary('==', value, lit(false))

/** Spark holds six digits; the seventh is zero. */
function fractionPattern(digits: number): string {
	return digits === 0 ? '' : `.${'S'.repeat(Math.min(digits, 6))}${digits > 6 ? "'0'" : ''}`
}

const printFloat = (value: Py, digits: number): Py => call('float_text', value, digits)
