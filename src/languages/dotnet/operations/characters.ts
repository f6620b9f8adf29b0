/** Single characters: what `System.Char` does. */
import { scriptTypes } from '#model/scripts.ts'
import { atom, binary, call, loose, method } from '../../python.ts'
import type { Member } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import { asText } from '../runtime.ts'
import { blanks, inOperand } from './strings.ts'

const { string, boolean, char } = scriptTypes

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

export const characterMembers: readonly Member[] = [...characterTests, ...characterChanges]
