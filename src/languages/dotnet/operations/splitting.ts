/** `Split` of texts, with and without the empty parts (StringSplitOptions). */
import { characters } from '#model/code-points.ts'
import { listOf, scriptTypes } from '#model/scripts.ts'
import { atom, call } from '../../python.ts'
import type { Member } from '../operation.ts'
import { instance } from '../operation.ts'
import { asList, asText } from '../runtime.ts'
import { blanks } from './strings.ts'

const { string, boolean, char } = scriptTypes
const chars = listOf(char)

function split(value: string, separators: readonly string[]): string[] {
	const set = separators.length === 0 ? Array.from(blanks) : separators
	const parts = ['']
	for (const character of characters(value)) {
		if (set.includes(character)) parts.push('')
		else parts.push(`${parts.pop() ?? ''}${character}`)
	}
	return parts
}

export const splitMembers: readonly Member[] = [
	instance('string', 'Split', {
		id: 'String.Split(char[])',
		parameters: [string, chars],
		result: listOf(string),
		isVariadic: true,
		evaluate: ([value, separators]) => ({
			kind: 'list',
			items: split(asText(value), asList(separators).items.map(asText)),
		}),
		python: ([value, separators]) => call('split', value, separators),
	}),
	instance('string', 'Split', {
		id: 'String.Split(char[], StringSplitOptions)',
		parameters: [string, chars, boolean],
		result: listOf(string),
		evaluate: ([value, separators, dropsEmpty]) => {
			const items = split(asText(value), asList(separators).items.map(asText))
			return { kind: 'list', items: dropsEmpty === true ? items.filter((one) => one !== '') : items }
		},
		python: ([value, separators, dropsEmpty]) => {
			const parts = call('split', value, separators)
			return dropsEmpty.code === 'False' ? parts : atom(`[part for part in ${parts.code} if part]`)
		},
	}),
]
