/** Texts: what `System.String` does. Positions count characters from 0; one beyond U+FFFF counts as one (RG-D080). */
import { characterCount, characters, sliceCharacters } from '#model/code-points.ts'
import type { Expression } from '#model/expressions.ts'
import type { ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypes } from '#model/scripts.ts'
import type { Py } from '../../python.ts'
import { atom, binary, call, loose, method } from '../../python.ts'
import type { ApplyColumn, Member, ScriptOperation } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import { asInt, asList, asText, raise } from '../runtime.ts'

const { string, int, boolean, char } = scriptTypes
const chars = listOf(char)

const outOfRange = (): never =>
	raise('ArgumentOutOfRangeException', 'Index and length must refer to a location within the string.')

/** The part of a text; a place outside of it raises. */
function part(value: string, start: number, length: number): string {
	const size = characterCount(value)
	if (start < 0 || length < 0 || start + length > size) return outOfRange()
	return sliceCharacters(value, start, start + length)
}

/** White space of `Char.IsWhiteSpace`; Python and JavaScript each have a set of their own. */
export const blanks =
	'\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000'

function trimmed(value: string, set: string, left: boolean, right: boolean): string {
	const all = characters(value)
	let from = 0
	let to = all.length
	while (left && from < to && set.includes(all[from] ?? '')) from += 1
	while (right && to > from && set.includes(all[to - 1] ?? '')) to -= 1
	return all.slice(from, to).join('')
}

function define(
	id: string,
	parameters: readonly ScriptType[],
	result: ScriptType,
	rest: Omit<ScriptOperation, 'id' | 'parameters' | 'result'>,
): ScriptOperation {
	return { id: `String.${id}`, parameters, result, ...rest }
}

/** A catalogue operation of the SSIS language with one argument and the same meaning. */
const sameAs =
	(operation: string) =>
	(args: readonly Expression[], apply: ApplyColumn): Expression | undefined =>
		apply(operation, args)

const cases = [
	{ name: 'ToUpper', change: (value: string) => value.toUpperCase(), python: 'upper', column: 'ssis.upper' },
	{ name: 'ToUpperInvariant', change: (value: string) => value.toUpperCase(), python: 'upper', column: 'ssis.upper' },
	{ name: 'ToLower', change: (value: string) => value.toLowerCase(), python: 'lower', column: 'ssis.lower' },
	{ name: 'ToLowerInvariant', change: (value: string) => value.toLowerCase(), python: 'lower', column: 'ssis.lower' },
].map(
	({ name, change, python, column }): Member =>
		instance(
			'string',
			name,
			define(name, [string], string, {
				evaluate: ([value]) => change(asText(value)),
				python: ([value]) => method(value, python),
				column: sameAs(column),
			}),
		),
)

const trims = [
	{ name: 'Trim', left: true, right: true, python: 'strip' },
	{ name: 'TrimStart', left: true, right: false, python: 'lstrip' },
	{ name: 'TrimEnd', left: false, right: true, python: 'rstrip' },
].flatMap(({ name, left, right, python }): readonly Member[] => [
	instance(
		'string',
		name,
		define(name, [string], string, {
			evaluate: ([value]) => trimmed(asText(value), blanks, left, right),
			// Python's own set has four control characters more, which no text of a database holds by intention (RG-D080).
			python: ([value]) => method(value, python),
		}),
	),
	instance(
		'string',
		name,
		define(`${name}(char[])`, [string, chars], string, {
			evaluate: ([value, set]) => {
				const wanted = asList(set).items.map(asText).join('')
				return trimmed(asText(value), wanted === '' ? blanks : wanted, left, right)
			},
			python: ([value, set]) => method(value, python, method(atom('""'), 'join', set)),
		}),
	),
	instance(
		'string',
		name,
		define(`${name}(char)`, [string, char], string, {
			evaluate: ([value, set]) => trimmed(asText(value), asText(set), left, right),
			python: ([value, set]) => method(value, python, set),
		}),
	),
])

