/** The 39 functions: number and types of their arguments, and the operations that they become. */

import { findDatePart } from './date-parts.ts'
import { castIsLegal } from './legal-casts.ts'
import { apply } from './lower-operators.ts'
import { isDateOrTime, isInteger, isNumber, isString } from './promotion.ts'
import type { Node } from './syntax.ts'
import type { LowerPart, Typed } from './typed.ts'
import { conversion, implicit, Refusal, typeRefusal } from './typed.ts'
import { formatType, plain, toModel } from './types.ts'

type CallNode = Extract<Node, { kind: 'call' }>

interface FunctionEntry {
	/** What each argument must be. */
	readonly takes: readonly ('text' | 'integer' | 'number' | 'double' | 'part' | 'moment' | 'any')[]
	readonly lower: (args: readonly Typed[], node: CallNode) => Typed
}

const direct = (id: string, takes: FunctionEntry['takes']): FunctionEntry => ({
	takes,
	lower: (args, { span }) => apply(id, args, span),
})

/** The result has the type of the argument, currency included. */
const keeping = (id: string, takes: FunctionEntry['takes']): FunctionEntry => ({
	takes,
	lower: (args, { span }) => {
		const result = apply(id, args, span)
		const exact = args[0]?.type
		return exact !== undefined && exact.name === 'DT_CY' ? implicit(result, exact) : result
	},
})

const ofPart = (name: string, takes: FunctionEntry['takes']): FunctionEntry => ({
	takes,
	lower: (args, node) => {
		const part = partOf(node.args[0], node)
		return apply(`ssis.${name}-${part}`, args.slice(1), node.span)
	},
})

const fixedPart = (part: string): FunctionEntry => ({
	takes: ['moment'],
	lower: (args, node) => {
		const argument = node.args[0]
		const literalCast = argument?.kind === 'cast' && argument.operand.kind === 'literal'
		// "This expression fails to validate when a literal is explicitly cast to DT_DBTIMESTAMP2 or DT_DBTIMESTAMPOFFSET".
		if (literalCast && (argument.type.name === 'DT_DBTIMESTAMP2' || argument.type.name === 'DT_DBTIMESTAMPOFFSET')) {
			throw typeRefusal(`${node.name} does not take a literal cast to ${argument.type.name}`, node.span)
		}
		return apply(`ssis.datepart-${part}`, args, node.span)
	},
})

const functions: Readonly<Record<string, FunctionEntry>> = {
	ABS: keeping('ssis.abs', ['number']),
	CEILING: keeping('ssis.ceiling', ['number']),
	FLOOR: keeping('ssis.floor', ['number']),
	ROUND: keeping('ssis.round', ['number', 'integer']),
	SIGN: direct('ssis.sign', ['number']),
	EXP: direct('ssis.exp', ['double']),
	LN: direct('ssis.ln', ['double']),
	LOG: direct('ssis.log', ['double']),
	SQRT: direct('ssis.sqrt', ['double']),
	SQUARE: direct('ssis.square', ['double']),
	POWER: direct('ssis.power', ['double', 'double']),
	CODEPOINT: direct('ssis.codepoint', ['text']),
	FINDSTRING: direct('ssis.findstring', ['text', 'text', 'integer']),
	HEX: direct('ssis.hex', ['integer']),
	LEFT: direct('ssis.left', ['text', 'integer']),
	RIGHT: direct('ssis.right', ['text', 'integer']),
	LEN: { takes: ['any'], lower: lowerLength },
	LOWER: direct('ssis.lower', ['text']),
	UPPER: direct('ssis.upper', ['text']),
	LTRIM: direct('ssis.ltrim', ['text']),
	RTRIM: direct('ssis.rtrim', ['text']),
	TRIM: direct('ssis.trim', ['text']),
	REPLACE: direct('ssis.replace', ['text', 'text', 'text']),
	REPLICATE: direct('ssis.replicate', ['text', 'integer']),
	REVERSE: direct('ssis.reverse', ['text']),
	SUBSTRING: direct('ssis.substring', ['text', 'integer', 'integer']),
	TOKEN: direct('ssis.token', ['text', 'text', 'integer']),
	TOKENCOUNT: direct('ssis.tokencount', ['text', 'text']),
	DATEADD: ofPart('dateadd', ['part', 'integer', 'moment']),
	DATEDIFF: ofPart('datediff', ['part', 'moment', 'moment']),
	DATEPART: ofPart('datepart', ['part', 'moment']),
	DAY: fixedPart('day'),
	MONTH: fixedPart('month'),
	YEAR: fixedPart('year'),
	GETDATE: direct('ssis.getdate', []),
	GETUTCDATE: direct('ssis.getutcdate', []),
	ISNULL: direct('shared.is-null', ['any']),
	REPLACENULL: { takes: ['any', 'any'], lower: lowerReplaceNull },
}

