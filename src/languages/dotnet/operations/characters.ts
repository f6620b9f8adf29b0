/** Single characters: what `System.Char` does. */
import { listOf, scriptTypes } from '#model/scripts.ts'
import { atom, binary, call, loose, method } from '../../python.ts'
import type { Member, ScriptOperation } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import { asInt, asList, asText, raise } from '../runtime.ts'
import { blanks, inOperand } from './strings.ts'

const { string, boolean, char, int } = scriptTypes

const categoryNames = (
	'Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So' as const
).split(' ')

const characterTests = [
	{ name: 'IsDigit', pattern: /^\p{Nd}$/u, python: 'isdecimal' },
	{ name: 'IsLetter', pattern: /^\p{L}$/u, python: 'isalpha' },
	{ name: 'IsLetterOrDigit', pattern: /^[\p{L}\p{Nd}]$/u, python: undefined },
	{ name: 'IsWhiteSpace', pattern: new RegExp(`^[${blanks}]$`), python: 'isspace' },
	{ name: 'IsUpper', pattern: /^\p{Lu}$/u, python: undefined },
	{ name: 'IsLower', pattern: /^\p{Ll}$/u, python: undefined },
].map(
	({ name, pattern, python }): Member =>
		fixed('Char', name, {
			id: `Char.${name}`,
			parameters: [char],
			result: boolean,
			evaluate: ([value]) => pattern.test(asText(value)),
			python: ([value]) => {
				if (python !== undefined) return method(value, python)
				if (name === 'IsLetterOrDigit') return loose(`${inOperand(value)}.isalpha() or ${inOperand(value)}.isdecimal()`)
				return binary('==', call('unicodedata.category', value), atom(name === 'IsUpper' ? '"Lu"' : '"Ll"'))
			},
		}),
)

const characterChanges: readonly Member[] = [
	fixed('Char', 'ToUpper', {
		id: 'Char.ToUpper',
		parameters: [char],
		result: char,
		evaluate: ([value]) => asText(value).toUpperCase(),
		python: ([value]) => method(value, 'upper'),
	}),
	fixed('Char', 'ToLower', {
		id: 'Char.ToLower',
		parameters: [char],
		result: char,
		evaluate: ([value]) => asText(value).toLowerCase(),
		python: ([value]) => method(value, 'lower'),
	}),
	instance('char', 'ToString', {
		id: 'Char.ToString',
		parameters: [char],
		result: string,
		evaluate: ([value]) => asText(value),
		python: ([value]) => value,
	}),
]

/** Characters as numbers: 16 bits, as far as the text holds no surrogates (RG-D080). */
export const characterOperations: readonly ScriptOperation[] = [
	{
		id: 'Char.Code',
		parameters: [char],
		result: int,
		evaluate: ([value]) => BigInt(asText(value).codePointAt(0) ?? 0),
		python: ([value]) => call('ord', value),
	},
	{
		id: 'Char.Of',
		parameters: [int],
		result: char,
		evaluate: ([value]) => String.fromCodePoint(Number(BigInt.asUintN(16, asInt(value)))),
		python: ([value]) =>
			/^\d+$/.test(value.code) ? call('chr', value) : call('chr', binary('&', value, atom('0xFFFF'))),
	},
]

const madeOfCharacters: readonly Member[] = [
	fixed('String', 'new', {
		id: 'String.new(char[])',
		parameters: [listOf(char)],
		result: string,
		evaluate: ([all]) => asList(all).items.map(asText).join(''),
		python: ([all]) => method(atom('""'), 'join', all),
	}),
	fixed('String', 'new', {
		id: 'String.new(char, int)',
		parameters: [char, int],
		result: string,
		evaluate: ([value, count]) =>
			asInt(count) < 0n
				? raise('ArgumentOutOfRangeException', "'count' must be non-negative.")
				: asText(value).repeat(Number(asInt(count))),
		python: ([value, count]) => (/^\d+$/.test(count.code) ? binary('*', value, count) : call('repeated', value, count)),
	}),
]

/** Categories are the two letters that Unicode has for them. */
const categories: readonly Member[] = ['CharUnicodeInfo', 'Char'].map((owner) =>
	fixed(owner, 'GetUnicodeCategory', {
		id: `${owner}.GetUnicodeCategory`,
		parameters: [char],
		result: string,
		evaluate: ([value]) => categoryNames.find((name) => new RegExp(`^\\p{${name}}$`, 'u').test(asText(value))) ?? 'Cn',
		python: ([value]) => call('unicodedata.category', value),
	}),
)

export const characterMembers: readonly Member[] = [
	...categories,
	...characterTests,
	...characterChanges,
	...madeOfCharacters,
]
