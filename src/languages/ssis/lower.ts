/** From text to the model's expressions, with the types of the engine and its refusals. */
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import type { DataType } from '#model/types.ts'
import { text } from '#model/types.ts'
import { castIsLegal } from './legal-casts.ts'
import { lowerCall } from './lower-functions.ts'
import { lowerBinary, lowerConditional, lowerUnary } from './lower-operators.ts'
import type { Parsed } from './parser.ts'
import { parseSsis } from './parser.ts'
import type { ColumnSymbol, Found, SsisSymbols } from './symbols.ts'
import { findColumn, findLineage, findVariable } from './symbols.ts'
import type { ExpressionProblem, Node, VariableNode } from './syntax.ts'
import type { Typed } from './typed.ts'
import { conversion, Refusal, typeRefusal } from './typed.ts'
import type { SsisType } from './types.ts'
import { formatType, toModel, wstr } from './types.ts'

export interface LowerOptions {
	/** `@Variable = expression` (For Loop and Expression tasks). */
	readonly assignment?: boolean
	/** Type of the opaque expression when the text is not understood. */
	readonly fallback?: DataType
}

export interface Lowered {
	readonly expression: SourcedExpression
	/** The exact type; absent when the text was not understood. */
	readonly type?: SsisType
	/** The variable that an assignment sets. */
	readonly target?: VariableNode
	/** Empty exactly when the expression is not opaque. */
	readonly problems: readonly ExpressionProblem[]
}

/** Lowers an expression; one that the engine would refuse becomes opaque, with its problems. Never throws for any text. */
export function lowerSsis(source: string, symbols: SsisSymbols, options: LowerOptions = {}): Lowered {
	const parsed = parseSsis(source, options)
	const target = parsed.target === undefined ? {} : { target: parsed.target }
	const lowered = tryLower(parsed, symbols)
	if ('type' in lowered) {
		const { expression, type } = atRoot(lowered)
		return { expression: { expression, text: source }, type, ...target, problems: [] }
	}
	const problems = lowered
	const reason = problems.map(({ message }) => message).join('; ')
	const opaque: Expression = { kind: 'opaque', text: source, reason, type: options.fallback ?? text() }
	return { expression: { expression: opaque, text: source }, ...target, problems }
}

function tryLower({ node, problems }: Parsed, symbols: SsisSymbols): Typed | readonly ExpressionProblem[] {
	if (problems.length > 0) return [...problems]
	try {
		return lowerNode(node, { symbols, root: true })
	} catch (error) {
		if (error instanceof Refusal) return [error.problem]
		throw error
	}
}

/** Texts inside are DT_WSTR; the model's type of the whole says so too, whatever it was made of. */
function atRoot({ expression, type }: Typed): Typed {
	const model = toModel(type)
	if (expression.type.kind !== 'string' || model.kind !== 'string' || expression.type.unicode === model.unicode)
		return { expression, type }
	const fitting = { ...model, ...(expression.type.length === undefined ? {} : { length: expression.type.length }) }
	const named = expression.kind === 'column' || expression.kind === 'variable' || expression.kind === 'parameter'
	if (!named) return { expression: { ...expression, type: fitting }, type }
	return { expression: conversion('ssis.implicit', { expression, type }, type, fitting), type }
}

export interface LowerContext {
	readonly symbols: SsisSymbols
	/** Only there a cast to DT_STR makes a DT_STR. */
	readonly root: boolean
}

function lowerNode(node: Node, context: LowerContext): Typed {
	const inner = (part: Node): Typed => lowerNode(part, { ...context, root: false })
	switch (node.kind) {
		case 'literal':
			return lowerLiteral(node)
		case 'column':
			return lowerColumn(findColumn(context.symbols, node.name, node.component), node)
		case 'lineage':
			return lowerColumn(findLineage(context.symbols, node.id), node)
		case 'variable':
			return lowerVariable(node, context)
		case 'call':
			return lowerCall(node, inner)
		case 'null':
			return {
				expression: { kind: 'literal', value: null, type: toModel(node.type), span: node.span },
				type: node.type,
				...(node.type.name === 'DT_STR' ? { bareStr: true } : {}),
			}
		case 'cast':
			return lowerCast(node, context)
		case 'unary':
			return lowerUnary(node, inner)
		case 'binary':
			return lowerBinary(node, inner)
		case 'conditional':
			return lowerConditional(node, inner)
		case 'error':
			throw new Refusal('parse', 'expression/syntax', 'this part could not be read', node.span)
	}
}

function lowerLiteral({ literal, span }: Extract<Node, { kind: 'literal' }>): Typed {
	const { value, type, overflow } = literal
	if (overflow === true)
		throw new Refusal('overflow', 'expression/type', `the number does not fit ${formatType(type)}`, span)
	// A text without characters beyond U+FFFF need not be counted by units.
	const model =
		typeof value === 'string' ? text(value.length, { unicode: /[\ud800-\udfff]/.test(value) }) : toModel(type)
	return { expression: { kind: 'literal', value, type: model, span }, type }
}

const multibyte = new Set([65001, 65000, 54936, 1200])

function lowerColumn(found: Found<ColumnSymbol>, { span }: Node): Typed {
	if (typeof found === 'string') throw new Refusal('parse', 'expression/unknown-name', found, span)
	const { type } = found
	const expression: Expression = { kind: 'column', name: found.modelName ?? found.name, type: toModel(type), span }
	if (type.name !== 'DT_STR') return { expression, type }
	// A DT_STR column is a DT_WSTR from here on.
	const wide = wstr(type.length)
	if (!multibyte.has(type.codePage)) return { expression, type: wide }
	return { expression: conversion('ssis.implicit', { expression, type }, wide, toModel(wide)), type: wide }
}

function lowerVariable(node: VariableNode, { symbols }: LowerContext): Typed {
	const found = findVariable(symbols, node)
	if (typeof found === 'string') throw new Refusal('parse', 'expression/unknown-name', found, node.span)
	return {
		expression: { ...found.as, type: toModel(found.type), span: node.span },
		type: found.type.name === 'DT_STR' ? wstr(found.type.length) : found.type,
	}
}

function lowerCast({ type, operand, span }: Extract<Node, { kind: 'cast' }>, context: LowerContext): Typed {
	const value = lowerNode(operand, { ...context, root: false })
	if (!castIsLegal(value.type, type))
		throw typeRefusal(`${formatType(value.type)} cannot be cast to ${formatType(type)}`, span)
	const to = type.name === 'DT_STR' && !context.root ? wstr(type.length) : type
	const model = castModel(value, type)
	if (value.expression.kind === 'literal' && value.expression.value === null) {
		return { expression: { ...value.expression, type: model, span }, type: to }
	}
	return { expression: { ...conversion('ssis.cast', value, to, model, context.symbols.locale), span }, type: to }
}

/** The model's type of a cast; numbers and dates as text have no character that is two units. */
function castModel(value: Typed, to: SsisType): DataType {
	const model = toModel(to)
	if (model.kind !== 'string') return model
	const from = value.expression.type
	return { ...model, unicode: model.unicode && (from.kind === 'string' ? from.unicode : false) }
}
