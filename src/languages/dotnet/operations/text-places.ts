/** Places in texts from a start on, and texts whose letter case does not count. */
import { characterCount, characters, sliceCharacters } from '#model/code-points.ts'
import type { ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypes } from '#model/scripts.ts'
import { call } from '../../python.ts'
import type { Args, Member, ScriptOperation } from '../operation.ts'
import { instance } from '../operation.ts'
import { asInt, asList, asText, raise } from '../runtime.ts'

const { string, int, boolean, char } = scriptTypes

/** `OrdinalIgnoreCase` puts capitals for letters one by one (Microsoft: StringComparer.OrdinalIgnoreCase): ß stays, for it has none alone. */
function folded(text: string): string {
	return Array.from(text, (one) => {
		const large = one.toUpperCase()
		return characterCount(large) === 1 ? large : one
	}).join('')
}

const badStart = (): never => raise('ArgumentOutOfRangeException', 'Index was out of range.')

/** The part in which a text is looked for, which must be within the whole. */
function searched([value, , start, count]: Args): { readonly part: string; readonly from: number } {
	const whole = asText(value)
	const size = characterCount(whole)
	const from = Number(asInt(start))
	const end = count === undefined ? size : from + Number(asInt(count))
	if (from < 0 || end < from || end > size) return badStart()
	return { part: sliceCharacters(whole, from, end), from }
}

function placeOf(part: string, found: number, from: number): bigint {
	return found === -1 ? -1n : BigInt(from + characterCount(part.slice(0, found)))
}

function indexFrom(sought: ScriptType, counts: boolean): ScriptOperation {
	const rest = counts ? [int, int] : [int]
	return {
		id: `String.IndexOf(${sought.kind === 'char' ? 'char' : 'string'},${rest.map(() => 'int').join(',')})`,
		parameters: [string, sought, ...rest],
		result: int,
		evaluate: (args) => {
			const { part, from } = searched(args)
			return placeOf(part, part.indexOf(asText(args[1])), from)
		},
		python: (args) => call('index_of', ...args.slice(0, 2 + rest.length)),
	}
}

/** The last place whose text ends at the start or before it: .NET goes backwards from there. */
function lastIndexFrom(sought: ScriptType): ScriptOperation {
	return {
		id: `String.LastIndexOf(${sought.kind === 'char' ? 'char' : 'string'},int)`,
		parameters: [string, sought, int],
		result: int,
		evaluate: ([value, other, start]) => {
			const whole = asText(value)
			const from = Number(asInt(start))
			if (whole === '') return -1n
			if (from < 0 || from > characterCount(whole)) return badStart()
			const part = sliceCharacters(whole, 0, from + 1)
			return placeOf(part, part.lastIndexOf(asText(other)), 0)
		},
		python: ([value, other, start]) => call('last_index_of', value, other, start),
	}
}

const anyOf = (['IndexOfAny', 'LastIndexOfAny'] as const).map(
	(name): Member =>
		instance('string', name, {
			id: `String.${name}`,
			parameters: [string, listOf(char)],
			result: int,
			evaluate: ([value, set]) => {
				const wanted = asList(set).items
				const isWanted = (one: string): boolean => wanted.includes(one)
				const all = characters(asText(value))
				return BigInt(name === 'IndexOfAny' ? all.findIndex(isWanted) : all.findLastIndex(isWanted))
			},
			python: ([value, set]) => call(name === 'IndexOfAny' ? 'index_of_any' : 'last_index_of_any', value, set),
		}),
)

export const placeMembers: readonly Member[] = [
	...[string, char].flatMap((sought) => [
		instance('string', 'IndexOf', indexFrom(sought, false)),
		instance('string', 'IndexOf', indexFrom(sought, true)),
		instance('string', 'LastIndexOf', lastIndexFrom(sought)),
	]),
	...anyOf,
]

export const caseOperations: readonly ScriptOperation[] = [
	{
		id: 'String.Folded',
		parameters: [string],
		result: string,
		evaluate: ([value]) => folded(asText(value)),
		python: ([value]) => call('folded', value),
	},
	{
		id: 'String.EqualsIgnoringCase',
		parameters: [string, string],
		result: boolean,
		evaluate: ([left, right]) =>
			left === null || right === null ? left === right : folded(asText(left)) === folded(asText(right)),
		python: ([left, right]) => call('same_ignoring_case', left, right),
	},
]
