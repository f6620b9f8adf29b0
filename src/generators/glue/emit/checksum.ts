import type { Py } from '#languages/python.ts'
import { atom, call, fn, lit, method, pyString } from '#languages/python.ts'
import type { ChecksumOperator } from '#model/checksum.ts'
import type { DataType } from '#model/types.ts'
import { findColumn, text } from '#model/types.ts'
import { column } from './columns.ts'
import type { Emitter, FlowContext } from './context.ts'
import { assign } from './context.ts'

/** A hash of the bytes of columns. */
export const checksum: Emitter<'checksum'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const { schema } = context.link(operator, 'in')
	const name = context.variable(operator, 'out')
	const typeOf = (one: string): DataType => findColumn(schema, one)?.type ?? text()
	const parts = operator.inputs.map((one) =>
		fn('coalesce', bytesText(column(one), typeOf(one), operator, context), fn('unhex', lit(''))),
	)
	const marks = operator.inputs.map((one) => nullMark(column(one), typeOf(one)))
	const all = operator.marksNulls ? [...parts, fn('encode', fn('concat', ...marks), 'UTF-8')] : parts
	const digest = hashText(fn('concat', ...all), operator)
	const value = operator.column.type.kind === 'binary' ? fn('unhex', digest) : fn('upper', digest)
	context.give(operator, 'out', { ...input, name })
	return assign(name, input.name, [`withColumn(${pyString(operator.column.name)}, ${value.code})`])
}

/** Hexadecimal digits. */
function hashText(bytes: Py, { algorithm }: ChecksumOperator): Py {
	switch (algorithm) {
		case 'md5':
		case 'sha1':
			return fn(algorithm, bytes)
		case 'sha256':
		case 'sha384':
		case 'sha512':
			return fn('sha2', bytes, Number(algorithm.slice(3)))
	}
}

function nullMark(value: Py, type: DataType): Py {
	const length =
		type.kind === 'string'
			? method(fn('octet_length', fn('encode', value, 'UTF-16BE')), 'cast', 'int')
			: fn('octet_length', value)
	// A text counts in UTF-16 units, two bytes each.
	const counted = type.kind === 'string' ? atom(`(${length.code} / 2).cast("int")`) : length
	const mark =
		type.kind === 'string' || type.kind === 'binary'
			? fn('concat', lit('N'), method(counted, 'cast', 'string'))
			: lit('N')
	return method(fn('when', method(value, 'isNull'), lit('Y')), 'otherwise', mark)
}

function bytesText(value: Py, type: DataType, { fractions }: ChecksumOperator, context: FlowContext): Py {
	const asText = (moment: Py): Py => call(context.use('text_bytes'), moment)
	switch (type.kind) {
		case 'int':
			return call(context.use('little_endian'), value, type.bits / 8)
		case 'decimal':
			return call(context.use('decimal_bytes'), value, type.scale)
		case 'boolean':
			return method(fn('when', value, fn('unhex', lit('01'))), 'when', atom(`~${value.code}`), fn('unhex', lit('00')))
		case 'date':
			return asText(fn('date_format', value, fractions ? "yyyy-MM-dd' 00:00:00.0000000'" : "yyyy-MM-dd' 00:00:00Z'"))
		case 'timestamp':
			return asText(fn('date_format', value, fractions ? "yyyy-MM-dd HH:mm:ss.SSSSSS'0'" : "yyyy-MM-dd HH:mm:ss'Z'"))
		case 'time': {
			const moment = fn('timestamp_micros', value)
			const whole = fn('date_format', moment, 'HH:mm:ss')
			const isWhole = atom(`${value.code} % 1000000 == 0`)
			return asText(method(fn('when', isWhole, whole), 'otherwise', fn('date_format', moment, "HH:mm:ss.SSSSSS'0'")))
		}
		case 'binary':
			return value
		default:
			return fn('encode', value, 'UTF-8')
	}
}
