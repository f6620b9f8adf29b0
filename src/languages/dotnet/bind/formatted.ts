/** Values as texts of a pattern. */
import type { ScriptExpression } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import { checked } from './check.ts'
import { callOf, convert } from './coerce.ts'
import { outside } from './outside.ts'

const { string } = scriptTypes

const byFormat: Readonly<Record<string, string>> = {
	timestamp: 'DateTime.ToString(string)',
	TimeSpan: 'TimeSpan.ToString(string)',
}

/** `x.ToString("…")`, and the holes of a format with a format of their own. */
export function formatted(value: ScriptExpression, pattern: string, line: number): ScriptExpression {
	const key = scriptTypeKey(value.type)
	const text: ScriptExpression = { kind: 'literal', value: pattern, type: string, line }
	const operation = byFormat[key] ?? 'Text.OfNumber'
	if (key === 'uuid') return formattedGuid(value, pattern, line)
	if (byFormat[key] === undefined && convert(value, scriptTypes.double, 'vb') === undefined)
		return outside(`the format ${pattern} of a ${key}`, { line })
	return checked(callOf(operation, [value, text], string, line))
}

function formattedGuid(value: ScriptExpression, pattern: string, line: number): ScriptExpression {
	const whole = callOf('Guid.ToString', [value], string, line)
	const literal = (text: string): ScriptExpression => ({ kind: 'literal', value: text, type: string, line })
	if (pattern.toUpperCase() === 'D') return whole
	if (pattern.toUpperCase() === 'N')
		return callOf('String.Replace(value)', [whole, literal('-'), literal('')], string, line)
	return outside(`the format ${pattern} of a Guid`, { line })
}

/** A text in a room of so many characters: at its right, or at its left where the width is negative (Microsoft: composite formatting). */
export function aligned(text: ScriptExpression, width: number): ScriptExpression {
	const room: ScriptExpression = {
		kind: 'literal',
		value: BigInt(Math.abs(width)),
		type: scriptTypes.int,
		line: text.line,
	}
	return callOf(width < 0 ? 'String.PadRight' : 'String.PadLeft', [text, room], string, text.line)
}
