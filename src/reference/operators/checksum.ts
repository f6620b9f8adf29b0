import { Buffer } from 'node:buffer'
import { formatDate, formatTime, splitMicros } from '#model/calendar.ts'
import type { ChecksumOperator } from '#model/checksum.ts'
import type { DataType } from '#model/types.ts'
import { findColumn } from '#model/types.ts'
import type { Decimal, Row, Value } from '#model/values.ts'
import { makeBinary } from '#model/values.ts'
import { declareBranches, nullableIn } from '../branches.ts'
import type { Interpreter } from '../context.ts'
import { digest, littleEndian } from '../digests.ts'
import { withColumns } from '../policies.ts'
import { stop } from '../stop.ts'

export const checksum: Interpreter<'checksum'> = (operator, inputs, context) => {
	const schema = context.schemaOf(operator, 'in')
	const isNullable = nullableIn(schema)
	const hit = declareBranches(context, operator, operator.inputs.some(isNullable) ? ['null left out'] : [])
	const typeOf = (name: string): DataType => findColumn(schema, name)?.type ?? operator.column.type
	return {
		out: (inputs['in'] ?? []).map((row) => {
			if (operator.inputs.some((name) => (row[name] ?? null) === null)) hit('null left out')
			const hash = hashOf(row, operator, typeOf)
			const out = withColumns(row, [[operator.column.name, inForm(hash, operator)]])
			handOn(row, out, operator.column.name)
			return context.order.follow(out, row)
		}),
	}
}

interface Hashed {
	readonly inputs: readonly string[]
	readonly bytes: Buffer
	readonly hashes: Map<ChecksumOperator['algorithm'], Buffer>
}

/**
 * What is hashed of a row, by its columns and their form. Packages give one row a dozen hashes of the same columns, and the
 * search for test rows runs them hundreds of times.
 */
const known = new WeakMap<Row, Map<string, Hashed>>()

function hashOf(row: Row, operator: ChecksumOperator, typeOf: (name: string) => DataType): Buffer {
	const { algorithm, inputs, trimmed, marksNulls, fractions } = operator
	const key = JSON.stringify([inputs, trimmed, marksNulls, fractions])
	const all = known.get(row) ?? new Map<string, Hashed>()
	const own: Hashed = all.get(key) ?? { inputs, bytes: hashedBytes(row, operator, typeOf), hashes: new Map() }
	known.set(row, all.set(key, own))
	const hash = own.hashes.get(algorithm) ?? digest(algorithm, own.bytes)
	own.hashes.set(algorithm, hash)
	return hash
}

/** A row with a column more is hashed as before, but for what that column is a part of. */
function handOn(row: Row, out: Row, column: string): void {
	const kept = [...(known.get(row) ?? [])].filter(([, { inputs }]) => !inputs.includes(column))
	known.set(out, new Map(kept))
}

function inForm(hash: Buffer, { column, form }: ChecksumOperator): Value {
	const digits = hash.toString('hex').toUpperCase()
	if (column.type.kind === 'binary') return makeBinary(digits)
	if (form === 'base64') return hash.toString('base64')
	return form === 'prefixed-hex' ? `0x${digits}` : digits
}

function hashedBytes(row: Row, operator: ChecksumOperator, typeOf: (name: string) => DataType): Buffer {
	const parts: Buffer[] = []
	let marks = ''
	for (const name of operator.inputs) {
		const value = row[name] ?? null
		marks += value === null ? 'Y' : `N${lengthMark(value, typeOf(name))}`
		if (value !== null) parts.push(bytesOf(value, name, typeOf(name), operator))
	}
	return Buffer.concat([...parts, ...(operator.marksNulls ? [Buffer.from(marks, 'utf8')] : [])])
}

/** The length of texts in UTF-16 units, and of bytes. */
function lengthMark(value: Exclude<Value, null>, type: DataType): string {
	if (typeof value === 'string') return type.kind === 'string' ? String(value.length) : ''
	return typeof value === 'object' && value.kind === 'binary' ? String(value.hex.length / 2) : ''
}

function bytesOf(value: Exclude<Value, null>, name: string, type: DataType, operator: ChecksumOperator): Buffer {
	const { fractions } = operator
	if (typeof value === 'string') return type.kind === 'uuid' ? uuidBytes(value) : Buffer.from(value, 'utf8')
	if (typeof value === 'boolean') return Buffer.of(value ? 1 : 0)
	if (typeof value === 'bigint') return littleEndian(value, type.kind === 'int' ? type.bits / 8 : 8)
	if (typeof value === 'number') return floatBytes(value, type.kind === 'float' ? type.bits : 64)
	switch (value.kind) {
		case 'binary':
			return Buffer.from(value.hex, 'hex')
		case 'decimal':
			return decimalBytes(value, operator.trimmed?.includes(name) === true, operator.id)
		case 'date':
			return withLength(`${formatDate(value.days)} 00:00:00${fractions ? '.0000000' : 'Z'}`)
		case 'timestamp': {
			const [days, micros] = splitMicros(value.micros)
			const text = `${formatDate(days)} ${formatTime(micros).slice(0, 8)}`
			const zone = type.kind === 'timestamp' && type.zone ? ' +00:00' : ''
			return withLength(fractions ? `${text}.${sixDigits(micros)}0${zone}` : `${text}Z`)
		}
		case 'time':
			return withLength(
				`${formatTime(value.micros).slice(0, 8)}${value.micros % 1_000_000n === 0n ? '' : `.${sixDigits(value.micros)}0`}`,
			)
		case 'vector':
		case 'record':
			throw new TypeError(`${operator.id} has no bytes of a ${value.kind}`)
	}
}

const sixDigits = (micros: bigint): string => String(micros % 1_000_000n).padStart(6, '0')

function decimalBytes({ unscaled, scale }: Decimal, trimmed: boolean, operator: string): Buffer {
	let magnitude = unscaled < 0n ? -unscaled : unscaled
	let digits = scale
	while (trimmed && magnitude !== 0n && digits > 0 && magnitude % 10n === 0n) {
		magnitude /= 10n
		digits -= 1
	}
	if (magnitude >= 2n ** 96n) stop(operator, 'a number is too large for a decimal of .NET')
	return Buffer.concat([littleEndian(magnitude, 12), Buffer.of(0, 0, digits, unscaled < 0n ? 0x80 : 0)])
}

function floatBytes(value: number, bits: number): Buffer {
	const bytes = Buffer.alloc(bits / 8)
	if (bits === 32) bytes.writeFloatLE(value)
	else bytes.writeDoubleLE(value)
	return bytes
}

/** .NET holds a GUID as three numbers, lowest byte first, and eight bytes. */
function uuidBytes(text: string): Buffer {
	const bytes = Buffer.from(text.replaceAll('-', ''), 'hex')
	const numbers = [bytes.subarray(0, 4), bytes.subarray(4, 6), bytes.subarray(6, 8)]
	return Buffer.concat([...numbers.map((one) => Buffer.from(one).reverse()), bytes.subarray(8)])
}

/** A .NET writer puts the length of a text before it; these are shorter than 128 bytes, so it is one byte. */
const withLength = (text: string): Buffer => Buffer.concat([Buffer.of(text.length), Buffer.from(text, 'latin1')])
