/**
 * Tables in memory (Microsoft: DataTable). A cell holds a text or nothing, as
 * what a query gives does (RG-D122): a table is the same whether a query, a variable of the package or the script made it.
 */

import { formatTimestamp } from '#model/calendar.ts'
import type { ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypes } from '#model/scripts.ts'
import type { Row } from '#model/values.ts'
import { atom, call, loose, method } from '../../python.ts'
import type { Args, Member, OperationRest, ScriptOperation } from '../operation.ts'
import { define, fixed, instance } from '../operation.ts'
import type { ScriptMap, ScriptThing, ScriptValue } from '../runtime.ts'
import { asList, asMap, asMoment, asText, asThing, raise } from '../runtime.ts'

const { string, boolean, int, moment, object, nothing } = scriptTypes
const thing = (name: string): ScriptType => ({ kind: 'thing', name })
const table = thing('DataTable')
const row = thing('DataRow')
const column = thing('DataColumn')
const tables = thing('DataSet')
const cell = thing('Cell')

const differences = ['RG-D122'] as const
/** Without rows nothing says what the columns are called. */
const unnamed = [...differences, 'RG-D192'] as const

const same: OperationRest = { evaluate: ([one]) => one ?? null, python: ([one]) => one }
const emptyList = (): ScriptValue => ({ kind: 'list', items: [] })

const newTable = (name: string): ScriptThing => ({
	kind: 'thing',
	name: 'DataTable',
	state: { name, columns: emptyList(), rows: emptyList() },
})

const namesOf = (one: ScriptValue | undefined): ScriptValue[] => asList(asThing(one).state['columns']).items
export const rowsIn = (one: ScriptValue | undefined): ScriptValue[] => asList(asThing(one).state['rows']).items
const lower = (name: ScriptValue): string => asText(name).toLowerCase()

const unknownColumn = (name: string): never =>
	raise('ArgumentException', `Column '${name}' does not belong to the table.`)

/** How a row calls the column of that place, or of that name in any letter case. */
function keyIn(one: ScriptMap, which: ScriptValue | undefined): string {
	const keys = [...one.entries.keys()]
	if (typeof which === 'bigint')
		return keys[Number(which)] ?? raise('IndexOutOfRangeException', `Cannot find column ${which}.`)
	const name = asText(which)
	return keys.find((key) => key.toLowerCase() === name.toLowerCase()) ?? unknownColumn(name)
}

function addColumn(one: ScriptValue | undefined, name: string): null {
	const names = namesOf(one)
	if (names.some((known) => lower(known) === name.toLowerCase()))
		return raise('DuplicateNameException', `A column named '${name}' already belongs to this DataTable.`)
	names.push(name)
	for (const each of rowsIn(one)) asMap(each).entries.set(name, null)
	return null
}

/** Takes rows in, with the columns that they bring; gives their number. */
export function fill(one: ScriptValue | undefined, rows: readonly ScriptValue[]): bigint {
	for (const each of rows) {
		const { entries } = asMap(each)
		const given = new Map([...entries].map(([name, value]) => [name.toLowerCase(), value]))
		const known = new Set(namesOf(one).map(lower))
		for (const name of entries.keys()) if (!known.has(name.toLowerCase())) addColumn(one, name)
		const cells = namesOf(one).map((name): [string, ScriptValue] => [asText(name), given.get(lower(name)) ?? null])
		rowsIn(one).push({ kind: 'map', entries: new Map(cells) })
	}
	return BigInt(rows.length)
}

/** The rows that a variable of the package holds, or a table. */
function heldRows(value: ScriptValue | undefined): readonly ScriptValue[] {
	const isRows = typeof value === 'object' && value?.kind === 'list'
	return isRows ? value.items : raise('ArgumentException', 'The variable holds no rows.')
}

export const filled = (name: string, rows: readonly ScriptValue[]): ScriptThing => {
	const made = newTable(name)
	fill(made, rows)
	return made
}

const ofTable = (name: string, result: ScriptType, rest: OperationRest): Member =>
	instance('DataTable', name, define(`DataTable.${name}`, [table], result, rest))

const copied = (one: ScriptValue | undefined): ScriptThing => {
	const made = newTable(asText(asThing(one).state['name']))
	for (const name of namesOf(one)) addColumn(made, asText(name))
	return made
}

const rowsList: OperationRest = {
	evaluate: ([one]) => asThing(one).state['rows'] ?? null,
	python: ([one]) => atom(`${one.code}.rows`),
}