const tests = [
	{
		name: 'Contains',
		test: (value: string, other: string) => value.includes(other),
		python: (value: Py, other: Py) => loose(`${inOperand(other)} in ${inOperand(value)}`),
	},
	{
		name: 'StartsWith',
		test: (value: string, other: string) => value.startsWith(other),
		python: (value: Py, other: Py) => method(value, 'startswith', other),
	},
	{
		name: 'EndsWith',
		test: (value: string, other: string) => value.endsWith(other),
		python: (value: Py, other: Py) => method(value, 'endswith', other),
	},
].map(
	({ name, test, python }): Member =>
		instance(
			'string',
			name,
			define(name, [string, string], boolean, {
				evaluate: ([value, other]) => test(asText(value), asText(other)),
				python: ([value, other]) => python(value, other),
			}),
		),
)

/** A part in parentheses where it is more than a name or a call. */
export const inOperand = (part: Py): string => (part.level === 'atom' ? part.code : `(${part.code})`)

const places = [
	{ name: 'IndexOf', find: (value: string, other: string) => value.indexOf(other), python: 'find' },
	{ name: 'LastIndexOf', find: (value: string, other: string) => value.lastIndexOf(other), python: 'rfind' },
].flatMap(({ name, find, python }): readonly Member[] =>
	[string, char].map((sought) =>
		instance(
			'string',
			name,
			define(`${name}(${sought.kind === 'char' ? 'char' : 'string'})`, [string, sought], int, {
				evaluate: ([value, other]) => {
					const whole = asText(value)
					const at = find(whole, asText(other))
					return at === -1 ? -1n : BigInt(characterCount(whole.slice(0, at)))
				},
				python: ([value, other]) => method(value, python, other),
			}),
		),
	),
)

const cutting: readonly Member[] = [
	instance(
		'string',
		'Length',
		define('Length', [string], int, {
			evaluate: ([value]) => BigInt(characterCount(asText(value))),
			python: ([value]) => call('len', value),
		}),
	),
	instance(
		'string',
		'Substring',
		define('Substring(int)', [string, int], string, {
			evaluate: ([value, start]) =>
				part(asText(value), Number(asInt(start)), characterCount(asText(value)) - Number(asInt(start))),
			python: ([value, start]) => call('substring', value, start),
		}),
	),
	instance(
		'string',
		'Substring',
		define('Substring(int,int)', [string, int, int], string, {
			evaluate: ([value, start, length]) => part(asText(value), Number(asInt(start)), Number(asInt(length))),
			python: ([value, start, length]) => call('substring', value, start, length),
		}),
	),
	instance(
		'string',
		'Remove',
		define('Remove(int)', [string, int], string, {
			evaluate: ([value, start]) => {
				const at = Number(asInt(start))
				// Unlike Substring, the start must be inside the text (.NET: String.Remove).
				return at >= characterCount(asText(value)) ? outOfRange() : part(asText(value), 0, at)
			},
			python: ([value, start]) => call('remove', value, start),
		}),
	),
	instance(
		'string',
		'Remove',
		define('Remove(int,int)', [string, int, int], string, {
			evaluate: ([value, start, length]) => {
				const whole = asText(value)
				const [from, count] = [Number(asInt(start)), Number(asInt(length))]
				part(whole, from, count)
				return sliceCharacters(whole, 0, from) + sliceCharacters(whole, from + count)
			},
			python: ([value, start, length]) => call('remove', value, start, length),
		}),
	),
	instance(
		'string',
		'Insert',
		define('Insert', [string, int, string], string, {
			evaluate: ([value, start, other]) => {
				const whole = asText(value)
				const at = Number(asInt(start))
				return part(whole, 0, at) + asText(other) + sliceCharacters(whole, at)
			},
			python: ([value, start, other]) =>
				binary('+', binary('+', call('substring', value, 0, start), other), call('substring', value, start)),
		}),
	),
	instance(
		'string',
		'Chars',
		define('Chars', [string, int], char, {
			evaluate: ([value, index]) => {
				const at = Number(asInt(index))
				const found = at < 0 ? undefined : characters(asText(value))[at]
				return found ?? raise('IndexOutOfRangeException', 'Index was outside the bounds of the array.')
			},
			python: ([value, index]) => call('substring', value, index, 1),
		}),
	),
]

