/** Queues and stacks: lists whose first item is the one that comes out next (Microsoft: Queue<T>, Stack<T>). */
import type { ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypes } from '#model/scripts.ts'
import { atom, method } from '../../python.ts'
import type { Member, ScriptOperation } from '../operation.ts'
import { instance } from '../operation.ts'
import { asList, raise } from '../runtime.ts'

const { object, nothing } = scriptTypes
const anyList = listOf(object)

const empty = (): never => raise('InvalidOperationException', 'Sequence contains no elements')

function queue(
	name: string,
	parameters: readonly ScriptType[],
	result: ScriptType,
	rest: Pick<ScriptOperation, 'evaluate' | 'python'> & { readonly isEffect?: boolean },
): Member {
	return instance('list', name, { id: `Queue.${name}`, parameters: [anyList, ...parameters], result, ...rest })
}

export const queueMembers: readonly Member[] = [
	queue('Enqueue', [object], nothing, {
		evaluate: ([all, item]) => {
			asList(all).items.push(item ?? null)
			return null
		},
		python: ([all, item]) => method(all, 'append', item),
		isEffect: true,
	}),
	queue('Push', [object], nothing, {
		evaluate: ([all, item]) => {
			asList(all).items.unshift(item ?? null)
			return null
		},
		python: ([all, item]) => method(all, 'insert', 0, item),
		isEffect: true,
	}),
	...['Dequeue', 'Pop'].map((name) =>
		queue(name, [], object, {
			evaluate: ([all]) => {
				const { items } = asList(all)
				return items.length === 0 ? empty() : (items.shift() ?? null)
			},
			python: ([all]) => method(all, 'pop', 0),
			isEffect: true,
		}),
	),
	queue('Peek', [], object, {
		evaluate: ([all]) => {
			const { items } = asList(all)
			return items.length === 0 ? empty() : (items[0] ?? null)
		},
		python: ([all]) => atom(`${all.level === 'atom' ? all.code : `(${all.code})`}[0]`),
	}),
]
