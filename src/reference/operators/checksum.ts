import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { formatDate, formatTime, splitMicros } from '#model/calendar.ts'
import type { ChecksumOperator } from '#model/checksum.ts'
import type { DataType } from '#model/types.ts'
import { findColumn } from '#model/types.ts'
import type { Row, Value } from '#model/values.ts'
import { makeBinary } from '#model/values.ts'
import { declareBranches, nullableIn } from '../branches.ts'
import type { Interpreter } from '../context.ts'
import { withColumns } from '../policies.ts'

export const checksum: Interpreter<'checksum'> = (operator, inputs, context) => {
	const schema = context.schemaOf(operator, 'in')
	const isNullable = nullableIn(schema)
	const hit = declareBranches(context, operator, operator.inputs.some(isNullable) ? ['null left out'] : [])
	const typeOf = (name: string): DataType => findColumn(schema, name)?.type ?? operator.column.type
	return {
		out: (inputs['in'] ?? []).map((row) => {
			if (operator.inputs.some((name) => (row[name] ?? null) === null)) hit('null left out')
			const digest = createHash(operator.algorithm)
				.update(hashedBytes(row, operator, typeOf))
				.digest('hex')
				.toUpperCase()
			return withColumns(row, [
				[operator.column.name, operator.column.type.kind === 'binary' ? makeBinary(digest) : digest],
			])
		}),
	}
}

function hashedBytes(row: Row, operator: ChecksumOperator, typeOf: (name: string) => DataType): Buffer {
	const parts: Buffer[] = []
	let marks = ''
	for (const name of operator.inputs) {
		const value = row[name] ?? null
		marks += value === null ? 'Y' : `N${lengthMark(value)}`
		if (value !== null) parts.push(bytesOf(value, typeOf(name), operator.fractions))
	}
	return Buffer.concat([...parts, ...(operator.marksNulls ? [Buffer.from(marks, 'utf8')] : [])])
}

/** The length of texts in UTF-16 units, and of bytes. */
function lengthMark(value: Exclude<Value, null>): string {
	if (typeof value === 'string') return String(value.length)
	return typeof value === 'object' && value.kind === 'binary' ? String(value.hex.length / 2) : ''
}

function bytesOf(value: Exclude<Value, null>, type: DataType, fractions: boolean): Buffer {
	if (typeof value === 'string') return Buffer.from(value, 'utf8')
	if (typeof value === 'boolean') return Buffer.of(value ? 1 : 0)
	if (typeof value === 'bigint') return littleEndian(value, type.kind === 'int' ? type.bits / 8 : 8)
	if (typeof value === 'number') throw new Error('a float has no bytes here; lowering must refuse it')
	switch (value.kind) {
		case 'binary':
			return Buffer.from(value.hex, 'hex')
		case 'decimal': {
			const magnitude = value.unscaled < 0n ? -value.unscaled : value.unscaled
			const sign = value.unscaled < 0n ? 0x80 : 0
			return Buffer.concat([littleEndian(magnitude, 12), Buffer.of(0, 0, value.scale, sign)])
		}
		case 'date':
			return withLength(`${formatDate(value.days)} 00:00:00${fractions ? '.0000000' : 'Z'}`)
		case 'timestamp': {
			const [days, micros] = splitMicros(value.micros)
			const text = `${formatDate(days)} ${formatTime(micros).slice(0, 8)}`
			return withLength(fractions ? `${text}.${sixDigits(micros)}0` : `${text}Z`)
		}
		case 'time':
			return withLength(
				`${formatTime(value.micros).slice(0, 8)}${value.micros % 1_000_000n === 0n ? '' : `.${sixDigits(value.micros)}0`}`,
			)
	}
}

const sixDigits = (micros: bigint): string => String(micros % 1_000_000n).padStart(6, '0')

function littleEndian(value: bigint, size: number): Buffer {
	const digits = BigInt.asUintN(size * 8, value)
		.toString(16)
		.padStart(size * 2, '0')
	return Buffer.from(digits, 'hex').reverse()
}

/** A .NET writer puts the length of a text before it; these are shorter than 128 bytes, so it is one byte. */
const withLength = (text: string): Buffer => Buffer.concat([Buffer.of(text.length), Buffer.from(text, 'latin1')])
