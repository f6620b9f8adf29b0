/** Functions of the language: most are one operation, these few need a closer look. */
import type { Expression } from '#model/expressions.ts'
import { type DataType, date, decimal, float, int, text, time, timestamp, typeName } from '#model/types.ts'
import { convertTo, isNull, meet, sameType } from './coerce.ts'
import { parallelFunctions } from './functions.ts'
import { type Builder, call, hasOperation, unusable } from './lower-call.ts'
import { lookUp } from './symbols.ts'
import type { CallNode, ExpressionProblem, SyntaxNode } from './syntax.ts'

type Special = (builder: Builder, node: CallNode, target: DataType | undefined) => Expression

function fault(
	builder: Builder,
	node: CallNode,
	message: string,
	code: ExpressionProblem['code'] = 'expression/type',
): Expression {
	builder.problems.push({ code, message, span: node.span })
	return unusable(node.span)
}

export function lowerFunction(builder: Builder, node: CallNode, target: DataType | undefined): Expression {
	const key = node.name.toLowerCase()
	const special = Object.hasOwn(specials, key) ? specials[key] : undefined
	if (special !== undefined) return special(builder, node, target)
	const known = Object.hasOwn(parallelFunctions, key) ? parallelFunctions[key] : undefined
	if (known === undefined || !hasOperation(known.operation))
		return fault(
			builder,
			node,
			`the function ${node.name} has no entry in the catalogue`,
			'expression/unknown-function',
		)
	const args = node.args.map((argument) => builder.lower(argument))
	return call(
		builder,
		known.operation,
		args,
		node.span,
		known.atTargetScale === true && target?.kind === 'decimal' ? target : undefined,
	)
}

const all = (builder: Builder, node: CallNode): readonly Expression[] =>
	node.args.map((argument) => builder.lower(argument))

/** One argument, converted to a type. */
const toType =
	(type: DataType): Special =>
	(builder, node) => {
		const [argument, ...rest] = all(builder, node)
		if (argument === undefined || rest.length > 0) return fault(builder, node, `${node.name} takes one argument`)
		return convertTo(argument, type) ?? fault(builder, node, `${node.name} does not take a ${typeName(argument.type)}`)
	}

/** A constant with a point is a double and is cut; arithmetic with one counts as decimal and is rounded (IBM: AsInteger). */
const asInteger: Special = (builder, node) => {
	const [argument] = all(builder, node)
	const computed =
		argument?.kind === 'call' && /^datastage\.(?:add|subtract|multiply|divide|negate)$/.test(argument.operation)
	return call(builder, `datastage.as-integer${computed ? '-nearest' : ''}`, all(builder, node), node.span)
}

/** The value where it is not null, otherwise what stands for null: both have the type of the value. */
const nullTo =
	(instead: (value: Expression, node: CallNode, builder: Builder) => Expression | undefined): Special =>
	(builder, node, target) => {
		const [value] = node.args
		const argument = value && builder.lower(value, target)
		if (argument === undefined) return fault(builder, node, `${node.name} takes an argument`)
		const other = instead(argument, node, builder)
		if (other === undefined) return fault(builder, node, `${node.name} has no value for a ${typeName(argument.type)}`)
		const type = isNull(argument) ? other.type : (nullType(argument.type, other) ?? undefined)
		const first = type && convertTo(argument, type)
		const second = type && convertTo(other, type)
		if (first === undefined || second === undefined)
			return fault(builder, node, `${node.name} cannot put a ${typeName(other.type)} for a ${typeName(argument.type)}`)
		return call(builder, 'datastage.null-to-value', [first, second], node.span)
	}

/** A literal takes the type of the value where it fits, so that a text stays a text and a date a date. */
function nullType(type: DataType, other: Expression): DataType | undefined {
	if (sameType(type, other.type)) return type
	if (other.kind === 'literal' && type.kind !== 'int' && type.kind !== 'decimal') return type
	if (type.kind === 'int' && other.type.kind === 'int')
		return type.bits >= other.type.bits || other.kind === 'literal' ? type : other.type
	return meet(type, other.type)
}

const literal = (value: string | bigint, type: DataType, node: SyntaxNode): Expression => ({
	kind: 'literal',
	value,
	type,
	span: node.span,
})

function zeroFor(value: Expression, node: CallNode): Expression | undefined {
	const { type } = value
	return type.kind === 'string'
		? literal('0', text(), node)
		: convertTo(literal(0n, type.kind === 'int' ? type : int(32), node), type)
}

