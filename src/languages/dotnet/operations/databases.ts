/**
 * Commands and readers of ADO.NET (Microsoft: System.Data.Common). Statements run through the job's own connection, as
 * those of Execute SQL do; what comes back is text, which the script reads (RG-D122).
 */

import { valueText } from '#model/json-values.ts'
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import type { Value } from '#model/values.ts'
import { atom, call, loose, method } from '../../python.ts'
import type { CallContext, Member, OperationRest, ScriptOperation } from '../operation.ts'
import { define, fixed, instance } from '../operation.ts'
import type { ScriptList, ScriptThing, ScriptValue } from '../runtime.ts'
import { asBoolean, asInt, asList, asText, asThing, raise } from '../runtime.ts'

const { string, boolean, int, object, nothing } = scriptTypes
const thing = (name: string): ScriptType => ({ kind: 'thing', name })
const text = thing('ConnectionText')
const connection = thing('Connection')
const command = thing('Command')
const parameters = thing('Parameters')
const reader = thing('Reader')
/** What a query gives for its first cell: null without rows, empty for a null. */
const scalar = thing('Scalar')
/** A cell of a row: null for a null of the database. */
const cell = thing('Cell')

const differences = ['RG-D122'] as const
const unnamed = [...differences, 'RG-D192'] as const

const same: OperationRest = { evaluate: ([one]) => one ?? null, python: ([one]) => one }

const emptyList = (): ScriptList => ({ kind: 'list', items: [] })

export const newCommand = (where: ScriptValue, statement: string): ScriptThing => ({
	kind: 'thing',
	name: 'Command',
	state: { connection: where, text: statement, procedure: false, names: emptyList(), values: emptyList() },
})

/** Strings, quoted names, comments, and parameter names outside them. */
const parts = /'(?:[^']|'')*'|"[^"]*"|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|@@?[\w$#]+/g

/** The statement with markers, and the values in the order of these. */
function marked({ state }: ScriptThing): { readonly statement: string; readonly values: readonly ScriptValue[] } {
	const written = asText(state['text'])
	const names = asList(state['names']).items.map(asText)
	const values = asList(state['values']).items
	if (asBoolean(state['procedure'])) {
		const given = names.map((name) => `${name} = ?`).join(', ')
		return { statement: `EXEC ${written} ${given}`.trim(), values }
	}
	const known = new Map(names.map((name, at) => [name.toLowerCase(), values[at] ?? null]))
	const bound: ScriptValue[] = []
	const statement = written.replaceAll(parts, (part) => {
		if (!known.has(part.toLowerCase())) return part
		bound.push(known.get(part.toLowerCase()) ?? null)
		return '?'
	})
	return { statement, values: bound.length > 0 ? bound : values }
}

/** Rows as maps from column to text. */
export function rowsOf(one: ScriptValue | undefined, { outside }: CallContext): ScriptList {
	const running = asThing(one)
	const { statement, values } = marked(running)
	const given: ScriptList = { kind: 'list', items: [...values] }
	const args = [running.state['connection'] ?? null, statement, given]
	return asList(outside({ helper: 'sql', args, names: ['connection', 'statement', 'parameters'] }))
}

const cells = (row: ScriptValue | undefined): readonly (readonly [string, ScriptValue])[] =>
	typeof row === 'object' && row?.kind === 'map' ? [...row.entries] : []

const outcome = { isEffect: true, helper: 'sql', differences } as const

