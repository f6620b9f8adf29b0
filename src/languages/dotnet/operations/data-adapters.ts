/** Adapters that fill tables with what a query or a variable of the package gives (Microsoft: DataAdapter). */
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import { atom, call, method } from '../../python.ts'
import type { CallContext, Member } from '../operation.ts'
import { define, fixed, instance } from '../operation.ts'
import type { ScriptValue } from '../runtime.ts'
import { asInt, asList, asText, asThing, raise } from '../runtime.ts'
import { fill, filled, rowsIn } from './data-tables.ts'
import { newCommand, rowsOf } from './databases.ts'

const { string, int, nothing } = scriptTypes
const thing = (name: string): ScriptType => ({ kind: 'thing', name })
const table = thing('DataTable')
const tables = thing('DataSet')
const adapter = thing('DataAdapter')
const command = thing('Command')
const connection = thing('Connection')
const reader = thing('Reader')

const differences = ['RG-D122'] as const
/** Without rows nothing says what the columns are called. */
const unnamed = [...differences, 'RG-D192'] as const
const asked = { isEffect: true, helper: 'sql', differences: unnamed } as const

function answered(one: ScriptValue | undefined, context: CallContext): readonly ScriptValue[] {
	const running = asThing(one).state['command']
	if (running === undefined || running === null)
		return raise('InvalidOperationException', 'The SelectCommand property has not been initialized.')
	return rowsOf(running, context).items
}

export const adapterMembers: readonly Member[] = [
	...['SqlDataAdapter', 'OleDbDataAdapter', 'OdbcDataAdapter'].flatMap((name) => [
		fixed(
			name,
			'new',
			define('DataAdapter.new', [], adapter, {
				evaluate: () => ({ kind: 'thing', name: 'DataAdapter', state: { command: null } }),
				python: () => call('DataAdapter'),
			}),
		),
		fixed(
			name,
			'new',
			define('DataAdapter.of', [command], adapter, {
				evaluate: ([one]) => ({ kind: 'thing', name: 'DataAdapter', state: { command: one ?? null } }),
				python: ([one]) => call('DataAdapter', one),
			}),
		),
		fixed(
			name,
			'new',
			define('DataAdapter.of(text)', [string, connection], adapter, {
				evaluate: ([text, where]) => ({
					kind: 'thing',
					name: 'DataAdapter',
					state: { command: newCommand(where ?? null, asText(text)) },
				}),
				python: ([text, where]) => call('DataAdapter', call('Command', atom('spark'), where, text)),
			}),
		),
	]),
	instance(
		'DataAdapter',
		'set SelectCommand',
		define('DataAdapter.SetCommand', [adapter, command], nothing, {
			isEffect: true,
			evaluate: ([one, value]) => {
				asThing(one).state['command'] = value ?? null
				return null
			},
			python: ([one, value]) => atom(`${one.code}.command = ${value.code}`),
		}),
	),
	instance(
		'DataAdapter',
		'SelectCommand',
		define('DataAdapter.Command', [adapter], command, {
			evaluate: ([one]) => asThing(one).state['command'] ?? null,
			python: ([one]) => atom(`${one.code}.command`),
		}),
	),
	instance(
		'DataAdapter',
		'Fill',
		define('DataAdapter.Fill', [adapter, table], int, {
			...asked,
			differences: unnamed,
			evaluate: ([one, into], context) => fill(into, answered(one, context)),
			python: ([one, into]) => method(into, 'fill', atom(`${one.code}.rows()`)),
		}),
	),
	...[false, true].map((isNamed) =>
		instance(
			'DataAdapter',
			'Fill',
			define(`DataAdapter.FillSet${isNamed ? '(name)' : ''}`, [adapter, tables, ...(isNamed ? [string] : [])], int, {
				...asked,
				evaluate: ([one, into, name], context) => {
					const made = filled(isNamed ? asText(name) : 'Table', answered(one, context))
					asList(asThing(into).state['tables']).items.push(made)
					return BigInt(rowsIn(made).length)
				},
				python: ([one, into, name]) => method(into, 'fill', atom(`${one.code}.rows()`), ...(isNamed ? [name] : [])),
			}),
		),
	),
	instance(
		'DataTable',
		'Load',
		define('DataTable.Load', [table, reader], nothing, {
			isEffect: true,
			differences: unnamed,
			evaluate: ([into, one]) => {
				const { state } = asThing(one)
				const rest = asList(state['rows']).items.slice(Number(asInt(state['at'])) + 1)
				fill(into, rest)
				return null
			},
			python: ([into, one]) => method(into, 'fill', atom(`${one.code}.rest()`)),
		}),
	),
]
