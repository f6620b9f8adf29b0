/** Conversions that a language makes by itself, and those that a script asks for. */

import { parse } from '#model/decimal.ts'
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import { intRange } from '#model/types.ts'
import { makeDecimal } from '#model/values.ts'
import { floatText } from '../operations/number-text.ts'
import { intOf, isFloat, isText } from '../operations/numbers.ts'
import type { ScriptLanguage } from '../syntax.ts'
import { numberOf } from './enumerations.ts'
import { asFoldedKey } from './folded-keys.ts'
import { outside } from './outside.ts'
import { nameOfValue } from './own-enumerations.ts'
import { defaultOf, isEnumeration, isReference, sameType, underlying } from './types.ts'

export function callOf(
	operation: string,
	args: readonly ScriptExpression[],
	type: ScriptType,
	line: number,
): ScriptExpression {
	return { kind: 'call', operation, args, type, line }
}

export const isNumber = (type: ScriptType): boolean =>
	intOf(type) !== undefined || isFloat(type) || type.kind === 'decimal'

/** The value as that type, or undefined where the language makes no such conversion by itself. */
export function convert(
	value: ScriptExpression,
	to: ScriptType,
	language: ScriptLanguage,
): ScriptExpression | undefined {
	const key = sameType(value.type, to) ? undefined : asFoldedKey(value, to)
	if (key !== undefined) return key
	const inner = sameType(value.type, to) || isNothing(value) ? undefined : underlying(to)
	if (inner === undefined) return convertPlain(value, to, language)
	const known = convert(value, inner, language)
	return known === undefined ? undefined : { ...known, type: to }
}

function convertPlain(value: ScriptExpression, to: ScriptType, language: ScriptLanguage): ScriptExpression | undefined {
	const from = value.type
	if (
		sameType(from, to) ||
		to.kind === 'object' ||
		(to.kind === 'list' && from.kind === 'list' && to.of.kind === 'object')
	)
		return value
	if (value.kind === 'literal') {
		const literal = literalAs(value, to)
		if (literal !== undefined) return literal
	}
	if (to.kind === 'list' && value.kind === 'list') {
		const items = value.items.map((item) => convert(item, to.of, language))
		return items.includes(undefined) ? undefined : { ...value, items: items.flatMap((item) => item ?? []), type: to }
	}
	if (isNumber(from) && isNumber(to) && (isWidening(from, to) || language === 'vb')) {
		return callOf(isWidening(from, to) ? 'Cast.Number' : 'Convert.Number', [value], to, value.line)
	}
	// C# has no such conversion of its own: only a column can ask for it, and those hold UTC.
	if (scriptTypeKey(from) === 'DateTimeOffset' && scriptTypeKey(to) === 'timestamp')
		return value.kind === 'literal'
			? { ...value, type: to }
			: callOf('DateTimeOffset.UtcDateTime', [value], to, value.line)
	if (from.kind === 'char' && isText(to)) return { ...value, type: to }
	return language === 'vb' ? convertFreely(value, to) : undefined
}

/** What Visual Basic converts without being asked, too. */
function convertFreely(value: ScriptExpression, to: ScriptType): ScriptExpression | undefined {
	const { type: from, line } = value
	if (isEnumeration(from) && isNumber(to)) return convert(numberOf(value), to, 'vb')
	if (isText(to) && hasText(from)) return callOf('Text.Of', [value], to, line)
	return isText(from) ? parseOf(value, to) : undefined
}

const isNothing = (value: ScriptExpression): boolean => value.kind === 'literal' && value.value === null

export function coerce(value: ScriptExpression, to: ScriptType, language: ScriptLanguage): ScriptExpression {
	return (
		convert(value, to, language) ??
		outside(`a ${scriptTypeKey(value.type)} where a ${scriptTypeKey(to)} is expected`, value)
	)
}

