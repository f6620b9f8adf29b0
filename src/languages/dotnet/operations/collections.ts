/** Lists and arrays. */
import type { ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypes } from '#model/scripts.ts'
import type { Py } from '../../python.ts'
import { atom, call, loose, method } from '../../python.ts'
import type { Args, Member, ScriptOperation } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import type { ScriptValue } from '../runtime.ts'
import { asInt, asList, raise } from '../runtime.ts'
import { order } from './numbers.ts'

const { object, int, boolean, nothing } = scriptTypes
const anyList = listOf(object)

export const within = (part: Py): string => (part.level === 'atom' ? part.code : `(${part.code})`)
/** A comprehension makes a list of its own. */
export function isNewList({ code }: Py): boolean {
	if (!code.startsWith('[') || !code.includes(' for ')) return false
	let depth = 0
	for (let at = 0; at < code.length; at += 1) {
		if (code[at] === '[') depth += 1
		if (code[at] === ']') depth -= 1
		if (depth === 0) return at === code.length - 1
	}
	return false
}

const outOfRange = (): never => raise('ArgumentOutOfRangeException', 'Index was out of range.')

export function itemAt(list: ScriptValue | undefined, index: ScriptValue | undefined): ScriptValue {
	const { items } = asList(list)
	const at = Number(asInt(index))
	return at < 0 || at >= items.length ? outOfRange() : (items[at] ?? null)
}

export const same = (left: ScriptValue, right: ScriptValue): boolean =>
	left === right || JSON.stringify(left, bigints) === JSON.stringify(right, bigints)
const bigints = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value)

function list(
	name: string,
	parameters: readonly ScriptType[],
	result: ScriptType,
	evaluate: (args: Args) => ScriptValue,
	python: ScriptOperation['python'],
	isEffect = false,
): Member {
	return instance('list', name, {
		id: `List.${name}`,
		parameters: [anyList, ...parameters],
		result,
		evaluate,
		python,
		isEffect,
	})
}

const done = (run: unknown): null => (run === undefined ? null : null)