const tablesOf = (value: ScriptValue | undefined): ScriptValue[] => asList(asThing(value).state['tables']).items

const ofTables: readonly Member[] = [
	fixed(
		'DataTable',
		'new',
		define('DataTable.new', [], table, { evaluate: () => newTable(''), python: () => call('DataTable') }),
	),
	fixed(
		'DataTable',
		'new',
		define('DataTable.new(name)', [string], table, {
			evaluate: ([name]) => newTable(asText(name)),
			python: ([name]) => call('DataTable', name),
		}),
	),
	ofTable('Rows', listOf(row), rowsList),
	ofTable('AsEnumerable', listOf(row), rowsList),
	ofTable('Select', listOf(row), {
		evaluate: ([one]) => ({ kind: 'list', items: [...rowsIn(one)] }),
		python: ([one]) => call('list', atom(`${one.code}.rows`)),
	}),
	ofTable('Columns', listOf(column), {
		differences: unnamed,
		evaluate: ([one]) => asThing(one).state['columns'] ?? null,
		python: ([one]) => atom(`${one.code}.columns`),
	}),
	ofTable('TableName', string, {
		evaluate: ([one]) => asThing(one).state['name'] ?? null,
		python: ([one]) => atom(`${one.code}.name`),
	}),
	ofTable('NewRow', row, {
		isEffect: true,
		evaluate: ([one]) => ({ kind: 'map', entries: new Map(namesOf(one).map((name) => [asText(name), null])) }),
		python: ([one]) => method(one, 'new_row'),
	}),
	ofTable('Clear', nothing, {
		isEffect: true,
		evaluate: ([one]) => {
			rowsIn(one).length = 0
			return null
		},
		python: ([one]) => atom(`${one.code}.rows.clear()`),
	}),
	ofTable('Clone', table, {
		evaluate: ([one]) => copied(one),
		python: ([one]) => call('table_of', atom('[]'), atom(`${one.code}.columns`), atom(`${one.code}.name`)),
	}),
	ofTable('Copy', table, {
		evaluate: ([one]) => {
			const made = copied(one)
			fill(made, rowsIn(one))
			return made
		},
		python: ([one]) =>
			call('table_of', atom(`${one.code}.rows`), atom(`${one.code}.columns`), atom(`${one.code}.name`)),
	}),
	// Nothing here remembers what a cell held before (Microsoft: DataTable.AcceptChanges).
	ofTable('AcceptChanges', nothing, { evaluate: () => null, python: () => atom('None') }),
	instance(
		'DataTable',
		'ImportRow',
		define('DataTable.ImportRow', [table, row], nothing, {
			isEffect: true,
			evaluate: ([one, given]) => {
				fill(one, [given ?? null])
				return null
			},
			python: ([one, given]) => method(one, 'fill', atom(`[${given.code}]`)),
		}),
	),
	fixed(
		'DataSet',
		'new',
		define('DataSet.new', [], tables, {
			evaluate: () => ({ kind: 'thing', name: 'DataSet', state: { tables: emptyList() } }),
			python: () => call('DataSet'),
		}),
	),
	instance(
		'DataSet',
		'Tables',
		define('DataSet.Tables', [tables], listOf(table), {
			evaluate: ([one]) => asThing(one).state['tables'] ?? null,
			python: ([one]) => atom(`${one.code}.tables`),
		}),
	),
]

const ofColumns: readonly Member[] = [
	instance('DataColumn', 'ColumnName', define('DataColumn.ColumnName', [column], string, same)),
	instance('DataColumn', 'ToString', define('DataColumn.ToString', [column], string, same)),
]

const named = (id: string, by: ScriptType): ScriptOperation =>
	define(id, [row, by], cell, {
		differences,
		evaluate: ([one, which]) => asMap(one).entries.get(keyIn(asMap(one), which)) ?? null,
		python: ([one, which]) => call('row_cell', one, which),
	})

const ofRows: readonly Member[] = [
	instance('DataRow', 'Item', named('DataRow.Item', int)),
	instance('DataRow', 'Item', named('DataRow.Named', string)),
	instance('DataRow', 'Item', named('DataRow.Of', column)),
	...[int, string, column].map((by) =>
		instance(
			'DataRow',
			'IsNull',
			define(`DataRow.IsNull(${by.kind === 'thing' ? 'column' : by === int ? 'place' : 'name'})`, [row, by], boolean, {
				evaluate: ([one, which]) => (asMap(one).entries.get(keyIn(asMap(one), which)) ?? null) === null,
				python: ([one, which]) => loose(`${call('row_cell', one, which).code} is None`),
			}),
		),
	),
	instance(
		'DataRow',
		'ItemArray',
		define('DataRow.ItemArray', [row], listOf(cell), {
			differences,
			evaluate: ([one]) => ({ kind: 'list', items: [...asMap(one).entries.values()] }),
			python: ([one]) => call('list', method(one, 'values')),
		}),
	),
]

