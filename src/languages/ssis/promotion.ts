/** Which type two operands share. Source: Microsoft, "Integration Services Data Types in Expressions", its picture of conversions. */

import { numericUnion } from './numeric-types.ts'
import type { SsisType, SsisTypeName } from './types.ts'
import { numeric, plain, toModel } from './types.ts'

const signed: readonly SsisTypeName[] = ['DT_I1', 'DT_I2', 'DT_I4', 'DT_I8']
const unsigned: readonly SsisTypeName[] = ['DT_UI1', 'DT_UI2', 'DT_UI4', 'DT_UI8']
const exact: readonly SsisTypeName[] = ['DT_CY', 'DT_DECIMAL', 'DT_NUMERIC']
const moments: readonly SsisTypeName[] = [
	'DT_DATE',
	'DT_DBDATE',
	'DT_DBTIMESTAMP',
	'DT_DBTIMESTAMP2',
	'DT_DBTIMESTAMPOFFSET',
	'DT_FILETIME',
]
const times: readonly SsisTypeName[] = ['DT_DBTIME', 'DT_DBTIME2']

export const isInteger = ({ name }: SsisType): boolean => signed.includes(name) || unsigned.includes(name)
export const isSigned = ({ name }: SsisType): boolean => signed.includes(name)
const isExact = ({ name }: SsisType): boolean => exact.includes(name)
const isFloat = ({ name }: SsisType): boolean => name === 'DT_R4' || name === 'DT_R8'
export const isNumber = (type: SsisType): boolean => isInteger(type) || isExact(type) || isFloat(type)
export const isString = ({ name }: SsisType): boolean => name === 'DT_STR' || name === 'DT_WSTR'
export const isDateOrTime = ({ name }: SsisType): boolean => moments.includes(name) || times.includes(name)
const isTime = ({ name }: SsisType): boolean => times.includes(name)

/** The integer type of two, or undefined: DT_UI8 goes with no signed type. */
function integers(left: SsisTypeName, right: SsisTypeName): SsisType | undefined {
	const [a, b] = [rank(left), rank(right)]
	if (signed.includes(left) === signed.includes(right))
		return named(signed.includes(left) ? signed : unsigned, Math.max(a, b))
	const [ofSigned, ofUnsigned] = signed.includes(left) ? [a, b] : [b, a]
	if (ofUnsigned === 3) return undefined
	// One byte more than the unsigned operand needs, and at least two: DT_I1 with DT_UI1 is DT_I2.
	return named(signed, Math.max(ofSigned, ofUnsigned + 1))
}

const rank = (name: SsisTypeName): number => Math.max(signed.indexOf(name), unsigned.indexOf(name))

function named(names: readonly SsisTypeName[], at: number): SsisType | undefined {
	const name = names[at]
	return name === undefined ? undefined : ({ name } as SsisType)
}

const integerDigits: Readonly<Partial<Record<SsisTypeName, number>>> = {
	DT_I1: 3,
	DT_UI1: 3,
	DT_I2: 5,
	DT_UI2: 5,
	DT_I4: 10,
	DT_UI4: 10,
	DT_I8: 19,
	DT_UI8: 20,
}

/** A number as the DT_NUMERIC it takes part as: DT_I4 counts as (10,0), DT_CY as (19,4). */
export function asNumeric(type: SsisType): Extract<SsisType, { name: 'DT_NUMERIC' }> {
	const model = toModel(type)
	if (model.kind === 'decimal') return { name: 'DT_NUMERIC', precision: model.precision, scale: model.scale }
	return { name: 'DT_NUMERIC', precision: integerDigits[type.name] ?? 38, scale: 0 }
}

/**
 * How two numbers meet: both become one integer or floating-point type, or each becomes the DT_NUMERIC it is (`undefined`,
 * precision and scale stay its own). A text tells why they do not.
 */
export function meetNumbers(left: SsisType, right: SsisType): { readonly common: SsisType | undefined } | string {
	if (left.name === right.name && !isExact(left)) return { common: left }
	if (left.name === 'DT_R8' || right.name === 'DT_R8') return { common: plain('DT_R8') }
	if (left.name === 'DT_R4' || right.name === 'DT_R4') return { common: plain('DT_R4') }
	if (isExact(left) || isExact(right)) return { common: undefined }
	const common = integers(left.name, right.name)
	return common === undefined ? `${left.name} and ${right.name} do not go together without a cast` : { common }
}

/** The type of `?:` over numbers. */
export function unionOfNumbers(left: SsisType, right: SsisType): SsisType | string {
	if (left.name === right.name && left.name !== 'DT_NUMERIC' && left.name !== 'DT_DECIMAL') return left
	const met = meetNumbers(left, right)
	if (typeof met === 'string') return met
	if (met.common !== undefined) return met.common
	const [a, b] = [asNumeric(left), asNumeric(right)]
	const union = numericUnion(
		{ kind: 'decimal', precision: a.precision, scale: a.scale },
		{ kind: 'decimal', precision: b.precision, scale: b.scale },
	)
	return numeric(union.precision, union.scale)
}

/** The type in which two dates or times are compared or chosen. */
export function meetDates(left: SsisType, right: SsisType): SsisType | string {
	if (left.name === right.name) return finer(left, right)
	if (isTime(left) !== isTime(right))
		return `${left.name} and ${right.name}: one is a time without a date; cast one of them`
	for (const name of ['DT_DBTIMESTAMPOFFSET', 'DT_DBTIMESTAMP2', 'DT_DBTIME2'] as const) {
		const found = [left, right].find((type) => type.name === name)
		if (found !== undefined) return found
	}
	return plain('DT_DBTIMESTAMP')
}

function finer(left: SsisType, right: SsisType): SsisType {
	return 'scale' in left && 'scale' in right && right.scale > left.scale ? right : left
}
