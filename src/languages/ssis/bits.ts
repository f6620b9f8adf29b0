/** `&`, `|`, `^`, `~` and HEX. */
import type { IntType } from '#model/types.ts'
import { intRange, text } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { failure } from '#model/values.ts'
import type { Operation } from '../catalogue.ts'
import type { Py } from '../python.ts'
import { binary, fn, method } from '../python.ts'
import { mixedTypes, sameType } from './arithmetic.ts'
import { castTo, whole } from './spark.ts'

const pairs = [
	{ name: 'bit-and', method: 'bitwiseAND', join: (a: bigint, b: bigint) => a & b, page: '& (Bitwise AND)' },
	{ name: 'bit-or', method: 'bitwiseOR', join: (a: bigint, b: bigint) => a | b, page: '| (Bitwise Inclusive OR)' },
	{ name: 'bit-xor', method: 'bitwiseXOR', join: (a: bigint, b: bigint) => a ^ b, page: '^ (Bitwise Exclusive OR)' },
] as const

const isWide = (type: IntType): boolean => type.bits === 64 && !type.signed

/** The 64 bits of an unsigned number, which Spark holds as a decimal, as a signed one. */
const asSigned = (value: Py): Py => method(fn('conv', method(value, 'cast', 'string'), 10, -10), 'cast', 'bigint')
const asUnsigned = (value: Py, type: IntType): Py => castTo(fn('conv', fn('hex', value), 16, 10), type)

const pairOperations: readonly Operation[] = pairs.map((pair) => ({
	id: `ssis.${pair.name}`,
	parameters: [
		{ name: 'left', kinds: ['int'] },
		{ name: 'right', kinds: ['int'] },
	],
	result: ([left, right]) => (sameType(left, right) ? left : mixedTypes(left, right)),
	nulls: 'propagate',
	canFail: false,
	evaluate: ([left, right]) =>
		typeof left === 'bigint' && typeof right === 'bigint' ? pair.join(left, right) : failure('type', 'not integers'),
	pyspark: ([left, right], { result }) =>
		result.kind === 'int' && isWide(result)
			? asUnsigned(method(asSigned(left), pair.method, asSigned(right)), result)
			: method(left, pair.method, right),
	source: `Microsoft: ${pair.page} (SSIS Expression)`,
}))

const digitsOf = { 8: 2, 16: 4, 32: 8, 64: 16 } as const

export const bitOperations: readonly Operation[] = [
	...pairOperations,
	{
		id: 'ssis.bit-not',
		parameters: [{ name: 'operand', kinds: ['int'] }],
		result: ([operand]) => operand,
		nulls: 'propagate',
		canFail: false,
		// Two's complement; the page prints ~170 = -170 but its own bits are those of -171.
		evaluate: ([operand], { result }) => invert(operand, result.kind === 'int' ? result : undefined),
		pyspark: ([operand], { result }) => {
			if (result.kind !== 'int' || result.signed) return fn('bitwise_not', operand)
			return castTo(binary('-', whole(intRange(result).max), operand), result)
		},
		source: 'Microsoft: ~ (Bitwise Not) (SSIS Expression)',
	},
	{
		id: 'ssis.hex',
		parameters: [{ name: 'operand', kinds: ['int'] }],
		result: ([operand]) => text(operand.kind === 'int' ? digitsOf[operand.bits] : 16, { unicode: false }),
		nulls: 'propagate',
		canFail: false,
		evaluate: ([operand], { types }) => {
			const type = types[0]
			if (typeof operand !== 'bigint' || type?.kind !== 'int') return failure('type', 'not an integer')
			return BigInt.asUintN(type.bits, operand).toString(16).toUpperCase()
		},
		pyspark: ([operand], { types }) => printHex(operand, types[0]?.kind === 'int' ? types[0] : undefined),
		source: 'Microsoft: HEX (SSIS Expression)',
	},
]

function invert(value: Value, type: IntType | undefined) {
	if (typeof value !== 'bigint' || type === undefined) return failure('type', 'not an integer')
	return type.signed ? ~value : intRange(type).max - value
}

/** Spark's `hex` writes a negative number as 64 bits; the type's own width is meant. */
function printHex(operand: Py, type: IntType | undefined): Py {
	if (type === undefined || (!type.signed && type.bits < 64) || (type.signed && type.bits === 64))
		return fn('hex', operand)
	if (!type.signed) return fn('conv', method(operand, 'cast', 'string'), 10, 16)
	const mask = whole(2n ** BigInt(type.bits) - 1n)
	return fn('hex', method(method(operand, 'cast', 'bigint'), 'bitwiseAND', method(mask, 'cast', 'bigint')))
}