/** A literal that is one of the other type too: null of whatever may be null, a small number of a smaller type. */
function literalAs(
	literal: Extract<ScriptExpression, { kind: 'literal' }>,
	to: ScriptType,
): ScriptExpression | undefined {
	const { value, line } = literal
	if (value === null) return isReference(to) ? { kind: 'literal', value, type: to, line } : undefined
	const type = intOf(to)
	if (typeof value === 'bigint') {
		if (type !== undefined) {
			const { min, max } = intRange(type)
			return value >= min && value <= max ? { kind: 'literal', value, type: to, line } : undefined
		}
		if (isFloat(to)) return { kind: 'literal', value: Number(value), type: to, line }
		return to.kind === 'decimal' ? { kind: 'literal', value: makeDecimal(value, 0), type: to, line } : undefined
	}
	if (typeof value === 'string' && literal.type.kind === 'char' && isText(to))
		return { kind: 'literal', value, type: to, line }
	return undefined
}

function isWidening(from: ScriptType, to: ScriptType): boolean {
	const [source, target] = [intOf(from), intOf(to)]
	if (source !== undefined && target !== undefined) {
		const [narrow, wide] = [intRange(source), intRange(target)]
		return narrow.min >= wide.min && narrow.max <= wide.max
	}
	if (source !== undefined) return isFloat(to) || to.kind === 'decimal'
	return isFloat(from) && isFloat(to) && scriptTypeKey(to) === 'float64'
}

/** Types whose `ToString()` without a format is understood. */
function hasText(type: ScriptType): boolean {
	if (type.kind === 'decimal' || type.kind === 'char') return true
	return type.kind === 'value' && ['string', 'int', 'float', 'boolean', 'uuid'].includes(type.type.kind)
}

/** Things of the runtime whose `ToString()` is an operation of its own. */
const textsOfThings: Readonly<Record<string, string>> = {
	Exception: 'Exception.ToString',
	TimeSpan: 'TimeSpan.ToString',
}

/** `ToString()`. */
export function textOf(value: ScriptExpression): ScriptExpression {
	const { type, line } = value
	if (isText(type)) return value
	if (type.kind === 'value' && type.type.kind === 'timestamp')
		return callOf('DateTime.ToString', [value], scriptTypes.string, line)
	if (type.kind === 'thing' && type.names !== undefined) return nameOfValue(value, type.names)
	if (isEnumeration(type)) return callOf('DayOfWeek.ToString', [value], scriptTypes.string, line)
	if (value.kind === 'literal' && typeof value.value === 'bigint')
		return { kind: 'literal', value: String(value.value), type: scriptTypes.string, line }
	if (value.kind === 'literal' && typeof value.value === 'boolean')
		return { kind: 'literal', value: value.value ? 'True' : 'False', type: scriptTypes.string, line }
	if (value.kind === 'literal' && typeof value.value === 'number')
		return { kind: 'literal', value: floatText(value.value), type: scriptTypes.string, line }
	// A null of the database is no text (Microsoft: DBNull.ToString).
	if (scriptTypeKey(type) === 'Cell') return callOf('Cell.ToString', [value], scriptTypes.string, line)
	const ownText = textsOfThings[scriptTypeKey(type)]
	if (ownText !== undefined) return callOf(ownText, [value], scriptTypes.string, line)
	return hasText(type)
		? callOf('Text.Of', [value], scriptTypes.string, line)
		: outside(`the text of a ${scriptTypeKey(type)}`, value)
}

/** `int.Parse` and its kin. */
export function parseOf(value: ScriptExpression, to: ScriptType): ScriptExpression | undefined {
	const { line } = value
	if (intOf(to) !== undefined) return callOf('Parse.Int', [value], to, line)
	if (to.kind === 'decimal') return callOf('Parse.Decimal', [value], to, line)
	if (scriptTypeKey(to) === 'float64') return callOf('Parse.Double', [value], to, line)
	if (scriptTypeKey(to) === 'boolean') return callOf('Parse.Boolean', [value], to, line)
	if (scriptTypeKey(to) === 'timestamp') return callOf('DateTime.Parse', [value], to, line)
	return undefined
}

