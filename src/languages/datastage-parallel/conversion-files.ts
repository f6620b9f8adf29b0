/**
 * `datastage.text-read` and `datastage.text-write`: fields of the Sequential File stage.
 *
 * The `format` of the cast carries the one thing that the column's type needs: for dates, times and timestamps their format
 * (`%dd/%mm/%yyyy`), for decimals and doubles the decimal separator (`,`), absent the point.
 */

import { type DataType, type IntType, intRange, typeName } from '#model/types.ts'
import { failure, type Result, type Value } from '#model/values.ts'
import type { Conversion, ConversionContext, PysparkConversionContext } from '../catalogue.ts'
import { binary, call, fn, lit, method, type Py } from '../python.ts'
import { sparkType } from '../spark-types.ts'
import { implicitConversion } from './conversion-implicit.ts'
import { decimalDigits, floatText } from './numbers.ts'
import * as numbersSpark from './numbers-spark.ts'
import { isNumberText } from './operations/strings-tests.ts'
import { bind, when } from './spark-text.ts'

/** A carriage return may end the last field of a line; it was seen to do no harm. */
const trimmed = (text: string): string => text.replace(/^[ \t\r]+|[ \t\r]+$/g, '')
const isNumeric = (type: DataType): boolean => type.kind === 'int' || type.kind === 'decimal' || type.kind === 'float'
const unreadable = (text: string, type: DataType) =>
	failure('conversion', `"${text}" cannot be imported as ${type.kind}`)

function pointed(text: string, format: string | undefined): string {
	return format === undefined || format === '.' ? text : text.includes('.') ? '' : text.replace(format, '.')
}

function read(value: Exclude<Value, null>, context: ConversionContext): Result {
	const { to } = context
	if (typeof value !== 'string' || to.kind === 'string' || to.kind === 'binary')
		return implicitConversion.evaluate(value, context)
	if (!isNumeric(to))
		return to.kind === 'boolean'
			? readBoolean(trimmed(value), to)
			: implicitConversion.evaluate(trimmed(value), context)
	if (to.kind === 'int') return readInt(trimmed(value), to)
	const text = pointed(trimmed(value), context.format)
	return isNumberText(text) ? implicitConversion.evaluate(text, context) : unreadable(value, to)
}

function readInt(text: string, type: IntType): Result {
	const { min, max } = intRange(type)
	const whole = /^[+-]?\d+$/.test(text) ? BigInt(text.replace(/^\+/, '')) : undefined
	return whole === undefined || whole < min || whole > max ? unreadable(text, type) : whole
}

const readBoolean = (text: string, type: DataType): Result =>
	/^[01]$/.test(text) ? text === '1' : unreadable(text, type)

function readText(value: Py, context: PysparkConversionContext): Py {
	const { to, from } = context
	if (from.kind !== 'string' || to.kind === 'string' || to.kind === 'binary')
		return implicitConversion.pyspark(value, context)
	const bare = call('bare', value)
	if (to.kind === 'boolean')
		return bind(bare, (text) => when(method(text, 'rlike', '\\A[01]\\z'), binary('==', text, lit('1'))))
	const mark = context.format === undefined || context.format === '.' ? [] : [context.format.charAt(0)]
	switch (to.kind) {
		case 'int':
			return call('field_to_int', value, typeName(to))
		case 'float':
			return call('field_to_float', value, sparkType(to).toLowerCase(), ...mark)
		case 'decimal':
			if (to.precision - to.scale < 38) return call('field_to_decimal', value, to.precision, to.scale, ...mark)
			return implicitConversion.pyspark(call('with_point', value, ...(mark.length === 0 ? ['.'] : mark)), context)
		default:
			return implicitConversion.pyspark(bare, context)
	}
}

export const textRead: Conversion = {
	id: 'datastage.text-read',
	allows: (from, to) => implicitConversion.allows(from, to),
	canFail: (from, to, format) =>
		from.kind === 'string'
			? to.kind !== 'string' && to.kind !== 'binary' && to.kind !== 'uuid'
			: implicitConversion.canFail(from, to, format),
	evaluate: read,
	pyspark: readText,
	source: 'IBM: Sequential File stage, import of text fields; observed: values out of range reject the record',
}

function write(value: Exclude<Value, null>, context: ConversionContext): Result {
	const separator = context.format ?? '.'
	if (typeof value === 'number' && context.from.kind === 'float')
		return floatText(value, context.from).replace('.', separator)
	if (typeof value === 'object' && value.kind === 'decimal' && context.from.kind === 'decimal') {
		return `${value.unscaled < 0n ? '-' : ' '}${decimalDigits(value, context.from).replace('.', separator)}`
	}
	return implicitConversion.evaluate(value, context)
}

function writeText(value: Py, context: PysparkConversionContext): Py {
	const { from, format } = context
	const separated = (text: Py): Py =>
		format === undefined || format === '.' ? text : fn('replace', text, lit('.'), lit(format))
	// The engine writes a sign position: blank or minus.
	if (from.kind === 'decimal') return separated(numbersSpark.decimalDigits(value, from, ' '))
	if (from.kind === 'float') return separated(call('float_field', value))
	return implicitConversion.pyspark(value, context)
}

export const textWrite: Conversion = {
	id: 'datastage.text-write',
	allows: (from, to) => to.kind === 'string' && implicitConversion.allows(from, to),
	canFail: () => false,
	evaluate: write,
	pyspark: writeText,
	source:
		'Observed in files of the engine: integers plain, decimals with sign position and all digits, dates ISO. ' +
		'IBM: float type, Out_format: floating-point numbers by sprintf()',
}
