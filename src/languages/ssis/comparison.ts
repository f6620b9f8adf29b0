/** `==`, `!=`, `<`, `>`, `<=`, `>=`. Null if either side is null. */
import { compareText } from '#model/code-points.ts'
import { compare } from '#model/decimal.ts'
import type { DataType } from '#model/types.ts'
import { boolean, scalarKinds } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import type { Operation, TypeProblem } from '../catalogue.ts'
import { binary } from '../python.ts'
import { isDecimal, mixedTypes, sameType } from './arithmetic.ts'

/** Types that also have an order. */
const ordered: readonly DataType['kind'][] = ['string', 'int', 'decimal', 'float', 'date', 'time', 'timestamp']

const relations = [
	{ name: 'equal', symbol: '==', holds: (order: number) => order === 0, page: '== (Equal)' },
	{ name: 'unequal', symbol: '!=', holds: (order: number) => order !== 0, page: '!= (Unequal)' },
	{ name: 'less', symbol: '<', holds: (order: number) => order < 0, page: '< (Less Than)' },
	{ name: 'greater', symbol: '>', holds: (order: number) => order > 0, page: '> (Greater Than)' },
	{ name: 'less-or-equal', symbol: '<=', holds: (order: number) => order <= 0, page: '<= (Less Than or Equal To)' },
	{
		name: 'greater-or-equal',
		symbol: '>=',
		holds: (order: number) => order >= 0,
		page: '>= (Greater Than or Equal To)',
	},
] as const

/**
 * Texts are compared character by character, case-sensitive, blanks counted. The engine orders (`<`, `>`) by the collation of the
 * locale instead; equality is the same, order differs between capitals and small letters and for accents (a declared difference).
 */
export const comparisonOperations: readonly Operation[] = relations.map(({ name, symbol, holds, page }) => ({
	id: `ssis.${name}`,
	parameters: [
		{ name: 'left', kinds: symbol === '==' || symbol === '!=' ? scalarKinds : ordered },
		{ name: 'right', kinds: symbol === '==' || symbol === '!=' ? scalarKinds : ordered },
	],
	result: ([left, right]) => comparable(left, right),
	nulls: 'propagate',
	canFail: false,
	evaluate: ([left, right]) => holds(order(left, right)),
	pyspark: ([left, right]) => binary(symbol, left, right),
	source: `Microsoft: ${page} (SSIS Expression)`,
}))

function comparable(left: DataType, right: DataType): DataType | TypeProblem {
	if (left.kind === 'decimal' && right.kind === 'decimal') {
		const digits =
			Math.max(left.precision - left.scale, right.precision - right.scale) + Math.max(left.scale, right.scale)
		return digits <= 38 ? boolean : { problem: 'no numeric type holds both sides; cast one of them' }
	}
	const loose = left.kind === right.kind && left.kind !== 'int' && left.kind !== 'float'
	return loose || sameType(left, right) ? boolean : mixedTypes(left, right)
}

/** Below, at or above 0. NaN counts as greater than every number and equal to itself, as in Spark; the engine has none. */
function order(left: Value, right: Value): number {
	if (typeof left === 'string' && typeof right === 'string') return compareText(left, right)
	if (isDecimal(left) && isDecimal(right)) return compare(left, right)
	if (typeof left === 'number' && typeof right === 'number') return orderNumbers(left, right)
	const [first, second] = [plain(left), plain(right)]
	return first === second ? 0 : first < second ? -1 : 1
}

function orderNumbers(left: number, right: number): number {
	if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right))
	return left === right ? 0 : left < right ? -1 : 1
}

function plain(value: Value): bigint | string {
	if (typeof value === 'bigint' || typeof value === 'string') return value
	if (typeof value !== 'object' || value === null) return value === true ? 1n : 0n
	switch (value.kind) {
		case 'date':
			return BigInt(value.days)
		case 'time':
		case 'timestamp':
			return value.micros
		case 'binary':
			return value.hex
		case 'decimal':
			return value.unscaled
		case 'vector':
		case 'record':
			throw new TypeError(`a ${value.kind} has no order`)
	}
}