export function lowerCall(node: CallNode, lower: LowerPart): Typed {
	const name = node.name.toUpperCase()
	const entry = Object.hasOwn(functions, name) ? functions[name] : undefined
	if (entry === undefined)
		throw new Refusal('parse', 'expression/unknown-function', `there is no function ${node.name}`, node.span)
	if (node.args.length !== entry.takes.length) {
		const wanted = entry.takes.length === 1 ? '1 argument' : `${entry.takes.length} arguments`
		throw new Refusal('parse', 'expression/syntax', `${name} takes ${wanted}, not ${node.args.length}`, node.span)
	}
	const args = node.args.map((argument, at) => lowerArgument(argument, entry.takes[at] ?? 'any', name, lower))
	return entry.lower(args, node)
}

function lowerArgument(argument: Node, kind: FunctionEntry['takes'][number], name: string, lower: LowerPart): Typed {
	if (kind === 'part') return partArgument(argument)
	const value = lower(argument)
	switch (kind) {
		case 'any':
			return value
		case 'text':
			if (isString(value.type)) return value
			break
		case 'integer':
			if (isInteger(value.type)) return value
			break
		case 'number':
			if (isNumber(value.type)) return value
			break
		case 'double':
			if (isNumber(value.type)) return implicit(value, plain('DT_R8'))
			break
		case 'moment':
			if (isDateOrTime(value.type))
				return toModel(value.type).kind === 'timestamp' ? value : implicit(value, plain('DT_DBTIMESTAMP'))
			break
	}
	throw typeRefusal(`${name} does not take ${formatType(value.type)} there; cast it`, argument.span)
}

/** A part's name is no value: it must be written out. */
function partArgument(argument: Node): Typed {
	const literal = argument.kind === 'literal' ? argument.literal : undefined
	if (literal === undefined || typeof literal.value !== 'string') {
		throw new Refusal('parse', 'expression/syntax', 'the date part must be a text in quotation marks', argument.span)
	}
	return { expression: { kind: 'literal', value: literal.value, type: toModel(literal.type) }, type: literal.type }
}

function partOf(argument: Node | undefined, { span }: CallNode): string {
	const value = argument?.kind === 'literal' ? argument.literal.value : undefined
	const part = typeof value === 'string' ? findDatePart(value) : undefined
	if (part === undefined)
		throw new Refusal(
			'argument',
			'expression/type',
			`${JSON.stringify(value ?? '')} is no date part`,
			argument?.span ?? span,
		)
	return part
}

/** LEN counts characters, of blobs it counts bytes. */
function lowerLength([value]: readonly Typed[], { span }: CallNode): Typed {
	if (value === undefined) throw typeRefusal('LEN takes a text', span)
	if (isString(value.type) || value.type.name === 'DT_TEXT') return apply('ssis.len', [value], span)
	if (value.type.name !== 'DT_NTEXT') throw typeRefusal(`LEN does not take ${formatType(value.type)}; cast it`, span)
	const two: Typed = { expression: { kind: 'literal', value: 2n, type: toModel(plain('DT_I4')) }, type: plain('DT_I4') }
	return apply('ssis.multiply', [apply('ssis.len', [value], span), two], span)
}

/** The second argument becomes the type of the first; where that may fail it is evaluated only when needed. */
function lowerReplaceNull([value, instead]: readonly Typed[], { span }: CallNode): Typed {
	if (value === undefined || instead === undefined) throw typeRefusal('REPLACENULL takes two values', span)
	const text = isString(value.type) && isString(instead.type)
	const blob = [value, instead].find(({ type }) => ['DT_TEXT', 'DT_NTEXT', 'DT_IMAGE'].includes(type.name))
	if (blob !== undefined) throw typeRefusal(`REPLACENULL does not take ${blob.type.name}`, span)
	if (!text && !castIsLegal(instead.type, value.type))
		throw typeRefusal(`${formatType(instead.type)} cannot replace ${formatType(value.type)}`, span)
	const converted = text ? instead : replacement(instead, value)
	if (converted.expression.kind === 'literal' || text)
		return apply('ssis.replacenull', [value, converted], span, text ? undefined : value.type)
	const isNull = apply('shared.is-null', [value], span).expression
	return {
		expression: {
			kind: 'if',
			condition: isNull,
			then: converted.expression,
			otherwise: value.expression,
			onNull: 'otherwise',
			type: value.expression.type,
			span,
		},
		type: value.type,
	}
}

function replacement(instead: Typed, value: Typed): Typed {
	const converted = implicit(instead, value.type)
	const untouched = converted.expression === instead.expression || converted.expression.kind === 'literal'
	return untouched
		? converted
		: { expression: conversion('ssis.cast', instead, value.type, value.expression.type), type: value.type }
}