const commands: readonly Member[] = [
	...['SqlConnection', 'OleDbConnection', 'OdbcConnection'].map((name) =>
		fixed(name, 'new', define(`${name}.new`, [text], connection, same)),
	),
	instance(
		'Connection',
		'CreateCommand',
		define('Connection.CreateCommand', [connection], command, {
			evaluate: ([where]) => newCommand(where ?? null, ''),
			python: ([where]) => call('Command', atom('spark'), where),
		}),
	),
	...['SqlCommand', 'OleDbCommand', 'OdbcCommand'].flatMap((name) => [
		fixed(
			name,
			'new',
			define(`${name}.new`, [string, connection], command, {
				evaluate: ([statement, where]) => newCommand(where ?? null, asText(statement)),
				python: ([statement, where]) => call('Command', atom('spark'), where, statement),
			}),
		),
		fixed(
			name,
			'new',
			define(`${name}.new(0)`, [], command, {
				evaluate: () => newCommand(null, ''),
				python: () => call('Command', atom('spark')),
			}),
		),
	]),
	...(
		[
			['Connection', 'connection', connection],
			['CommandText', 'text', string],
			['CommandType', 'procedure', boolean],
		] as const
	).map(([property, held, type]) =>
		instance(
			'Command',
			`set ${property}`,
			define(`Command.${property}`, [command, type], nothing, {
				isEffect: true,
				evaluate: ([one, value]) => {
					asThing(one).state[held] = value ?? null
					return null
				},
				python: ([one, value]) => atom(`${one.code}.${held === 'procedure' ? 'is_procedure' : held} = ${value.code}`),
			}),
		),
	),
	instance('Command', 'Parameters', define('Command.Parameters', [command], parameters, same)),
	...(['AddWithValue', 'Add'] as const).map((name) =>
		instance(
			'Parameters',
			name,
			define(`Parameters.${name}`, [parameters, string, object], nothing, {
				isEffect: true,
				evaluate: ([one, named, value]) => {
					const { state } = asThing(one)
					asList(state['names']).items.push(`@${asText(named).replace(/^@/, '')}`)
					asList(state['values']).items.push(value ?? null)
					return null
				},
				python: ([one, named, value]) => method(one, 'add', named, value),
			}),
		),
	),
	instance(
		'Parameters',
		'Set',
		define('Parameters.Set', [parameters, string, object], nothing, {
			isEffect: true,
			evaluate: ([one, named, value]) => {
				const { state } = asThing(one)
				const wanted = `@${asText(named).replace(/^@/, '')}`.toLowerCase()
				const at = asList(state['names']).items.findIndex((name) => asText(name).toLowerCase() === wanted)
				if (at < 0) return raise('IndexOutOfRangeException', `There is no parameter ${asText(named)}.`)
				asList(state['values']).items[at] = value ?? null
				return null
			},
			python: ([one, named, value]) => method(one, 'set', named, value),
		}),
	),
	instance(
		'Parameters',
		'Clear',
		define('Parameters.Clear', [parameters], nothing, {
			isEffect: true,
			evaluate: ([one]) => {
				for (const held of ['names', 'values']) asList(asThing(one).state[held]).items.length = 0
				return null
			},
			python: ([one]) => atom(`${one.code}.parameters.clear()`),
		}),
	),
	instance(
		'Command',
		'ExecuteNonQuery',
		define('Command.ExecuteNonQuery', [command], nothing, {
			...outcome,
			evaluate: ([one], context) => {
				rowsOf(one, context)
				return null
			},
			python: ([one]) => method(one, 'run'),
		}),
	),
	instance(
		'Command',
		'ExecuteScalar',
		define('Command.ExecuteScalar', [command], scalar, {
			...outcome,
			evaluate: ([one], context) => {
				const [row] = rowsOf(one, context).items
				return row === undefined ? null : (cells(row)[0]?.[1] ?? '')
			},
			python: ([one]) => method(one, 'scalar'),
		}),
	),
	instance(
		'Command',
		'ExecuteReader',
		define('Command.ExecuteReader', [command], reader, {
			...outcome,
			evaluate: ([one], context) => ({
				kind: 'thing',
				name: 'Reader',
				state: { rows: rowsOf(one, context), at: -1n },
			}),
			python: ([one]) => call('RowReader', method(one, 'run')),
		}),
	),
]

/** The cell of the row at hand, by its place or its name in any letter case. */
function cellOf(one: ScriptValue | undefined, which: bigint | string): ScriptValue {
	const { state } = asThing(one)
	const row = cells(asList(state['rows']).items[Number(asInt(state['at']))])
	const at =
		typeof which === 'bigint' ? Number(which) : row.findIndex(([name]) => name.toLowerCase() === which.toLowerCase())
	const found = row[at]
	return found === undefined ? raise('IndexOutOfRangeException', String(which)) : found[1]
}

/** Columns of the answer: no row says what they are called where there is none. */
const namesOf = (one: ScriptValue | undefined): readonly string[] =>
	cells(asList(asThing(one).state['rows']).items[0]).map(([name]) => name)

const present = (value: ScriptValue): ScriptValue =>
	value ?? raise('InvalidCastException', 'Data is Null. This method or property cannot be called on Null values.')

