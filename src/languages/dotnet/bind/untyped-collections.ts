/**
 * `ArrayList`, `Hashtable` and other collections of objects. Most scripts put values of one type into them, and take them out as
 * that type. So each is bound as if it said so, and whatever is put into it must be of the very type.
 */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypeKey } from '#model/scripts.ts'
import type { TypeName } from '../syntax.ts'
import { typeNamed } from '../syntax.ts'
import { outside } from './outside.ts'
import { sameType } from './types.ts'

/** What lists hold, and what dictionaries have for which keys. */
export interface Guess {
	readonly items: string
	readonly keys: string
	readonly values: string
}

const kinds = ['string', 'int', 'decimal', 'double', 'datetime', 'long', 'bool'] as const

/** Typed collections in the place of those of objects. */
const typed: Readonly<Record<string, 'list' | 'dictionary' | 'queue' | 'stack'>> = {
	arraylist: 'list',
	hashtable: 'dictionary',
	queue: 'queue',
	stack: 'stack',
}

const isTypeName = (tree: object): tree is TypeName => 'dimensions' in tree && 'nullable' in tree && 'name' in tree

const collectionOf = ({ name, args }: TypeName) =>
	args.length > 0 ? undefined : typed[name.split('.').at(-1)?.toLowerCase() ?? '']

function found(tree: unknown, kinds_: Set<string>): void {
	if (typeof tree !== 'object' || tree === null) return
	const kind = isTypeName(tree) ? collectionOf(tree) : undefined
	if (kind !== undefined) kinds_.add(kind)
	for (const part of Object.values(tree)) found(part, kinds_)
}

/** What to try, for a script that has such collections. */
export function guessesFor(tree: unknown): readonly Guess[] {
	const used = new Set<string>()
	found(tree, used)
	const hasMaps = used.delete('dictionary')
	const items = used.size > 0 ? kinds : (['string'] as const)
	const keys = hasMaps ? (['string', 'int'] as const) : (['string'] as const)
	if (used.size === 0 && !hasMaps) return []
	const values = hasMaps ? kinds : (['string'] as const)
	return items.flatMap((item) =>
		keys.flatMap((key) => values.map((value) => ({ items: item, keys: key, values: value }))),
	)
}

/** The same trees with the types that the guess gives these collections. */
export function withHeldTypes<T>(tree: T, guess: Guess): T {
	if (Array.isArray(tree)) return tree.map((one: unknown) => withHeldTypes(one, guess)) as T
	if (typeof tree !== 'object' || tree === null) return tree
	const copy = Object.fromEntries(
		Object.entries(tree).map(([key, value]) => [key, withHeldTypes(value as unknown, guess)]),
	) as T
	const kind = isTypeName(tree) ? collectionOf(tree) : undefined
	if (kind === undefined) return copy
	const args = kind === 'dictionary' ? [guess.keys, guess.values] : [guess.items]
	return { ...copy, name: kind, args: args.map(typeNamed), isUntyped: true }
}

/** A value for such a collection, whose type must be the very one: a number of another type would be another object. */
export function exactly(value: ScriptExpression, to: ScriptType, collection: ScriptType): ScriptExpression {
	const isUntyped = (collection.kind === 'list' || collection.kind === 'map') && collection.isUntyped === true
	const isNothing = value.kind === 'literal' && value.value === null
	return isUntyped && !isNothing && !sameType(value.type, to)
		? outside(`a ${scriptTypeKey(value.type)} in a collection of objects`, value)
		: value
}

/** Is it something that a collection of objects gives? Taken for another type, it raises in C#. */
export const isBoxedItem = (value: ScriptExpression): boolean =>
	value.kind === 'call' &&
	/^(?:List\.Item|Map\.Find|Queue\.\w+)$/.test(value.operation) &&
	value.args.slice(0, 1).some(({ type }) => (type.kind === 'list' || type.kind === 'map') && type.isUntyped === true)
