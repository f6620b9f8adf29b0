/** Text builders: a list of pieces in Python. What gives the builder back in .NET gives nothing there; the binder knows. */
import { characterCount, sliceCharacters } from '#model/code-points.ts'
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import type { Py } from '../../python.ts'
import { atom, binary, call, method } from '../../python.ts'
import type { Args, Member, ScriptOperation } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import type { ScriptValue } from '../runtime.ts'
import { asInt, asText, asThing, raise } from '../runtime.ts'

const { int, string, char, nothing } = scriptTypes
const builder: ScriptType = { kind: 'thing', name: 'StringBuilder' }

const textOf = (value: ScriptValue | undefined): string => asText(asThing(value).state['text'])
const joined = (pieces: Py): Py => method(atom('""'), 'join', pieces)
const outOfRange = (): never => raise('ArgumentOutOfRangeException', 'Index was out of range.')

/** The whole text before and behind a part, which must be within it. */
function around(text: string, start: bigint, length: bigint): readonly [before: string, part: string, behind: string] {
	const [from, end] = [Number(start), Number(start + length)]
	if (from < 0 || length < 0n || end > characterCount(text)) return outOfRange()
	return [sliceCharacters(text, 0, from), sliceCharacters(text, from, end), sliceCharacters(text, end)]
}

/** What changes the whole text: what it makes of it, and the Python of that. */
function change(
	name: string,
	parameters: readonly ScriptType[],
	made: (text: string, args: Args) => string,
	python: (text: Py, args: readonly [Py, Py]) => Py,
): ScriptOperation {
	return {
		id: `StringBuilder.${name}`,
		parameters: [builder, ...parameters],
		result: builder,
		isEffect: true,
		evaluate: ([value, ...args]) => {
			const thing = asThing(value)
			thing.state['text'] = made(textOf(thing), args)
			return thing
		},
		python: ([value, first, second]) => call('replace_pieces', value, python(joined(value), [first, second])),
	}
}

const members: readonly ScriptOperation[] = [
	{
		id: 'StringBuilder.ToString',
		parameters: [builder],
		result: string,
		evaluate: ([value]) => textOf(value),
		python: ([value]) => joined(value),
	},
	{
		id: 'StringBuilder.ToString(int,int)',
		parameters: [builder, int, int],
		result: string,
		evaluate: ([value, start, length]) => around(textOf(value), asInt(start), asInt(length))[1],
		python: ([value, start, length]) => call('substring', joined(value), start, length),
	},
	{
		id: 'StringBuilder.Length',
		parameters: [builder],
		result: int,
		evaluate: ([value]) => BigInt(characterCount(textOf(value))),
		python: ([value]) => call('len', joined(value)),
	},
	{
		id: 'StringBuilder.Clear',
		parameters: [builder],
		result: builder,
		isEffect: true,
		evaluate: ([value]) => {
			const thing = asThing(value)
			thing.state['text'] = ''
			return thing
		},
		python: ([value]) => method(value, 'clear'),
	},
	{
		id: 'StringBuilder.Item',
		parameters: [builder, int],
		result: char,
		evaluate: ([value, index]) => around(textOf(value), asInt(index), 1n)[1],
		python: ([value, index]) => call('substring', joined(value), index, 1),
	},
	...[string, char].map((kind) =>
		change(
			`Replace(${kind.kind})`,
			[kind, kind],
			(text, [old, fresh]) => text.replaceAll(asText(old), () => (fresh === null ? '' : asText(fresh))),
			(text, [old, fresh]) => method(text, 'replace', old, fresh),
		),
	),
	change(
		'Remove',
		[int, int],
		(text, [start, length]) => {
			const [before, , behind] = around(text, asInt(start), asInt(length))
			return before + behind
		},
		(text, [start, length]) => call('remove', text, start, length),
	),
]

const nameOf = ({ id }: ScriptOperation): string => id.replace(/^StringBuilder\.|\(.*$/g, '')

/** `sb.Length = n`. */
const setLength: Member = instance('StringBuilder', 'set Length', {
	id: 'StringBuilder.set Length',
	parameters: [builder, int],
	result: nothing,
	isEffect: true,
	evaluate: ([value, length]) => {
		const thing = asThing(value)
		const wanted = Number(asInt(length))
		if (wanted < 0) return outOfRange()
		const text = textOf(thing)
		thing.state['text'] = sliceCharacters(text, 0, wanted) + '\0'.repeat(Math.max(0, wanted - characterCount(text)))
		return null
	},
	python: ([value, length]) => call('replace_pieces', value, call('text_of_length', joined(value), length)),
})

export const builderMembers: readonly Member[] = [
	...members.map((operation) => instance('StringBuilder', nameOf(operation), operation)),
	setLength,
	fixed('StringBuilder', 'new', {
		id: 'StringBuilder.new',
		parameters: [],
		result: builder,
		evaluate: () => ({ kind: 'thing', name: 'StringBuilder', state: { text: '' } }),
		python: () => atom('[]'),
	}),
]

/** What takes values of any type as their texts: the binder makes texts of them first. */
export const builderOperations: readonly ScriptOperation[] = [
	{
		id: 'StringBuilder.of',
		parameters: [string],
		result: builder,
		evaluate: ([text]) => ({
			kind: 'thing',
			name: 'StringBuilder',
			state: { text: text === null ? '' : asText(text) },
		}),
		python: ([text]) => atom(`[${text.code}]`),
	},
	{
		id: 'StringBuilder.Append',
		parameters: [builder, string],
		result: builder,
		isEffect: true,
		evaluate: ([value, more]) => {
			const thing = asThing(value)
			thing.state['text'] = textOf(thing) + (more === null ? '' : asText(more))
			return thing
		},
		python: ([value, more]) => method(value, 'append', more),
	},
	change(
		'Insert',
		[int, string],
		(text, [start, more]) => {
			const [before, , behind] = around(text, asInt(start), 0n)
			return before + (more === null ? '' : asText(more)) + behind
		},
		(text, [start, more]) =>
			start.code === '0'
				? binary('+', more, text)
				: binary('+', binary('+', call('substring', text, 0, start), more), call('substring', text, start)),
	),
]
