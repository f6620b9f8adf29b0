/**
 * Cultures: the invariant one, that of the account (taken for the invariant one, RG-D081), and en-US, whose letters and
 * separators of numbers are those of the invariant culture. Nothing of them is printed; the binder knows what they change.
 */
import { characterCount, characters } from '#model/code-points.ts'
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import { atom, call, method } from '../../python.ts'
import type { Member, ScriptOperation } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import { asText } from '../runtime.ts'

const { string, boolean } = scriptTypes
const culture: ScriptType = { kind: 'thing', name: 'CultureInfo' }
const textInfo: ScriptType = { kind: 'thing', name: 'TextInfo' }

const nothing = (name: string): ScriptOperation['evaluate'] => {
	const made = { kind: 'thing', name, state: {} } as const
	return () => made
}

/** Cultures whose numbers and letters are those of the invariant culture. */
const like: ReadonlySet<string> = new Set(['', 'en', 'en-us'])

const named: Partial<ScriptOperation> = {
	literals: [0],
	refuses: ([name]) =>
		typeof name === 'string' && like.has(name.toLowerCase()) ? undefined : `the culture ${JSON.stringify(name)}`,
}

const made = (id: string, parameters: readonly ScriptType[], rest: Partial<ScriptOperation> = {}): ScriptOperation => ({
	id: `CultureInfo.${id}`,
	parameters,
	result: culture,
	evaluate: nothing('CultureInfo'),
	python: () => atom('None'),
	...rest,
})

const wordPart = /['\p{L}\p{M}\p{N}]/u

/** A word begins at a letter and ends before what is no letter, mark, digit or apostrophe (.NET: TextInfo.ToTitleCase). */
function titleCase(text: string): string {
	const all = characters(text)
	let result = ''
	let at = 0
	while (at < all.length) {
		const first = all[at] ?? ''
		at += 1
		if (!/\p{L}/u.test(first)) {
			result += first
			continue
		}
		let end = at
		while (end < all.length && wordPart.test(all[end] ?? '')) end += 1
		const [head = '', ...tail] = all.slice(at, end).join('').split("'")
		const large = characterCount(first.toUpperCase()) === 1 ? first.toUpperCase() : first
		// Words in capitals alone are taken for acronyms; behind an apostrophe letters are small anyway.
		const rest = /\p{Ll}/u.test(first + head) ? head.toLowerCase() : head
		result += [large + rest, ...tail.map((one) => one.toLowerCase())].join("'")
		at = end
	}
	return result
}

export const cultureMembers: readonly Member[] = [
	fixed('CultureInfo', 'InvariantCulture', made('InvariantCulture', [])),
	...['CurrentCulture', 'CurrentUICulture'].map((name) =>
		fixed('CultureInfo', name, made(name, [], { differences: ['RG-D081'] })),
	),
	fixed('CultureInfo', 'new', made('new', [string], named)),
	fixed('CultureInfo', 'new', made('new(bool)', [string, boolean], named)),
	...['GetCultureInfo', 'CreateSpecificCulture'].map((name) => fixed('CultureInfo', name, made(name, [string], named))),
	instance('CultureInfo', 'TextInfo', {
		id: 'CultureInfo.TextInfo',
		parameters: [culture],
		result: textInfo,
		evaluate: nothing('TextInfo'),
		python: () => atom('None'),
	}),
	...['NumberFormat', 'DateTimeFormat'].map((name) =>
		instance('CultureInfo', name, {
			id: `CultureInfo.${name}`,
			parameters: [culture],
			result: culture,
			evaluate: nothing('CultureInfo'),
			python: () => atom('None'),
		}),
	),
	instance('TextInfo', 'ToTitleCase', {
		id: 'TextInfo.ToTitleCase',
		parameters: [textInfo, string],
		result: string,
		evaluate: ([, text]) => titleCase(asText(text)),
		python: ([, text]) => call('title_case', text),
	}),
	...(['ToUpper', 'ToLower'] as const).map((name) =>
		instance('TextInfo', name, {
			id: `TextInfo.${name}`,
			parameters: [textInfo, string],
			result: string,
			evaluate: ([, text]) => (name === 'ToUpper' ? asText(text).toUpperCase() : asText(text).toLowerCase()),
			python: ([, text]) => method(text, name === 'ToUpper' ? 'upper' : 'lower'),
		}),
	),
]
