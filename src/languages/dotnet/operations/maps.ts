/** Dictionaries and sets. Keys are texts, whole numbers, characters, moments and identifiers, which Python compares alike. */
import type { ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypes } from '#model/scripts.ts'
import { atom, call, loose, method } from '../../python.ts'
import type { Args, Member, ScriptOperation } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import type { ScriptValue } from '../runtime.ts'
import { asList, asMap, raise } from '../runtime.ts'
import { same, within } from './collections.ts'

const { object, int, boolean, nothing } = scriptTypes
const anyMap: ScriptType = { kind: 'map', of: object }
const anySet: ScriptType = { kind: 'set', of: object }

/** A key as the text under which the map holds it. */
export function keyOf(value: ScriptValue | undefined): string {
	if (value === null || value === undefined) return raise('ArgumentNullException', 'Value cannot be null.')
	if (typeof value !== 'object') return String(value)
	return value.kind === 'timestamp' ? String(value.micros) : raise('ArgumentException', 'this cannot be a key')
}

function put(args: Args): null {
	const map = asMap(args[0])
	const key = keyOf(args[1])
	map.entries.set(key, args[2] ?? null)
	map.keys?.set(key, args[1] ?? null)
	return null
}

function map(
	name: string,
	parameters: readonly ScriptType[],
	result: ScriptType,
	evaluate: (args: Args) => ScriptValue,
	python: ScriptOperation['python'],
	isEffect = false,
): Member {
	return instance('map', name, {
		id: `Map.${name}`,
		parameters: [anyMap, ...parameters],
		result,
		evaluate,
		python,
		isEffect,
	})
}

const maps: readonly Member[] = [
	fixed('Map', 'new', {
		id: 'Map.new',
		parameters: [],
		result: anyMap,
		evaluate: () => ({ kind: 'map', entries: new Map(), keys: new Map() }),
		python: () => atom('{}'),
	}),
	fixed('Map', 'of', {
		// Keys and values in turn.
		id: 'Map.of',
		parameters: [object],
		result: anyMap,
		isVariadic: true,
		evaluate: (args) => {
			const made = {
				kind: 'map',
				entries: new Map<string, ScriptValue>(),
				keys: new Map<string, ScriptValue>(),
			} as const
			for (let at = 0; at + 1 < args.length; at += 2) put([made, args[at], args[at + 1]])
			return made
		},
		python: (args) => {
			const pairs: string[] = []
			for (let at = 0; at + 1 < args.length; at += 2) pairs.push(`${args[at]?.code}: ${args[at + 1]?.code}`)
			return atom(`{${pairs.join(', ')}}`)
		},
	}),
	map(
		'Item',
		[object],
		object,
		([value, key]) =>
			asMap(value).entries.has(keyOf(key))
				? (asMap(value).entries.get(keyOf(key)) ?? null)
				: raise('KeyNotFoundException', 'The given key was not present in the dictionary.'),
		([value, key]) => atom(`${within(value)}[${key.code}]`),
	),
	map(
		'Find',
		[object],
		object,
		([value, key]) => asMap(value).entries.get(keyOf(key)) ?? null,
		([value, key]) => method(value, 'get', key),
	),
	map(
		'Contains',
		[object],
		boolean,
		([value, key]) => asMap(value).entries.has(keyOf(key)),
		([value, key]) => loose(`${within(key)} in ${within(value)}`),
	),
	map(
		'ContainsKey',
		[object],
		boolean,
		([value, key]) => asMap(value).entries.has(keyOf(key)),
		([value, key]) => loose(`${within(key)} in ${within(value)}`),
	),
	map(
		'ContainsValue',
		[object],
		boolean,
		([value, item]) => [...asMap(value).entries.values()].some((one) => same(one, item ?? null)),
		([value, item]) => loose(`${within(item)} in ${within(value)}.values()`),
	),
	map(
		'Count',
		[],
		int,
		([value]) => BigInt(asMap(value).entries.size),
		([value]) => call('len', value),
	),
	map(
		'SetItem',
		[object, object],
		nothing,
		put,
		([value, key, item]) => atom(`${within(value)}[${key.code}] = ${item.code}`),
		true,
	),
	map(
		'Add',
		[object, object],
		nothing,
		(args) =>
			asMap(args[0]).entries.has(keyOf(args[1]))
				? raise('ArgumentException', 'An item with the same key has already been added.')
				: put(args),
		([value, key, item]) => call('add_item', value, key, item),
		true,
	),
	map(
		'Remove',
		[object],
		boolean,
		([value, key]) => {
			asMap(value).keys?.delete(keyOf(key))
			return asMap(value).entries.delete(keyOf(key))
		},
		([value, key]) => call('remove_key', value, key),
		true,
	),
	map(
		'Clear',
		[],
		nothing,
		([value]) => {
			asMap(value).keys?.clear()
			asMap(value).entries.clear()
			return null
		},
		([value]) => method(value, 'clear'),
		true,
	),
	...(['Keys', 'Values'] as const).map((name) =>
		instance('map', name, {
			id: `Map.${name}`,
			parameters: [anyMap],
			result: listOf(object),
			evaluate: ([value]) => {
				const { entries, keys } = asMap(value)
				return { kind: 'list', items: [...(name === 'Values' ? entries.values() : (keys?.values() ?? entries.keys()))] }
			},
			python: ([value]) => call('list', name === 'Keys' ? value : method(value, 'values')),
			differences: ['RG-D166'],
		}),
	),
]

function set(
	name: string,
	parameters: readonly ScriptType[],
	result: ScriptType,
	evaluate: (args: Args) => ScriptValue,
	python: ScriptOperation['python'],
	isEffect = false,
): Member {
	const operation = { id: `Set.${name}`, parameters: [anySet, ...parameters], result, evaluate, python, isEffect }
	return instance('set', name, operation)
}

/** A set is held like a map of its members. */
const sets: readonly Member[] = [
	fixed('Set', 'new', {
		id: 'Set.new',
		parameters: [listOf(object)],
		result: anySet,
		evaluate: ([items]) => ({
			kind: 'map',
			entries: new Map(asList(items).items.map((one) => [keyOf(one), null])),
		}),
		python: ([items]) => (items.code === '[]' ? call('set') : call('set', items)),
	}),
	set(
		'Add',
		[object],
		boolean,
		([value, item]) => {
			const isNew = !asMap(value).entries.has(keyOf(item))
			asMap(value).entries.set(keyOf(item), null)
			return isNew
		},
		([value, item]) => call('add_member', value, item),
		true,
	),
	set(
		'Contains',
		[object],
		boolean,
		([value, item]) => asMap(value).entries.has(keyOf(item)),
		([value, item]) => loose(`${within(item)} in ${within(value)}`),
	),
	set(
		'Remove',
		[object],
		boolean,
		([value, item]) => asMap(value).entries.delete(keyOf(item)),
		([value, item]) => call('remove_member', value, item),
		true,
	),
	set(
		'Count',
		[],
		int,
		([value]) => BigInt(asMap(value).entries.size),
		([value]) => call('len', value),
	),
	set(
		'Clear',
		[],
		nothing,
		([value]) => {
			asMap(value).entries.clear()
			return null
		},
		([value]) => method(value, 'clear'),
		true,
	),
]

export const mapMembers: readonly Member[] = [...maps, ...sets]