/** The text of what a query gave, from which a number or a moment is read. */
function cellText(value: ScriptExpression, how: 'cast' | 'convert'): ScriptExpression | undefined {
	const key = scriptTypeKey(value.type)
	if (key === 'Cell') return callOf('Cell.Text', [value], scriptTypes.string, value.line)
	if (key !== 'Scalar') return undefined
	return callOf(how === 'convert' ? 'Scalar.OrZero' : 'Scalar.ToString', [value], scriptTypes.string, value.line)
}

/** A value that may be missing, as one that is there. Nothing in a collection of objects counts as the default in Visual Basic. */
function present(value: ScriptExpression, type: ScriptType, language: ScriptLanguage): ScriptExpression {
	const { line } = value
	const isItem = language === 'vb' && value.kind === 'call' && value.operation === 'Map.Find'
	return isItem
		? { kind: 'coalesce', left: { ...value, type }, right: defaultOf(type, line), type, line }
		: callOf('Nullable.Value', [value], type, line)
}

/** `(int)x`: what the script asks for. `how` tells a C# cast, which cuts off, from a conversion, which rounds. */
export function castTo(
	value: ScriptExpression,
	to: ScriptType,
	how: 'cast' | 'convert',
	language: ScriptLanguage,
): ScriptExpression {
	const plain = convert(value, to, language)
	if (plain !== undefined) return plain
	const { type: from, line } = value
	const [inner, outer] = [underlying(from), isNothing(value) ? undefined : underlying(to)]
	if (inner !== undefined) return castTo(present(value, inner, language), to, how, language)
	if (outer !== undefined) return { ...castTo(value, outer, how, language), type: to }
	const counted = castCharacter(value, to, how, language) ?? castEnumeration(value, to, how, language)
	if (counted !== undefined) return counted
	const cell = cellText(value, how)
	if (cell !== undefined) return isText(to) ? cell : (parseOf(cell, to) ?? outside('a cell as another type', value))
	if (isNumber(from) && isNumber(to))
		return callOf(how === 'cast' ? 'Cast.Number' : 'Convert.Number', [value], to, line)
	if (how === 'convert') {
		if (isText(to)) return textOf(value)
		if (isText(from)) {
			const parsed = parseOf(value, to)
			if (parsed !== undefined) return parsed
		}
		if (scriptTypeKey(from) === 'boolean' && intOf(to) !== undefined) return callOf('Convert.Number', [value], to, line)
	}
	return outside(`the conversion of a ${scriptTypeKey(from)} to a ${scriptTypeKey(to)}`, value)
}

/** A character as a number, and the other way round. */
function castCharacter(
	value: ScriptExpression,
	to: ScriptType,
	how: 'cast' | 'convert',
	language: ScriptLanguage,
): ScriptExpression | undefined {
	const { type: from, line } = value
	if (from.kind === 'char' && isNumber(to) && (how === 'cast' || intOf(to) !== undefined))
		return castTo(callOf('Char.Code', [value], scriptTypes.int, line), to, how, language)
	if (to.kind === 'char' && how === 'cast' && intOf(from) !== undefined)
		return callOf('Char.Of', [castTo(value, scriptTypes.int, how, language)], to, line)
	return undefined
}

/** The number of an enumeration's value, and the other way round. */
function castEnumeration(
	value: ScriptExpression,
	to: ScriptType,
	how: 'cast' | 'convert',
	language: ScriptLanguage,
): ScriptExpression | undefined {
	if (isEnumeration(value.type) && isNumber(to)) return castTo(numberOf(value), to, how, language)
	if (!isEnumeration(to) || intOf(value.type) === undefined) return undefined
	return { ...castTo(value, scriptTypes.int, how, language), type: to }
}

/** The value of a decimal literal's text. */
export const decimalLiteral = (text: string) => parse(text) ?? makeDecimal(0n, 0)