const isNullTest =
	(operation: string): Special =>
	(builder, node) =>
		call(builder, operation, all(builder, node), node.span)

/** `IsValidDate(StringToDate(x, format))` asks whether the text is a date: a failed conversion has an invalid value, no null. */
const isValid =
	(kind: string, reader: string, type: DataType): Special =>
	(builder, node) => {
		const [argument] = node.args
		if (argument === undefined || node.args.length > 1) return fault(builder, node, `${node.name} takes one argument`)
		const question = (parts: readonly Expression[]): Expression =>
			call(builder, 'datastage.is-valid', [literal(kind, text(), node), ...parts], node.span)
		if (argument.kind === 'call' && argument.name.toLowerCase() === reader) {
			const parts = all(builder, argument)
			return question(kind === 'decimal' ? parts.slice(0, 1) : parts)
		}
		const value = builder.lower(argument)
		if (value.type.kind === 'string') return question([value])
		const converted = convertTo(value, type)
		if (converted === undefined) return fault(builder, node, `${node.name} does not take a ${typeName(value.type)}`)
		// A value of the type is valid; null stays null.
		return call(builder, 'datastage.eq', [converted, converted], node.span)
	}

const environment: Special = (builder, node) => {
	const [argument] = node.args
	if (argument?.kind !== 'text')
		return fault(builder, node, 'GetEnvironment takes the name of a variable as a constant')
	const found = lookUp(builder.symbols, `$${argument.value}`) ?? lookUp(builder.symbols, `$ENV.${argument.value}`)
	if (found === undefined || found.kind === 'ambiguous')
		return fault(
			builder,
			node,
			`the environment variable ${argument.value} is no parameter of the job`,
			'expression/unknown-name',
		)
	return { ...found, span: node.span }
}

const trim: Special = (builder, node) => {
	const args = all(builder, node)
	return call(builder, args.length > 1 ? 'datastage.trim-characters' : 'datastage.trim', args, node.span)
}

/** The null value is compared in the type of the column. */
const makeNull: Special = (builder, node) => {
	const [value, mark, ...rest] = all(builder, node)
	const converted = value && mark && convertTo(mark, value.type)
	if (value === undefined || converted === undefined || rest.length > 0)
		return fault(builder, node, 'MakeNull takes a column and its null value')
	return call(builder, 'datastage.make-null', [value, converted], node.span)
}

const extreme =
	(operation: string): Special =>
	(builder, node) => {
		const [left, right, ...rest] = all(builder, node)
		const type = left && right && meet(left.type, right.type)
		const [first, second] = [type && left && convertTo(left, type), type && right && convertTo(right, type)]
		if (first === undefined || second === undefined || rest.length > 0)
			return fault(builder, node, `${node.name} takes two values of one kind`)
		return call(builder, operation, [first, second], node.span)
	}

const specials: Readonly<Record<string, Special>> = {
	isnull: isNullTest('shared.is-null'),
	isnotnull: isNullTest('shared.is-not-null'),
	setnull: (builder, node, target) =>
		node.args.length > 0
			? fault(builder, node, 'SetNull takes no argument')
			: { kind: 'literal', value: null, type: target ?? text(), span: node.span },
	nulltoempty: nullTo((_value, node) => literal('', text(), node)),
	nulltozero: nullTo(zeroFor),
	nulltovalue: nullTo((_value, node, builder) => node.args[1] && builder.lower(node.args[1])),
	handlenull: nullTo((_value, node, builder) => node.args[1] && builder.lower(node.args[1])),
	makenull: makeNull,
	asdouble: toType(float(64)),
	asfloat: toType(float(32)),
	asinteger: asInteger,
	strtonum: toType(float(64)),
	strtonumorzero: toType(float(64)),
	numtostring: toType(text()),
	stringtoustring: toType(text()),
	ustringtostring: toType(text()),
	stringtoraw: toType({ kind: 'binary' }),
	rawtostring: toType(text()),
	timestampfromdate: toType(timestamp(6)),
	isvaliddate: isValid('date', 'stringtodate', date),
	isvalidtime: isValid('time', 'stringtotime', time(6)),
	isvalidtimestamp: isValid('timestamp', 'stringtotimestamp', timestamp(6)),
	isvaliddecimal: isValid('decimal', 'stringtodecimal', decimal(38, 10)),
	getenvironment: environment,
	trim,
	max: extreme('datastage.max'),
	min: extreme('datastage.min'),
}