const gets = (name: string, result: ScriptType, rest: OperationRest): Member =>
	instance('Reader', name, define(`Reader.${name}`, [reader, int], result, { differences, ...rest }))

const readers: readonly Member[] = [
	instance(
		'Reader',
		'Read',
		define('Reader.Read', [reader], boolean, {
			isEffect: true,
			evaluate: ([one]) => {
				const { state } = asThing(one)
				state['at'] = asInt(state['at']) + 1n
				return Number(asInt(state['at'])) < asList(state['rows']).items.length
			},
			python: ([one]) => method(one, 'read'),
		}),
	),
	instance(
		'Reader',
		'HasRows',
		define('Reader.HasRows', [reader], boolean, {
			evaluate: ([one]) => asList(asThing(one).state['rows']).items.length > 0,
			python: ([one]) => call('bool', atom(`${one.code}.rows`)),
		}),
	),
	...[int, string].map((by) =>
		instance(
			'Reader',
			'Item',
			define(by === int ? 'Reader.Item' : 'Reader.Named', [reader, by], cell, {
				evaluate: ([one, which]) => cellOf(one, by === int ? asInt(which) : asText(which)),
				python: ([one, which]) => method(one, 'cell', which),
			}),
		),
	),
	instance(
		'Reader',
		'FieldCount',
		define('Reader.FieldCount', [reader], int, {
			differences: unnamed,
			evaluate: ([one]) => BigInt(namesOf(one).length),
			python: ([one]) => method(one, 'width'),
		}),
	),
	gets('GetName', string, {
		differences: unnamed,
		evaluate: ([one, at]) => namesOf(one)[Number(asInt(at))] ?? raise('IndexOutOfRangeException', String(asInt(at))),
		python: ([one, at]) => atom(`${method(one, 'names').code}[${at.code}]`),
	}),
	instance(
		'Reader',
		'GetOrdinal',
		define('Reader.GetOrdinal', [reader, string], int, {
			differences: unnamed,
			evaluate: ([one, name]) => {
				const at = namesOf(one).findIndex((each) => each.toLowerCase() === asText(name).toLowerCase())
				return at < 0 ? raise('IndexOutOfRangeException', asText(name)) : BigInt(at)
			},
			python: ([one, name]) => method(one, 'place_of', name),
		}),
	),
	gets('GetValue', cell, {
		evaluate: ([one, at]) => cellOf(one, asInt(at)),
		python: ([one, at]) => method(one, 'cell', at),
	}),
	gets('IsDBNull', boolean, {
		evaluate: ([one, at]) => cellOf(one, asInt(at)) === null,
		python: ([one, at]) => loose(`${method(one, 'cell', at).code} is None`),
	}),
	gets('GetString', string, {
		evaluate: ([one, at]) => present(cellOf(one, asInt(at))),
		python: ([one, at]) => call('required_text', method(one, 'cell', at)),
	}),
]

/** What a script makes of them: `ToString()`, and the text that a number or a moment is read from. */
const values: readonly Member[] = [
	instance(
		'Cell',
		'ToString',
		define('Cell.ToString', [cell], string, {
			evaluate: ([one]) => one ?? '',
			python: ([one]) => loose(`${one.code} or ""`),
		}),
	),
	instance(
		'Scalar',
		'ToString',
		define('Scalar.ToString', [scalar], string, {
			evaluate: ([one]) => asText(one),
			python: ([one]) => call('required_text', one),
		}),
	),
]

export const databaseOperations: readonly ScriptOperation[] = [
	// A cell that is cast or converted: a null is no value of any other type (DBNull).
	define('Cell.Text', [cell], string, {
		differences,
		evaluate: ([one]) => present(one ?? null),
		python: ([one]) => call('required_text', one),
	}),
	// Convert makes 0 of nothing (Microsoft: Convert.ToInt32(Object)).
	define('Scalar.OrZero', [scalar], string, {
		differences,
		evaluate: ([one]) => one ?? '0',
		python: ([one]) => call('text_or_zero', one),
	}),
]

export const databaseMembers: readonly Member[] = [...commands, ...readers, ...values]

/** A row of an answer as the map of texts that a script sees. */
export const textRow = (row: Readonly<Record<string, Value>>): ScriptValue => ({
	kind: 'map',
	entries: new Map(
		Object.entries(row).map(([name, value]): [string, ScriptValue] => [name, value === null ? null : valueText(value)]),
	),
})
