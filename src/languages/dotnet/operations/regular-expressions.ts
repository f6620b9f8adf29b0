/** Regular expressions. A value of the type is its pattern, in Python's spelling (`../regex.ts`). */
import { characterCount } from '#model/code-points.ts'
import type { ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypes } from '#model/scripts.ts'
import type { Py } from '../../python.ts'
import { atom, call, loose } from '../../python.ts'
import type { Member, ScriptOperation } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import { compiled, filled } from '../regex.ts'
import type { ScriptList, ScriptThing, ScriptValue } from '../runtime.ts'
import { asInt, asText, asThing } from '../runtime.ts'

const { string, boolean, int } = scriptTypes
const regex: ScriptType = { kind: 'thing', name: 'Regex' }
const match: ScriptType = { kind: 'thing', name: 'Match' }
const groups: ScriptType = { kind: 'thing', name: 'GroupCollection' }
const group: ScriptType = { kind: 'thing', name: 'Group' }

const escapes: Readonly<Record<string, string>> = { '\t': 't', '\n': 'n', '\f': 'f', '\r': 'r' }

/** Digits, letters and spaces are those of Python. */
const differences = ['RG-D120'] as const

function found(one: RegExpMatchArray): ScriptThing {
	const all: ScriptList = { kind: 'list', items: [...one].map((text: string | undefined) => text ?? null) }
	const named = new Map(
		Object.entries(one.groups ?? {}).map(([name, text]): [string, ScriptValue] => [name, text ?? null]),
	)
	const index = BigInt(characterCount(one.input?.slice(0, one.index) ?? ''))
	return { kind: 'thing', name: 'Match', state: { groups: all, named: { kind: 'map', entries: named }, index } }
}

const all = (pattern: ScriptValue | undefined, text: ScriptValue | undefined): readonly RegExpMatchArray[] => [
	...asText(text).matchAll(compiled(asText(pattern))),
]

function define(
	id: string,
	parameters: readonly ScriptType[],
	result: ScriptType,
	rest: Pick<ScriptOperation, 'evaluate' | 'python'>,
): ScriptOperation {
	return { id: `Regex.${id}`, parameters, result, differences, ...rest }
}

const search = (pattern: Py, text: Py): Py => call('re.search', pattern, text)

/** The parts of a text between matches; patterns with groups are refused before. */
function pieces(text: string, matches: readonly RegExpMatchArray[]): readonly string[] {
	const cut: string[] = []
	let at = 0
	for (const one of matches) {
		cut.push(text.slice(at, one.index))
		at = (one.index ?? 0) + one[0].length
	}
	return [...cut, text.slice(at)]
}

