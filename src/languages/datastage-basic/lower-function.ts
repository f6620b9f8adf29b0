/** Functions of the language: most are one operation, these few need a closer look. */
import type { Expression } from '#model/expressions.ts'
import { text } from '#model/types.ts'
import { convertTo, isNull } from './coerce.ts'
import { type Change, changed, element } from './elements.ts'
import { basicFunctions, knownOutside } from './functions.ts'
import { inlineRoutine } from './inline.ts'
import { type Builder, call, problem } from './lower-call.ts'
import type { CallNode } from './syntax.ts'

type Special = (builder: Builder, node: CallNode, args: readonly Expression[]) => Expression

/** Names as calls spell them, without the prefix of the catalog that holds them. */
const routineName = (name: string): string => name.toLowerCase().replace(/^(?:dsu|dsx|dsp)\./, '')

export function lowerFunction(builder: Builder, node: CallNode): Expression {
	const key = routineName(node.name)
	const routine = builder.symbols.routines?.get(key)
	if (routine !== undefined) return inlineRoutine(builder, routine, node)
	const args = node.args.map((argument) => builder.lower(argument))
	const special = Object.hasOwn(specials, key) ? specials[key] : undefined
	if (special !== undefined) return special(builder, node, args)
	const operation = Object.hasOwn(basicFunctions, key) ? basicFunctions[key] : undefined
	if (operation !== undefined) return call(builder, operation, args.map(inDoubles(operation)), node.span)
	const outside = Object.hasOwn(knownOutside, key) ? knownOutside[key] : undefined
	const message =
		outside === undefined
			? `${node.name} is no function of BASIC, and the export does not hold the routine`
			: `${node.name} cannot be part of an expression: ${outside}`
	return problem(builder, message, node.span, 'expression/unknown-function')
}

/** Powers of the parallel engine take any number; here they are given doubles. */
const inDoubles =
	(operation: string) =>
	(argument: Expression): Expression =>
		operation === 'datastage.pwr' ? (convertTo(argument, 'float') ?? argument) : argument

const trim: Special = (builder, node, args) =>
	call(builder, args.length > 1 ? 'datastage.trim-characters' : 'datastage.trim', args, node.span)

/** Codes that value marks part apply one after the other. */
const converted =
	(operation: 'basic.iconv' | 'basic.oconv'): Special =>
	(builder, node, [value, code, ...rest]) => {
		if (value === undefined || code === undefined || rest.length > 0)
			return problem(builder, `${node.name} takes a value and a code`, node.span)
		if (code.kind !== 'literal' || typeof code.value !== 'string')
			return problem(builder, `${node.name} takes a constant as its code`, node.span)
		return code.value
			.split('\u00FD')
			.reduce<Expression>((result, one) => convertedOnce(builder, node, operation, result, one), value)
	}

function convertedOnce(
	builder: Builder,
	node: CallNode,
	operation: string,
	value: Expression,
	code: string,
): Expression {
	if (code.toUpperCase() === 'S') return call(builder, 'datastage.soundex', [value], node.span)
	return call(builder, operation, [value, { kind: 'literal', value: code, type: text(), span: node.span }], node.span)
}

/** One argument through a conversion code: transforms of the development kit. */
const through =
	(code: string): Special =>
	(builder, node, [value, ...rest]) =>
		value === undefined || rest.length > 0
			? problem(builder, `${node.name} takes one argument`, node.span)
			: convertedOnce(builder, node, 'basic.oconv', value, code)

const not: Special = (builder, node, [value, ...rest]) => {
	const condition = value && convertTo(value, 'boolean')
	return condition === undefined || rest.length > 0
		? problem(builder, 'Not takes one argument', node.span)
		: call(builder, 'shared.not', [condition], node.span)
}

const asNumber =
	(sign: 1 | -1): Special =>
	(builder, node, [value, ...rest]) => {
		const number = value && convertTo(value, 'float')
		if (number === undefined || rest.length > 0) return problem(builder, `${node.name} takes one number`, node.span)
		return sign === 1 ? number : call(builder, 'datastage.negate', [number], node.span)
	}

const nullTo =
	(instead: string): Special =>
	(builder, node, [value, ...rest]) => {
		const known = value && convertTo(value, 'string')
		if (known === undefined || rest.length > 0 || isNull(known))
			return problem(builder, `${node.name} takes one value`, node.span)
		const other: Expression = { kind: 'literal', value: instead, type: text(), span: node.span }
		return call(builder, 'datastage.null-to-value', [known, other], node.span)
	}

/** `DELETE(array, field, value, subvalue)`, and INSERT and REPLACE with the new value behind the places. */
const change =
	(how: Change): Special =>
	(builder, node, [array, ...rest]) => {
		const value = how === 'delete' ? undefined : rest.at(-1)
		const places = how === 'delete' ? rest : rest.slice(0, -1)
		if (array === undefined || places.length < 1 || places.length > 3)
			return problem(builder, `${node.name} does not take ${node.args.length} arguments`, node.span)
		return changed(builder, how, array, places, value, node.span)
	}

const extract: Special = (builder, node, [array, ...places]) =>
	array === undefined || places.length < 1 || places.length > 3
		? problem(builder, `${node.name} does not take ${node.args.length} arguments`, node.span)
		: element(builder, array, places, node.span)

const specials: Readonly<Record<string, Special>> = {
	trim,
	iconv: converted('basic.iconv'),
	oconv: converted('basic.oconv'),
	not,
	neg: asNumber(-1),
	real: asNumber(1),
	capitals: through('MCT'),
	delete: change('delete'),
	digits: through('MCN'),
	extract,
	insert: change('insert'),
	letters: through('MCA'),
	nulltoempty: nullTo(''),
	nulltozero: nullTo('0'),
	replace: change('replace'),
}