const setCell = ([one, which, value]: Args): null => {
	asMap(one).entries.set(keyIn(asMap(one), which), value ?? null)
	return null
}

/** What only the binder calls: it knows which text a value becomes. */
export const tableOperations: readonly ScriptOperation[] = [
	define('DataTable.AddColumn', [table, string], nothing, {
		isEffect: true,
		evaluate: ([one, name]) => addColumn(one, asText(name)),
		python: ([one, name]) => method(one, 'add_column', name),
	}),
	define('DataTable.HasColumn', [table, string], boolean, {
		differences: unnamed,
		evaluate: ([one, name]) => namesOf(one).some((known) => lower(known) === lower(name ?? null)),
		python: ([one, name]) => method(one, 'has_column', name),
	}),
	define('DataColumns.Named', [listOf(column), string], column, {
		evaluate: ([names, name]) =>
			asList(names).items.find((known) => lower(known) === lower(name ?? null)) ?? unknownColumn(asText(name)),
		python: ([names, name]) => call('column_named', names, name),
	}),
	define('DataTable.AddValues', [table, listOf(cell)], nothing, {
		isEffect: true,
		evaluate: ([one, values]) => {
			const given = asList(values).items
			const names = namesOf(one)
			if (given.length > names.length)
				return raise('ArgumentException', 'Input array is longer than the number of columns in this table.')
			const cells = names.map((name, at): [string, ScriptValue] => [asText(name), given[at] ?? null])
			rowsIn(one).push({ kind: 'map', entries: new Map(cells) })
			return null
		},
		python: ([one, values]) => method(one, 'add_values', values),
	}),
	...[int, string, column].map((by) =>
		define(`DataRow.Set(${by.kind === 'thing' ? 'column' : by === int ? 'place' : 'name'})`, [row, by, cell], nothing, {
			isEffect: true,
			evaluate: setCell,
			python: ([one, which, value]) => call('set_row_cell', one, which, value),
		}),
	),
	define('DataSet.Named', [listOf(table), string], table, {
		evaluate: ([some, name]) =>
			asList(some).items.find((each) => lower(asThing(each).state['name'] ?? '') === lower(name ?? null)) ??
			raise('NullReferenceException', `There is no table ${asText(name)}.`),
		python: ([some, name]) => call('table_named', some, name),
	}),
	define('DataTable.FillRows', [table, object], int, {
		differences: unnamed,
		isEffect: true,
		evaluate: ([into, rows]) => fill(into, heldRows(rows)),
		python: ([into, rows]) => method(into, 'fill', call('rows_of', rows)),
	}),
	// A variable of type Object that holds the result of a query, or a table that another script has put there.
	define('DataTable.Held', [object], table, {
		differences: unnamed,
		evaluate: ([rows]) => filled('', heldRows(rows)),
		python: ([rows]) => call('table_of', call('rows_of', rows)),
	}),
	define('DataSet.Held', [object], tables, {
		differences: unnamed,
		evaluate: ([rows]) => ({
			kind: 'thing',
			name: 'DataSet',
			state: { tables: { kind: 'list', items: [filled('Table', heldRows(rows))] } },
		}),
		python: ([rows]) => call('DataSet', call('table_of', call('rows_of', rows), atom('name="Table"'))),
	}),
	// A moment as variables hold it, which every reader of texts understands.
	define('Cell.OfMoment', [moment], cell, {
		evaluate: ([value]) => formatTimestamp(asMoment(value).micros),
		python: ([value]) => call('moment_text', value),
	}),
]

export const tableMembers: readonly Member[] = [...ofTables, ...ofColumns, ...ofRows]

/** The rows of a table, or of the first table of a set: what a variable holds that is set to it. */
export function rowsHeld(value: ScriptValue): readonly Row[] | undefined {
	if (typeof value !== 'object' || value?.kind !== 'thing') return undefined
	const held = value.name === 'DataSet' ? tablesOf(value)[0] : value.name === 'DataTable' ? value : undefined
	return held === undefined
		? undefined
		: rowsIn(held).map((one) =>
				Object.fromEntries([...asMap(one).entries].map(([name, text]) => [name, text === null ? null : asText(text)])),
			)
}
