import type { Py } from '#languages/python.ts'
import { atom, call, fn, lit, method, pyString } from '#languages/python.ts'
import type { ChecksumOperator } from '#model/checksum.ts'
import type { DataType } from '#model/types.ts'
import { findColumn, text } from '#model/types.ts'
import { column } from './columns.ts'
import type { Emitter, FlowContext } from './context.ts'
import { assign } from './context.ts'

/** So many digits fit in a whole number of 64 bits. */
const LONG_DIGITS = 18

/** A hash of the bytes of columns. */
export const checksum: Emitter<'checksum'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const { schema } = context.link(operator, 'in')
	const name = context.variable(operator, 'out')
	const typeOf = (one: string): DataType => findColumn(schema, one)?.type ?? text()
	const parts = operator.inputs.map((one) =>
		fn('coalesce', bytesText(one, typeOf(one), operator, context), fn('unhex', lit(''))),
	)
	const marks = operator.inputs.map((one) => nullMark(column(one), typeOf(one)))
	const all = operator.marksNulls ? [...parts, fn('encode', fn('concat', ...marks), 'UTF-8')] : parts
	const value = inForm(digestOf(fn('concat', ...all), operator, context), operator)
	context.give(operator, 'out', { ...input, name })
	return assign(name, input.name, [`withColumn(${pyString(operator.column.name)}, ${value.code})`])
}

/** A hash as hexadecimal digits or as bytes, as Spark's function or ours gives it. */
interface Digest {
	readonly holds: 'digits' | 'bytes'
	readonly value: Py
}

function digestOf(content: Py, { algorithm }: ChecksumOperator, context: FlowContext): Digest {
	const digits = (value: Py): Digest => ({ holds: 'digits', value })
	const bytes = (value: Py): Digest => ({ holds: 'bytes', value })
	switch (algorithm) {
		case 'none':
			return digits(lit('00'))
		case 'md5':
		case 'sha1':
			return digits(fn(algorithm, content))
		case 'sha256':
		case 'sha384':
		case 'sha512':
			return digits(fn('sha2', content, Number(algorithm.slice(3))))
		case 'crc32':
			return bytes(call(context.use('little_endian'), fn('crc32', content), 4))
		case 'ripemd160':
			return bytes(call(context.use('ripemd160_digest'), content))
		case 'crc32c-open':
			return bytes(call(context.use('crc32c_digest'), content))
		case 'fnv1a32':
		case 'fnv1a64':
			return bytes(call(context.use('fnv1a_digest'), content, algorithm === 'fnv1a32' ? 4 : 8))
		case 'xxhash64':
			return bytes(call(context.use('xxhash64_digest'), content))
	}
}

function inForm({ holds, value }: Digest, { column: target, form }: ChecksumOperator): Py {
	const asBytes = holds === 'bytes' ? value : fn('unhex', value)
	if (target.type.kind === 'binary') return asBytes
	// Some versions of Spark break the line after 76 characters.
	if (form === 'base64') return fn('translate', fn('base64', asBytes), '\r\n', '')
	const digits = holds === 'digits' ? fn('upper', value) : fn('hex', value)
	return form === 'prefixed-hex' ? fn('concat', lit('0x'), digits) : digits
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

function bytesText(name: string, type: DataType, operator: ChecksumOperator, context: FlowContext): Py {
	const { fractions, trimmed = [] } = operator
	const value = column(name)
	const asText = (moment: Py): Py => call(context.use('text_bytes'), moment)
	switch (type.kind) {
		case 'int':
			if (type.bits === 64 && !type.signed) return call(context.use('unsigned_long_bytes'), value)
			return call(context.use('little_endian'), value, type.bits / 8)
		case 'decimal':
			if (type.precision > LONG_DIGITS || trimmed.includes(name))
				return call(context.use('wide_decimal_bytes'), value, trimmed.includes(name))
			return call(context.use('decimal_bytes'), value, type.scale)
		case 'float':
			return call(context.use('float_bytes'), value, type.bits === 32 ? '<f' : '<d')
		case 'uuid':
			return call(context.use('uuid_bytes'), value)
		case 'boolean':
			return method(fn('when', value, fn('unhex', lit('01'))), 'when', atom(`~${value.code}`), fn('unhex', lit('00')))
		case 'date':
			return asText(fn('date_format', value, fractions ? "yyyy-MM-dd' 00:00:00.0000000'" : "yyyy-MM-dd' 00:00:00Z'"))
		case 'timestamp': {
			const zone = type.zone ? ' +00:00' : ''
			return asText(
				fn('date_format', value, fractions ? `yyyy-MM-dd HH:mm:ss.SSSSSS'0${zone}'` : "yyyy-MM-dd HH:mm:ss'Z'"),
			)
		}
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
