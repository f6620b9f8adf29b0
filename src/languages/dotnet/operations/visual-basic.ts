/** The text functions of Visual Basic: positions from 1, nothing raises for a place beyond the text, only blanks are trimmed. */
import { characterCount, sliceCharacters } from '#model/code-points.ts'
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import { call, method } from '../../python.ts'
import type { ScriptOperation } from '../operation.ts'
import type { ScriptValue } from '../runtime.ts'
import { asInt, asText, raise } from '../runtime.ts'
import { readFloat } from './number-text.ts'

const { string, int, boolean } = scriptTypes

const define = (
	name: string,
	parameters: readonly ScriptType[],
	result: ScriptType,
	evaluate: ScriptOperation['evaluate'],
	python: ScriptOperation['python'],
	column?: ScriptOperation['column'],
): ScriptOperation => ({
	id: `Vb.${name}`,
	parameters,
	result,
	evaluate,
	python,
	...(column === undefined ? {} : { column }),
})

/** A count below zero raises (Microsoft.VisualBasic.Strings). */
function count(value: ScriptValue | undefined, least: bigint): number {
	const whole = asInt(value)
	return whole < least ? raise('ArgumentException', 'Argument must be greater or equal to zero.') : Number(whole)
}

export const visualBasicOperations: readonly ScriptOperation[] = [
	define(
		'trim',
		[string],
		string,
		([value]) => asText(value).replace(/^[ \u3000]+|[ \u3000]+$/g, ''),
		([value]) => method(value, 'strip', ' \u3000'),
	),
	define(
		'ltrim',
		[string],
		string,
		([value]) => asText(value).replace(/^[ \u3000]+/g, ''),
		([value]) => method(value, 'lstrip', ' \u3000'),
	),
	define(
		'rtrim',
		[string],
		string,
		([value]) => asText(value).replace(/[ \u3000]+$/g, ''),
		([value]) => method(value, 'rstrip', ' \u3000'),
	),
	define(
		'left',
		[string, int],
		string,
		([value, size]) => sliceCharacters(asText(value), 0, count(size, 0n)),
		([value, size]) => call('left', value, size),
	),
	define(
		'right',
		[string, int],
		string,
		([value, size]) => {
			const length = characterCount(asText(value))
			return sliceCharacters(asText(value), Math.max(0, length - count(size, 0n)))
		},
		([value, size]) => call('right', value, size),
	),
	define(
		'mid2',
		[string, int],
		string,
		([value, start]) => sliceCharacters(asText(value), count(start, 1n) - 1),
		([value, start]) => call('mid', value, start),
	),
	define(
		'mid',
		[string, int, int],
		string,
		([value, start, size]) => {
			const from = count(start, 1n) - 1
			return sliceCharacters(asText(value), from, from + count(size, 0n))
		},
		([value, start, size]) => call('mid', value, start, size),
	),
	define(
		'isnumeric',
		[string],
		boolean,
		([value]) => readFloat(asText(value)) !== undefined,
		([value]) => call('is_number', value),
	),
]
