/** The text and number functions of Visual Basic: positions from 1, nothing raises for a place beyond the text, only blanks are trimmed. */
import { characterCount, characters, sliceCharacters } from '#model/code-points.ts'
import type { ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypes } from '#model/scripts.ts'
import type { Py } from '../../python.ts'
import { atom, binary, call, method } from '../../python.ts'
import type { ScriptOperation } from '../operation.ts'
import type { ScriptValue } from '../runtime.ts'
import { asBoolean, asFloat, asInt, asText, raise } from '../runtime.ts'
import { readFloat } from './number-text.ts'
import { inOperand } from './strings.ts'

const { string, int, boolean, double, char, object } = scriptTypes

const define = (
	name: string,
	parameters: readonly ScriptType[],
	result: ScriptType,
	evaluate: ScriptOperation['evaluate'],
	python: ScriptOperation['python'],
	rest: Partial<ScriptOperation> = {},
): ScriptOperation => ({
	id: `Vb.${name}`,
	parameters,
	result,
	evaluate,
	python,
	...rest,
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
	define(
		'strreverse',
		[string],
		string,
		([value]) => characters(asText(value)).toReversed().join(''),
		([value]) => atom(`${inOperand(value)}[::-1]`),
	),
	define(
		'instr',
		[int, string, string],
		int,
		([start, value, sought]) => {
			const from = count(start, 1n)
			const whole = asText(value)
			if (from > characterCount(whole)) return 0n
			const before = sliceCharacters(whole, 0, from - 1)
			const at = whole.indexOf(asText(sought), before.length)
			return at === -1 ? 0n : BigInt(characterCount(whole.slice(0, at)) + 1)
		},
		([start, value, sought]) =>
			start.code === '1' && isSign(sought)
				? binary('+', method(value, 'find', sought), atom('1'))
				: call('in_text', value, sought, start),
	),
	define(
		'instrrev',
		[string, string],
		int,
		([value, sought]) => {
			const whole = asText(value)
			if (whole === '') return 0n
			const at = whole.lastIndexOf(asText(sought))
			if (asText(sought) === '') return BigInt(characterCount(whole))
			return at === -1 ? 0n : BigInt(characterCount(whole.slice(0, at)) + 1)
		},
		([value, sought]) => binary('+', method(value, 'rfind', sought), atom('1')),
		{
			literals: [1],
			refuses: ([, sought]) => (sought === '' ? 'it looks for the empty text' : undefined),
		},
	),
	define(
		'split',
		[string, string],
		listOf(string),
		([value, by]) => ({ kind: 'list', items: asText(value).split(asText(by)) }),
		([value, by]) => method(value, 'split', by),
		{
			literals: [1],
			refuses: ([, by]) => (by === '' ? 'it splits by the empty text' : undefined),
		},
	),
	define(
		'val',
		[string],
		double,
		([value]) => leadingNumber(asText(value)),
		([value]) => call('leading_number', value),
	),
	define(
		'ascw',
		[string],
		int,
		([value]) => BigInt(firstOf(asText(value)).codePointAt(0) ?? 0),
		([value]) => call('ord', atom(`${inOperand(value)}[0]`)),
	),
	define(
		'asc',
		[string],
		int,
		([value]) => {
			const code = westernCodes.indexOf(firstOf(asText(value)))
			return code === -1 ? BigInt('?'.charCodeAt(0)) : BigInt(code)
		},
		([value]) => call('western_code', value),
		{ differences: ['RG-D081'] },
	),
	define(
		'chr',
		[int],
		char,
		([value]) => {
			const code = asInt(value)
			if (code < 0n || code > 255n) return raise('ArgumentException', 'Procedure call or argument is not valid.')
			return westernCodes[Number(code)] ?? ''
		},
		([value]) => call('western_character', value),
		{ differences: ['RG-D081'] },
	),
	define(
		'fix',
		[double],
		double,
		([value]) => Math.trunc(asFloat(value)),
		([value]) => call('float', call('math.trunc', value)),
	),
	define(
		'int',
		[double],
		double,
		([value]) => Math.floor(asFloat(value)),
		([value]) => call('float', call('math.floor', value)),
	),
	define(
		'iif',
		[boolean, object, object],
		object,
		([condition, then, otherwise]) => (asBoolean(condition) ? (then ?? null) : (otherwise ?? null)),
		([condition, then, otherwise]) => call('either', condition, then, otherwise),
	),
]

/** A literal that is no empty text. */
const isSign = ({ code }: Py): boolean => /^"(?:[^"\\]|\\.)+"$/.test(code)

const firstOf = (value: string): string =>
	characters(value)[0] ?? raise('ArgumentException', 'The argument must not be an empty text.')

/** Characters of windows-1252 by their codes, with those that it leaves open as Windows has them. */
const westernCodes: readonly string[] = Array.from({ length: 256 }, (_, code) =>
	new TextDecoder('windows-1252').decode(new Uint8Array([code])),
)

/** The number that a text begins with, whatever follows; blanks count nowhere (Microsoft.VisualBasic.Conversion.Val). */
function leadingNumber(value: string): number {
	const text = value.replaceAll(/[\t\n\r \u3000]/g, '')
	const [, base, digits] = /^&([HhOo])([\da-fA-F]*)/.exec(text) ?? []
	if (base !== undefined && digits !== undefined) {
		const isHex = base.toLowerCase() === 'h'
		return Number.parseInt(isHex ? digits : (/^[0-7]*/.exec(digits)?.[0] ?? ''), isHex ? 16 : 8) || 0
	}
	const [number = '0'] = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][+-]?\d+)?/.exec(text) ?? []
	return Number(number.replace(/[dD]/, 'e'))
}
