/** `int?` and its kin: a value or nothing (C# specification 8.3.12, nullable value types). */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import type { ScriptLanguage } from '../syntax.ts'
import { callOf, convert, textOf } from './coerce.ts'
import { binaryOf } from './operators.ts'
import { outside } from './outside.ts'
import { defaultOf, underlying } from './types.ts'

const { boolean } = scriptTypes

const nothingOf = ({ type, line }: ScriptExpression): ScriptExpression => ({ kind: 'literal', value: null, type, line })

const isThere = (value: ScriptExpression): ScriptExpression =>
	callOf('Compare.NotEqual', [value, nothingOf(value)], boolean, value.line)

/** The value as one of the type without the question mark, where it is known to be there. */
const plain = (value: ScriptExpression, type: ScriptType): ScriptExpression =>
	callOf('Nullable.Known', [value], type, value.line)

/** Its members: undefined for a value of another type, and for what it has no member of that name for. */
export function nullableMember(
	value: ScriptExpression,
	name: string,
	args: readonly ScriptExpression[],
	language: ScriptLanguage,
): ScriptExpression | undefined {
	const type = underlying(value.type)
	if (type === undefined) return undefined
	const { line } = value
	switch (name.toLowerCase()) {
		case 'hasvalue':
			return isThere(value)
		case 'value':
			return callOf('Nullable.Value', [value], type, line)
		case 'getvalueordefault': {
			const [given] = args
			const otherwise = given === undefined ? defaultOf(type, line) : convert(given, type, language)
			return otherwise === undefined ? undefined : orElse(value, otherwise)
		}
		case 'tostring': {
			if (args.length > 0) return undefined
			if (!isSimple(value)) return outside('the text of a value that is computed and may be missing', value)
			const empty: ScriptExpression = { kind: 'literal', value: '', type: scriptTypes.string, line }
			const then = textOf(plain(value, type))
			return { kind: 'choose', condition: isThere(value), then, otherwise: empty, type: scriptTypes.string, line }
		}
		default:
			return undefined
	}
}

/** `x ?? y`. */
export function orElse(value: ScriptExpression, otherwise: ScriptExpression): ScriptExpression {
	return {
		kind: 'coalesce',
		left: { ...value, type: otherwise.type },
		right: otherwise,
		type: otherwise.type,
		line: value.line,
	}
}

const isSimple = ({ kind }: ScriptExpression): boolean => kind === 'local' || kind === 'field'

type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='

export const isComparison = (operator: string): operator is Comparison =>
	['==', '!=', '<', '<=', '>', '>='].includes(operator)

/**
 * A comparison one of whose sides may be missing: false then, but `!=` is true (C# specification 12.4.8, lifted operators). Undefined
 * where neither may be missing, or both.
 */
export function liftedComparison(
	operator: Comparison,
	left: ScriptExpression,
	right: ScriptExpression,
	language: ScriptLanguage,
): ScriptExpression | undefined {
	const [first, second] = [underlying(left.type), underlying(right.type)]
	if ((first === undefined) === (second === undefined)) return undefined
	const missing = first === undefined ? right : left
	if (!isSimple(missing)) return outside('the comparison of a value that is computed and may be missing', missing)
	const { line } = left
	const known = plain(missing, first ?? second ?? scriptTypes.object)
	const compared =
		first === undefined ? binaryOf(operator, left, known, language) : binaryOf(operator, known, right, language)
	return operator === '!='
		? {
				kind: 'either',
				left: callOf('Compare.Equal', [missing, nothingOf(missing)], boolean, line),
				right: compared,
				type: boolean,
				line,
			}
		: { kind: 'both', left: isThere(missing), right: compared, type: boolean, line }
}