const changes: readonly Member[] = [
	...[string, char].map((kind) =>
		instance(
			'string',
			'Replace',
			define(`Replace(${kind.kind})`, [string, kind, kind], string, {
				evaluate: ([value, old, fresh]) => {
					const sought = asText(old)
					if (sought === '') return raise('ArgumentException', 'String cannot be of zero length.')
					return asText(value).replaceAll(sought, () => (fresh === null ? '' : asText(fresh)))
				},
				python: ([value, old, fresh]) => method(value, 'replace', old, fresh),
				literals: [1],
				refuses: ([, old]) => (old === '' ? 'it replaces the empty text, which always fails' : undefined),
			}),
		),
	),
	...[
		{ name: 'PadLeft', python: 'rjust' },
		{ name: 'PadRight', python: 'ljust' },
	].flatMap(({ name, python }): readonly Member[] => [
		instance(
			'string',
			name,
			define(name, [string, int], string, {
				evaluate: ([value, width]) => padded(asText(value), asInt(width), ' ', name),
				python: ([value, width]) => method(value, python, width),
			}),
		),
		instance(
			'string',
			name,
			define(`${name}(char)`, [string, int, char], string, {
				evaluate: ([value, width, fill]) => padded(asText(value), asInt(width), asText(fill), name),
				python: ([value, width, fill]) => method(value, python, width, fill),
			}),
		),
	]),
	instance(
		'string',
		'ToString',
		define('ToString', [string], string, { evaluate: ([value]) => asText(value), python: ([value]) => value }),
	),
	instance(
		'string',
		'Normalize',
		define('Normalize', [string, string], string, {
			evaluate: ([value, form]) => asText(value).normalize(asText(form)),
			python: ([value, form]) => call('unicodedata.normalize', form, value),
		}),
	),
	instance(
		'string',
		'Normalize',
		define('Normalize()', [string], string, {
			evaluate: ([value]) => asText(value).normalize('NFC'),
			python: ([value]) => call('unicodedata.normalize', 'NFC', value),
		}),
	),
	instance(
		'string',
		'ToCharArray',
		define('ToCharArray', [string], chars, {
			evaluate: ([value]) => ({ kind: 'list', items: [...characters(asText(value))] }),
			python: ([value]) => call('list', value),
		}),
	),
	instance(
		'string',
		'Equals',
		define('Equals', [string, string], boolean, {
			evaluate: ([value, other]) => asText(value) === other,
			python: ([value, other]) => binary('==', value, other),
		}),
	),
]

function padded(value: string, width: bigint, fill: string, name: string): string {
	if (width < 0n) return raise('ArgumentOutOfRangeException', 'Non-negative number required.')
	const missing = fill.repeat(Math.max(0, Number(width) - characterCount(value)))
	return name === 'PadLeft' ? missing + value : value + missing
}

const statics: readonly Member[] = [
	fixed(
		'String',
		'IsNullOrEmpty',
		define('IsNullOrEmpty', [string], boolean, {
			evaluate: ([value]) => value === null || value === '',
			python: ([value]) => loose(`not ${inOperand(value)}`),
		}),
	),
	fixed(
		'String',
		'IsNullOrWhiteSpace',
		define('IsNullOrWhiteSpace', [string], boolean, {
			evaluate: ([value]) => value === null || trimmed(asText(value), blanks, true, true) === '',
			python: ([value]) => loose(`not (${value.level === 'atom' ? value.code : `(${value.code})`} or "").strip()`),
		}),
	),
	fixed(
		'String',
		'Join',
		define('Join', [string, listOf(string)], string, {
			evaluate: ([separator, list]) =>
				asList(list)
					.items.map((item) => (typeof item === 'string' ? item : ''))
					.join(asText(separator)),
			python: ([separator, list]) => method(separator, 'join', list),
		}),
	),
	fixed(
		'String',
		'Equals',
		define('Equals(static)', [string, string], boolean, {
			evaluate: ([left, right]) => left === right,
			python: ([left, right]) => binary('==', left, right),
		}),
	),
]

export const stringMembers: readonly Member[] = [
	...cases,
	...trims,
	...tests,
	...places,
	...cutting,
	...changes,
	...statics,
]

/** Texts put together; null counts as nothing. */
export const concatenation: ScriptOperation = {
	id: 'String.Concat',
	parameters: [string, string],
	result: string,
	evaluate: ([left, right]) => `${left === null ? '' : asText(left)}${right === null ? '' : asText(right)}`,
	python: ([left, right]) => binary('+', left, right),
	column: sameAs('ssis.concat'),
}

/** A text that may be null as one that is not. */
export const orEmpty: ScriptOperation = {
	id: 'String.OrEmpty',
	parameters: [string],
	result: string,
	evaluate: ([value]) => value ?? '',
	python: ([value]) => loose(`${inOperand(value)} or ""`),
}