const patterns: readonly Member[] = [
	instance(
		'Regex',
		'IsMatch',
		define('IsMatch', [regex, string], boolean, {
			evaluate: ([pattern, text]) => compiled(asText(pattern)).test(asText(text)),
			python: ([pattern, text]) => loose(`${search(pattern, text).code} is not None`),
		}),
	),
	instance(
		'Regex',
		'Match',
		define('Match', [regex, string], match, {
			evaluate: ([pattern, text]) => {
				const one = compiled(asText(pattern)).exec(asText(text))
				return one === null ? null : found(one)
			},
			python: ([pattern, text]) => search(pattern, text),
		}),
	),
	instance(
		'Regex',
		'Matches',
		define('Matches', [regex, string], listOf(match), {
			evaluate: ([pattern, text]) => ({ kind: 'list', items: all(pattern, text).map(found) }),
			python: ([pattern, text]) => call('list', call('re.finditer', pattern, text)),
		}),
	),
	instance(
		'Regex',
		'Replace',
		define('Replace', [regex, string, string], string, {
			evaluate: ([pattern, text, template]) => {
				const matches = all(pattern, text)
				const kept = pieces(asText(text), matches)
				return kept
					.map((part, at) => part + (matches[at] === undefined ? '' : filled(asText(template), matches[at])))
					.join('')
			},
			python: ([pattern, text, template]) => call('re.sub', pattern, template, text),
		}),
	),
	fixed('Regex', 'Escape', {
		id: 'Regex.Escape',
		parameters: [string],
		result: string,
		// Microsoft: Regex.Escape. Closing brackets and braces stay as they are.
		evaluate: ([text]) => asText(text).replace(/[\\*+?|{[()^$.# \t\n\f\r]/g, (sign) => `\\${escapes[sign] ?? sign}`),
		python: ([text]) => call('escaped_pattern', text),
	}),
	instance(
		'Regex',
		'Split',
		define('Split', [regex, string], listOf(string), {
			evaluate: ([pattern, text]) => ({ kind: 'list', items: [...pieces(asText(text), all(pattern, text))] }),
			python: ([pattern, text]) => call('re.split', pattern, text),
		}),
	),
]

/** A match that failed has empty texts. */
const matches: readonly Member[] = [
	instance('Match', 'Success', {
		...define('Success', [match], boolean, {
			evaluate: ([one]) => one !== null,
			python: ([one]) => loose(`${one.code} is not None`),
		}),
	}),
	...['Value', 'ToString'].map((name) =>
		instance(
			'Match',
			name,
			define(`Match.${name}`, [match], string, {
				evaluate: ([one]) => textOf(groupOf(one, 0n)),
				python: ([one]) => loose(`${call('group_of', one, atom('0')).code} or ""`),
			}),
		),
	),
	instance(
		'Match',
		'Length',
		define('Match.Length', [match], int, {
			evaluate: ([one]) => BigInt(characterCount(textOf(groupOf(one, 0n)))),
			python: ([one]) => call('len', loose(`${call('group_of', one, atom('0')).code} or ""`)),
		}),
	),
	instance(
		'Match',
		'Index',
		define('Match.Index', [match], int, {
			evaluate: ([one]) => (one === null || one === undefined ? 0n : (asThing(one).state['index'] ?? 0n)),
			python: ([one]) => loose(`${one.code}.start() if ${one.code} else 0`),
		}),
	),
	instance('Match', 'Groups', {
		...define('Groups', [match], groups, { evaluate: ([one]) => one ?? null, python: ([one]) => one }),
	}),
	instance('GroupCollection', 'Item', {
		...define('Group', [groups, int], group, {
			evaluate: ([one, at]) => groupOf(one, asInt(at)),
			python: ([one, at]) => call('group_of', one, at),
		}),
	}),
	instance('GroupCollection', 'Item', {
		...define('NamedGroup', [groups, string], group, {
			evaluate: ([one, name]) => groupOf(one, asText(name)),
			python: ([one, name]) => call('group_of', one, name),
		}),
	}),
	...['Value', 'ToString'].map((name) =>
		instance(
			'Group',
			name,
			define(`Group.${name}`, [group], string, {
				evaluate: ([one]) => textOf(one),
				python: ([one]) => loose(`${one.code} or ""`),
			}),
		),
	),
	instance('Group', 'Success', {
		...define('Group.Success', [group], boolean, {
			evaluate: ([one]) => one !== null,
			python: ([one]) => loose(`${one.code} is not None`),
		}),
	}),
]

const textOf = (value: ScriptValue | undefined): string => (typeof value === 'string' ? value : '')

/** A group that is not there did not match (.NET: Group.Success is false). */
function groupOf(value: ScriptValue | undefined, at: bigint | string): ScriptValue {
	if (value === null || value === undefined) return null
	const { groups: list, named } = asThing(value).state
	if (typeof at === 'string')
		return typeof named === 'object' && named?.kind === 'map' ? (named.entries.get(at) ?? null) : null
	return typeof list === 'object' && list?.kind === 'list' ? (list.items[Number(at)] ?? null) : null
}

export const regularExpressionMembers: readonly Member[] = [...patterns, ...matches]
