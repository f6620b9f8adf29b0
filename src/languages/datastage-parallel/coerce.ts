/** Where the parallel engine converts by itself, a cast with the rule `datastage.implicit` stands in the model. */
import type { Expression } from '#model/expressions.ts'
import {
	binary,
	boolean,
	type DataType,
	date,
	decimal,
	float,
	int,
	record,
	type TypeKind,
	text,
	time,
	timestamp,
	uuid,
	vector,
} from '#model/types.ts'
import { implicitConversion } from './conversion-implicit.ts'

/** The type that a value of another kind is brought to, when an operation asks for a kind. */
const usualTypes: Readonly<Record<TypeKind, DataType>> = {
	string: text(),
	int: int(32),
	decimal: decimal(38, 10),
	float: float(64),
	boolean,
	date,
	time: time(6),
	timestamp: timestamp(6),
	binary: binary(),
	uuid,
	vector: vector(text(), true),
	record: record([]),
}

export const usualType = (kind: TypeKind): DataType => usualTypes[kind]

export function sameType(left: DataType, right: DataType): boolean {
	return JSON.stringify(left) === JSON.stringify(right)
}

const spanOf = (expression: Expression) => (expression.span === undefined ? {} : { span: expression.span })

export const isNull = (expression: Expression): boolean => expression.kind === 'literal' && expression.value === null

/** Results of arithmetic are decimals of 38 digits and scale 10 inside the engine; it shows where they become text. */
const isArithmetic = (expression: Expression): boolean =>
	(expression.kind === 'call' && /^datastage\.(?:add|subtract|multiply|divide|negate)$/.test(expression.operation)) ||
	(expression.kind === 'if' && (isArithmetic(expression.then) || isArithmetic(expression.otherwise)))

function castTo(operand: Expression, type: DataType, format: string | undefined): Expression {
	return {
		kind: 'cast',
		rule: implicitConversion.id,
		operand,
		type,
		...(format === undefined ? {} : { format }),
		...spanOf(operand),
	}
}

/** The expression as that type, or undefined when no implicit conversion leads there. */
export function convertTo(expression: Expression, type: DataType, format?: string): Expression | undefined {
	if (isNull(expression)) return { ...expression, type }
	if (sameType(expression.type, type)) return expression
	if (!implicitConversion.allows(expression.type, type)) return undefined
	const literal = convertLiteral(expression, type)
	if (literal !== undefined) return literal
	const intermediate = decimal(38, 10)
	const arithmetic = type.kind === 'string' && expression.type.kind === 'decimal' && isArithmetic(expression)
	return castTo(
		arithmetic && !sameType(expression.type, intermediate) ? castTo(expression, intermediate, undefined) : expression,
		type,
		format,
	)
}

/** Literals are converted here and now where that is exact and cannot fail; the model stays readable. */
function convertLiteral(expression: Expression, type: DataType): Expression | undefined {
	if (expression.kind !== 'literal') return undefined
	const { value } = expression
	if (value === null || expression.type.kind === 'decimal' || (type.kind === 'string' && typeof value === 'number'))
		return undefined
	if (
		implicitConversion.canFail(expression.type, type, undefined) &&
		type.kind !== 'date' &&
		type.kind !== 'time' &&
		type.kind !== 'timestamp' &&
		type.kind !== 'decimal'
	)
		return undefined
	const run = { at: { kind: 'timestamp', micros: 0n }, job: '', project: '', host: '', invocation: '' } as const
	const result = implicitConversion.evaluate(value, { from: expression.type, to: type, format: undefined, run })
	if (typeof result === 'object' && result !== null && 'error' in result) return undefined
	return { ...expression, value: result, type }
}

/** As a condition: numbers other than 0 and texts other than the empty one are true. */
export function toCondition(expression: Expression): Expression | undefined {
	return convertTo(expression, boolean)
}

const rank: Partial<Record<TypeKind, number>> = { boolean: 0, int: 1, decimal: 2, float: 3 }

/** The number type in which two values meet, or undefined when one is neither number nor text. Text becomes a double. */
export function meetNumbers(left: DataType, right: DataType): DataType | undefined {
	const [first, second] = [asNumber(left), asNumber(right)]
	if (first === undefined || second === undefined) return undefined
	if (first.kind === 'int' && second.kind === 'int') return first.bits >= second.bits ? first : second
	if (first.kind === 'float' || second.kind === 'float') return float(64)
	return decimal(38, 10)
}

function asNumber(type: DataType): DataType | undefined {
	if (type.kind === 'boolean') return int(8)
	if (type.kind === 'string') return float(64)
	return rank[type.kind] === undefined ? undefined : type
}

/** A decimal that holds every value of an int. */
export function decimalOf(type: DataType): DataType {
	if (type.kind === 'decimal') return type
	if (type.kind !== 'int') return decimal(38, 10)
	return decimal({ 8: 3, 16: 5, 32: 10, 64: type.signed ? 19 : 20 }[type.bits], 0)
}

/** The type in which two values of any kind meet (branches of If, comparison, Max), or undefined. */
export function meet(left: DataType, right: DataType): DataType | undefined {
	if (left.kind === right.kind) return meetSame(left, right)
	const [numberLeft, numberRight] = [rank[left.kind] !== undefined, rank[right.kind] !== undefined]
	if (numberLeft && numberRight) return meetNumbers(left, right)
	if (left.kind === 'string') return implicitConversion.allows(right, left) ? text() : undefined
	if (right.kind === 'string') return implicitConversion.allows(left, right) ? text() : undefined
	if (left.kind === 'date' && right.kind === 'timestamp') return right
	return left.kind === 'timestamp' && right.kind === 'date' ? left : undefined
}

function meetSame(left: DataType, right: DataType): DataType {
	if (sameType(left, right)) return left
	if (left.kind === 'string') return text()
	if (left.kind === 'decimal' && right.kind === 'decimal') {
		const scale = Math.max(left.scale, right.scale)
		return decimal(Math.min(38, Math.max(left.precision - left.scale, right.precision - right.scale) + scale), scale)
	}
	if (left.kind === 'int' && right.kind === 'int')
		return left.bits === right.bits ? int(64) : left.bits > right.bits ? left : right
	return usualType(left.kind)
}
