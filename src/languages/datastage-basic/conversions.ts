/** `basic.convert`: BASIC values have no types; where a number, a text or a truth is needed, this is what becomes of another. */
import { formatDate, formatTime, formatTimestamp } from '#model/calendar.ts'
import { toNumber } from '#model/decimal.ts'
import type { DataType, TypeKind } from '#model/types.ts'
import { typeName } from '#model/types.ts'
import type { Result, Value } from '#model/values.ts'
import { makeDecimal } from '#model/values.ts'
import type { Conversion } from '../catalogue.ts'
import { saturate, saturateNumber } from '../datastage-parallel/numbers.ts'
import { cast } from '../datastage-parallel/spark-text.ts'
import { binary, call, fn, lit, type Py } from '../python.ts'
import { sparkType } from '../spark-types.ts'
import { numberOfText, numberText, plainDigits, truthOfText } from './numbers.ts'

const plain: readonly TypeKind[] = ['string', 'int', 'float', 'boolean']
const sources: readonly TypeKind[] = [...plain, 'decimal', 'date', 'time', 'timestamp']

type Present = Exclude<Value, null>

function toText(value: Present, type: DataType): string {
	if (typeof value === 'number') return numberText(value)
	if (typeof value === 'boolean') return value ? '1' : '0'
	if (typeof value !== 'object') return String(value)
	if (value.kind === 'decimal') return plainDigits(value)
	if (value.kind === 'date') return formatDate(value.days)
	if (value.kind === 'time') return formatTime(value.micros)
	return value.kind === 'timestamp' ? formatTimestamp(value.micros) : typeName(type)
}

function toNumberOf(value: Present): number {
	if (typeof value === 'string') return numberOfText(value)
	return typeof value === 'object' ? toNumber(value.kind === 'decimal' ? value : makeDecimal(0n, 0)) : Number(value)
}

function convert(value: Present, from: DataType, to: DataType): Result {
	switch (to.kind) {
		case 'string':
			return toText(value, from)
		case 'float':
			return toNumberOf(value)
		case 'int':
			return typeof value === 'bigint' ? saturate(value, to) : saturateNumber(toNumberOf(value), to)
		default:
			return typeof value === 'string' ? truthOfText(value) : toNumberOf(value) !== 0
	}
}

function textPyspark(value: Py, from: DataType): Py {
	switch (from.kind) {
		case 'float':
			return call('basic_number_text', value)
		case 'boolean':
			return cast(cast(value, 'int'), 'string')
		case 'decimal':
			return from.scale === 0 ? cast(value, 'string') : fn('regexp_replace', cast(value, 'string'), '\\.?0+\\z', '')
		case 'timestamp':
			return fn('regexp_replace', fn('date_format', value, 'yyyy-MM-dd HH:mm:ss.SSSSSS'), '\\.?0+\\z', '')
		case 'time':
			return fn('regexp_replace', fn('date_format', fn('timestamp_micros', value), 'HH:mm:ss.SSSSSS'), '\\.?0+\\z', '')
		default:
			return cast(value, 'string')
	}
}

function pyspark(value: Py, from: DataType, to: DataType): Py {
	const number = from.kind === 'string' ? call('text_to_float', value, 'double') : cast(value, 'double')
	switch (to.kind) {
		case 'string':
			return textPyspark(value, from)
		case 'float':
			return from.kind === 'boolean' ? cast(cast(value, 'int'), 'double') : number
		case 'int':
			if (from.kind === 'int') return call('saturate', value, typeName(to))
			return from.kind === 'boolean'
				? cast(cast(value, 'int'), sparkType(to).toLowerCase())
				: call('float_to_int', number, typeName(to))
		default:
			return from.kind === 'string' ? call('text_truth', value) : binary('!=', value, lit(0))
	}
}

const basicConvert: Conversion = {
	id: 'basic.convert',
	allows: (from, to) =>
		plain.includes(to.kind) &&
		sources.includes(from.kind) &&
		(plain.includes(from.kind) || from.kind === 'decimal' || to.kind === 'string'),
	canFail: () => false,
	evaluate: (value, { from, to }) => (from.kind === to.kind && from.kind !== 'int' ? value : convert(value, from, to)),
	pyspark: (value, { from, to }) => (from.kind === to.kind && from.kind !== 'int' ? value : pyspark(value, from, to)),
	source: 'IBM: DataStage BASIC reference, data types; PRECISION statement',
}

/** Conversions of this language, one line each. */
export const basicConversions: readonly Conversion[] = [basicConvert]
