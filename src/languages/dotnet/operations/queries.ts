/** Questions to whole lists, as LINQ asks them (Microsoft: Enumerable). */
import { add, compare } from '#model/decimal.ts'
import type { ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import type { Decimal } from '#model/values.ts'
import { makeDecimal } from '#model/values.ts'
import type { Py } from '../../python.ts'
import { atom, call, loose } from '../../python.ts'
import type { Args, CallContext, Member, ScriptOperation } from '../operation.ts'
import { instance } from '../operation.ts'
import type { ScriptValue } from '../runtime.ts'
import { asDecimal, asInt, asList, raise } from '../runtime.ts'
import { isNewList, itemAt, within } from './collections.ts'
import { inRange, intOf, settled } from './numbers.ts'

const { object, int, boolean } = scriptTypes
const anyList = listOf(object)

const empty = (): never => raise('InvalidOperationException', 'Sequence contains no elements')

/** Which of two numbers or moments comes first. */
export function orderOf(left: ScriptValue, right: ScriptValue): number {
	if (typeof left === 'object' && left?.kind === 'decimal' && typeof right === 'object' && right?.kind === 'decimal')
		return compare(left, right)
	const [first, second] = [left, right].map((one) =>
		typeof one === 'object' && one?.kind === 'timestamp' ? one.micros : one,
	)
	if (first === null || first === undefined || second === null || second === undefined) return 0
	return first < second ? -1 : first > second ? 1 : 0
}

function query(
	name: string,
	parameters: readonly ScriptType[],
	result: ScriptType,
	evaluate: (args: Args, context: CallContext) => ScriptValue,
	python: ScriptOperation['python'],
): ScriptOperation {
	return { id: `List.${name}`, parameters: [anyList, ...parameters], result, evaluate, python }
}

const items = (value: ScriptValue | undefined): readonly ScriptValue[] => asList(value).items
const made = (values: readonly ScriptValue[]): ScriptValue => ({ kind: 'list', items: [...values] })
const least = (value: ScriptValue | undefined): number => Math.max(0, Number(asInt(value)))
const countText = (value: Py): string => (/^\d+$/.test(value.code) ? value.code : `max(0, ${value.code})`)

const members: readonly ScriptOperation[] = [
	query(
		'Any',
		[],
		boolean,
		([all]) => items(all).length > 0,
		([all]) => loose(`len(${all.code}) > 0`),
	),
	query(
		'ToList',
		[],
		anyList,
		([all]) => made(items(all)),
		([all]) => (isNewList(all) ? all : call('list', all)),
	),
	query(
		'Reverse',
		[],
		anyList,
		([all]) => made(items(all).toReversed()),
		([all]) => atom(`${within(all)}[::-1]`),
	),
	query(
		'Take',
		[int],
		anyList,
		([all, count]) => made(items(all).slice(0, least(count))),
		([all, count]) => atom(`${within(all)}[:${countText(count)}]`),
	),
	query(
		'Skip',
		[int],
		anyList,
		([all, count]) => made(items(all).slice(least(count))),
		([all, count]) => atom(`${within(all)}[${countText(count)}:]`),
	),
	query(
		'Concat',
		[anyList],
		anyList,
		([all, more]) => made([...items(all), ...items(more)]),
		([all, more]) => atom(`[*${within(all)}, *${within(more)}]`),
	),
	query(
		'ElementAt',
		[int],
		object,
		([all, at]) => itemAt(all, at),
		([all, at]) => call('item', all, at),
	),
]

/** Operations whose result or whose meaning hangs on the type of the items: the binder says which. */
export const queryOperations: readonly ScriptOperation[] = [
	query(
		'First',
		[],
		object,
		([all]) => items(all)[0] ?? empty(),
		([all]) => call('first_of', all),
	),
	query(
		'Last',
		[],
		object,
		([all]) => items(all).at(-1) ?? empty(),
		([all]) => call('first_of', call('reversed', all)),
	),
	query(
		'FirstOrNull',
		[],
		object,
		([all]) => items(all)[0] ?? null,
		([all]) => call('next', call('iter', all), atom('None')),
	),
	query(
		'LastOrNull',
		[],
		object,
		([all]) => items(all).at(-1) ?? null,
		([all]) => call('next', call('reversed', all), atom('None')),
	),
	query(
		'Distinct',
		[],
		anyList,
		([all]) => {
			const seen = new Map<unknown, ScriptValue>()
			for (const one of items(all)) {
				const key = typeof one === 'object' && one?.kind === 'timestamp' ? one.micros : one
				if (!seen.has(key)) seen.set(key, one)
			}
			return made([...seen.values()])
		},
		([all]) => call('list', call('dict.fromkeys', all)),
	),
	...(['Min', 'Max'] as const).map((name) =>
		query(
			name,
			[],
			object,
			([all]) => {
				const [first, ...rest] = items(all)
				if (first === undefined) return empty()
				const sign = name === 'Min' ? -1 : 1
				return rest.reduce((best, one) => (orderOf(one, best) * sign > 0 ? one : best), first)
			},
			([all]) => call(name.toLowerCase(), all),
		),
	),
	query(
		'SumDecimal',
		[],
		object,
		([all]) => items(all).reduce<Decimal>((total, one) => settled(add(total, asDecimal(one))), makeDecimal(0n, 0)),
		([all]) => call('sum', all, call('Decimal', 0)),
	),
	query(
		'SumInt',
		[],
		int,
		([all], { result }) => {
			const type = intOf(result)
			const sum = items(all).reduce<bigint>((total, one) => total + asInt(one), 0n)
			return type === undefined ? sum : inRange(sum, type)
		},
		([all], { result }) => {
			const type = intOf(result)
			if (type === undefined) throw new Error(`no sum of ${scriptTypeKey(result)}`)
			return call('checked', call('sum', all), type.bits)
		},
	),
]

export const queryMembers: readonly Member[] = members.map((operation) =>
	instance('list', operation.id.replace('List.', ''), operation),
)