const lists: readonly Member[] = [
	list(
		'Length',
		[],
		int,
		([value]) => BigInt(asList(value).items.length),
		([value]) => call('len', value),
	),
	list(
		'Count',
		[],
		int,
		([value]) => BigInt(asList(value).items.length),
		([value]) => call('len', value),
	),
	list(
		'Resized',
		[int, object],
		anyList,
		([value, size, empty]) => {
			const count = Number(asInt(size))
			if (count < 0) return raise('OverflowException', 'The size of an array must not be negative.')
			const { items } = asList(value)
			const more = Array.from({ length: Math.max(0, count - items.length) }, () => empty ?? null)
			return { kind: 'list', items: [...items.slice(0, count), ...more] }
		},
		([value, size, empty]) => call('resized', value, size, empty),
	),
	list(
		'Item',
		[int],
		object,
		([value, index]) => itemAt(value, index),
		([value, index]) =>
			/^\d+$/.test(index.code) ? atom(`${within(value)}[${index.code}]`) : call('item', value, index),
	),
	list(
		'Add',
		[object],
		nothing,
		([value, item]) => done(asList(value).items.push(item ?? null)),
		([value, item]) => method(value, 'append', item),
		true,
	),
	list(
		'AddRange',
		[anyList],
		nothing,
		([value, more]) => done(asList(value).items.push(...asList(more).items)),
		([value, more]) => method(value, 'extend', more),
		true,
	),
	list(
		'Clear',
		[],
		nothing,
		([value]) => done(asList(value).items.splice(0)),
		([value]) => method(value, 'clear'),
		true,
	),
	list(
		'Contains',
		[object],
		boolean,
		([value, item]) => asList(value).items.some((one) => same(one, item ?? null)),
		([value, item]) => loose(`${within(item)} in ${within(value)}`),
	),
	list(
		'SetItem',
		[int, object],
		nothing,
		([value, index, item]) => {
			itemAt(value, index)
			asList(value).items[Number(asInt(index))] = item ?? null
			return null
		},
		([value, index, item]) => call('set_item', value, index, item),
		true,
	),
	list(
		'ToArray',
		[],
		anyList,
		([value]) => ({ kind: 'list', items: [...asList(value).items] }),
		([value]) => (isNewList(value) ? value : call('list', value)),
	),
	list(
		'IndexOf',
		[object],
		int,
		([value, item]) => BigInt(asList(value).items.findIndex((one) => same(one, item ?? null))),
		([value, item]) => loose(`${within(value)}.index(${item.code}) if ${within(item)} in ${within(value)} else -1`),
	),
	list(
		'Remove',
		[object],
		boolean,
		([value, item]) => {
			const at = asList(value).items.findIndex((one) => same(one, item ?? null))
			if (at >= 0) asList(value).items.splice(at, 1)
			return at >= 0
		},
		([value, item]) => call('removed', value, item),
		true,
	),
	list(
		'RemoveAt',
		[int],
		nothing,
		([value, index]) => {
			itemAt(value, index)
			return done(asList(value).items.splice(Number(asInt(index)), 1))
		},
		([value, index]) => (/^\d+$/.test(index.code) ? method(value, 'pop', index) : call('remove_at', value, index)),
		true,
	),
	list(
		'Insert',
		[int, object],
		nothing,
		([value, index, item]) => {
			const at = Number(asInt(index))
			if (at < 0 || at > asList(value).items.length) return outOfRange()
			return done(asList(value).items.splice(at, 0, item ?? null))
		},
		([value, index, item]) =>
			index.code === '0' ? method(value, 'insert', index, item) : call('insert_item', value, index, item),
		true,
	),
	list(
		'ReverseInPlace',
		[],
		nothing,
		([value]) => done(asList(value).items.reverse()),
		([value]) => method(value, 'reverse'),
		true,
	),
	list(
		'SortInPlace',
		[],
		nothing,
		([value]) => done(asList(value).items.sort(order)),
		([value]) => method(value, 'sort'),
		true,
	),
	list(
		'KeepAlone',
		[anyList],
		int,
		([value, kept]) => {
			const { items } = asList(value)
			const before = items.length
			items.splice(0, before, ...asList(kept).items)
			return BigInt(before - items.length)
		},
		([value, kept]) => call('keep_alone', value, kept),
		true,
	),
	// A table of two dimensions is a list of its rows.
	fixed('List', 'newTable', {
		id: 'List.newTable',
		parameters: [int, int, object],
		result: anyList,
		evaluate: ([rows, columns, item]) => ({
			kind: 'list',
			items: Array.from({ length: Number(asInt(rows)) }, () => ({
				kind: 'list' as const,
				items: Array.from({ length: Number(asInt(columns)) }, () => item ?? null),
			})),
		}),
		python: ([rows, columns, item]) => atom(`[[${item.code}] * ${within(columns)} for _ in range(${rows.code})]`),
	}),
	list(
		'GetLength',
		[int],
		int,
		([value, which]) => {
			const [first] = asList(value).items
			return BigInt(asInt(which) === 0n ? asList(value).items.length : asList(first).items.length)
		},
		([value, which]) => call('len', which.code === '0' ? value : atom(`${within(value)}[0]`)),
	),
	fixed('List', 'new', {
		id: 'List.new',
		parameters: [],
		result: anyList,
		evaluate: () => ({ kind: 'list', items: [] }),
		python: () => atom('[]'),
	}),
	fixed('List', 'newSized', {
		id: 'List.newSized',
		parameters: [int, object],
		result: anyList,
		evaluate: ([size, item]) => ({
			kind: 'list',
			items: Array.from({ length: Number(asInt(size)) }, () => item ?? null),
		}),
		python: ([size, item]) => loose(`[${item.code}] * ${within(size)}`),
	}),
]

export const collectionMembers: readonly Member[] = lists
