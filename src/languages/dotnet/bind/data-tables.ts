/** Tables in memory: columns with their types, rows made of values, cells that are set (Microsoft: DataTable). */
import type { ScriptExpression, ScriptStatement, ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import type { Argument, Statement, Syntax, TypeName } from '../syntax.ts'
import { typeNamed } from '../syntax.ts'
import { callOf, castTo, textOf } from './coerce.ts'
import { pathOf } from './members.ts'
import { outside } from './outside.ts'
import { bind, bindAs } from './recursion.ts'
import type { ClassScope, MethodScope } from './scope.ts'
import { knownType, lastPart } from './types.ts'

type Call = Extract<Syntax, { kind: 'call' }>

const { string, int, nothing } = scriptTypes
const cell: ScriptType = { kind: 'thing', name: 'Cell' }

/** What the script says of the columns of its own tables, and what it does with those that variables hold. */
interface Tables {
	/** Types by the column's name in small letters; undefined for a name with several. */
	readonly byName: Map<string, ScriptType | undefined>
	/** Types in the order of the columns, by the name of the local or field that holds the table. */
	readonly byPlace: Map<string, ScriptType[]>
	isHeld: boolean
	isChanged: boolean
}

const known = new WeakMap<ClassScope, Tables>()

function tablesOf({ class: owner }: MethodScope): Tables {
	const found = known.get(owner) ?? { byName: new Map(), byPlace: new Map(), isHeld: false, isChanged: false }
	known.set(owner, found)
	return found
}

const isThing = (value: ScriptExpression, name: string): boolean => scriptTypeKey(value.type) === name

/** A table that a variable of the package holds is taken out of it as a copy, so that nothing may change it in place. */
function noteUse(how: 'isHeld' | 'isChanged', scope: MethodScope, line: number): void {
	const tables = tablesOf(scope)
	tables[how] = true
	if (tables.isHeld && tables.isChanged) outside('a table of a variable, where the script changes tables', { line })
}

/** `(DataTable)Dts.Variables["User::Rows"].Value`; undefined for other types. */
export function heldTable(value: ScriptExpression, type: ScriptType, scope: MethodScope): ScriptExpression | undefined {
	const key = scriptTypeKey(type)
	if (value.type.kind !== 'object' || (key !== 'DataTable' && key !== 'DataSet')) return undefined
	noteUse('isHeld', scope, value.line)
	return callOf(`${key}.Held`, [value], type, value.line)
}

/** `adapter.Fill(table, Dts.Variables["User::Rows"].Value)`: the rows of a recordset, for which the adapter needs no command. */
function filledRows({ args, line }: Call, target: Syntax, scope: MethodScope): ScriptExpression | undefined {
	const [first, second] = args
	if (first === undefined || second === undefined || !isThing(bind(target, scope), 'DataAdapter')) return undefined
	const table = bind(first.value, scope)
	if (!isThing(table, 'DataTable')) return undefined
	noteUse('isChanged', scope, line)
	return callOf('DataTable.FillRows', [table, bind(second.value, scope)], int, line)
}

/** Calls of collections that a table has: `table.Rows.Add(…)`, `table.Columns.Add("a", typeof(int))`, `row.Field<int>("a")`. */
export function tableCall(node: Call, scope: MethodScope): ScriptExpression | undefined {
	const { target, args } = node
	if (target.kind !== 'member') return undefined
	const name = target.name.toLowerCase()
	if (name === 'field') return fieldCall(node, target.target, scope)
	if (name === 'cast' || name === 'oftype') return sameItems(node, target.target, scope)
	if (name === 'fill' && args.length === 2) return filledRows(node, target.target, scope)
	const collection = target.target
	if (collection.kind !== 'member' || !/^(?:rows|columns)$/i.test(collection.name)) return undefined
	if (!['add', 'addrange', 'remove', 'contains'].includes(name)) return undefined
	const table = bind(collection.target, scope)
	if (!isThing(table, 'DataTable')) return undefined
	const isRows = collection.name.toLowerCase() === 'rows'
	const [first] = args
	if (name === 'contains' && !isRows && first !== undefined)
		return callOf('DataTable.HasColumn', [table, bindAs(first.value, string, scope)], scriptTypes.boolean, node.line)
	noteUse('isChanged', scope, node.line)
	if (name === 'remove' || name === 'contains') return outside(`${collection.name}.${target.name}`, node)
	if (isRows) return addedRow(table, collection.target, args, scope, node.line)
	return name === 'addrange'
		? outside('Columns.AddRange', node)
		: addedColumn(table, collection.target, args, scope, node.line)
}

/** `Columns.AddRange(new[] { new DataColumn("a"), … })` as one call for each. */
export function addedColumns(node: Syntax, scope: MethodScope): readonly ScriptStatement[] | undefined {
	if (node.kind !== 'call' || node.target.kind !== 'member' || !/^addrange$/i.test(node.target.name)) return undefined
	const columns = node.target.target
	const [only] = node.args
	if (columns.kind !== 'member' || !/^columns$/i.test(columns.name) || only?.value.kind !== 'array') return undefined
	const { line } = node
	return only.value.items.map((value) => ({
		kind: 'do',
		value: addedColumn(bind(columns.target, scope), columns.target, [{ value, byReference: false }], scope, line),
		line,
	}))
}

function addedColumn(
	table: ScriptExpression,
	written: Syntax,
	given: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression {
	const [first] = given
	const made =
		first?.value.kind === 'new' && /^DataColumn$/i.test(lastPart(first.value.type.name)) ? first.value : undefined
	const [name, type, ...more] = made === undefined ? given : made.args
	if (name === undefined || more.length > 0) return outside('a column without a name, or with an expression', { line })
	const bound = bindAs(name.value, string, scope)
	const held =
		type === undefined ? string : (typeMeant(type.value, scope) ?? outside('a column of an unknown type', { line }))
	note(written, bound, held, scope)
	return callOf('DataTable.AddColumn', [table, bound], nothing, line)
}

/** `rows.Cast<DataRow>()` of items that are of that type: each item is what it was. */
function sameItems({ typeArgs }: Call, target: Syntax, scope: MethodScope): ScriptExpression | undefined {
	const [written] = typeArgs
	const type = written === undefined ? undefined : knownType(written)
	if (type === undefined) return undefined
	const items = bind(target, scope)
	return items.type.kind === 'list' && scriptTypeKey(items.type.of) === scriptTypeKey(type) ? items : undefined
}

/** `set.Tables["a"]`, `table.Columns["a"]`; undefined for other lists. */
export function itemNamed(list: ScriptExpression, which: ScriptExpression, line: number): ScriptExpression | undefined {
	if (list.type.kind !== 'list' || scriptTypeKey(which.type) !== 'string') return undefined
	const key = scriptTypeKey(list.type.of)
	const id = key === 'DataTable' ? 'DataSet.Named' : key === 'DataColumn' ? 'DataColumns.Named' : undefined
	return id === undefined ? undefined : callOf(id, [list, which], list.type.of, line)
}

function note(written: Syntax, name: ScriptExpression, type: ScriptType, scope: MethodScope): void {
	const { byName, byPlace } = tablesOf(scope)
	const holder = pathOf(written)?.join('.') ?? ''
	byPlace.set(holder, [...(byPlace.get(holder) ?? []), type])
	if (name.kind !== 'literal' || typeof name.value !== 'string') return
	const key = name.value.toLowerCase()
	const before = byName.get(key)
	const isSame = !byName.has(key) || (before !== undefined && scriptTypeKey(before) === scriptTypeKey(type))
	byName.set(key, isSame ? type : undefined)
}

/** `typeof(int)`, `GetType(Integer)`, `Type.GetType("System.Int32")`. */
function typeMeant(node: Syntax, scope: MethodScope): ScriptType | undefined {
	if (node.kind === 'type') return knownType(node.type)
	if (node.kind !== 'call') return undefined
	const [only] = node.args
	const path = pathOf(node.target)
	if (only === undefined || path?.at(-1)?.toLowerCase() !== 'gettype') return undefined
	const written = path.length === 1 ? pathOf(only.value)?.join('.') : bindAs(only.value, string, scope)
	const name = typeof written === 'object' && written.kind === 'literal' ? written.value : written
	return typeof name === 'string' ? knownType(typeNamed(name)) : undefined
}

/** A row that was made before, or one of values in the order of the columns. */
function addedRow(
	table: ScriptExpression,
	written: Syntax,
	args: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression {
	const [first] = args
	const only = first !== undefined && args.length === 1 ? first.value : undefined
	const row = only === undefined || only.kind === 'array' ? undefined : bind(only, scope)
	if (row !== undefined && isThing(row, 'DataRow')) {
		const rows = callOf('DataTable.Rows', [table], listOf(row.type), line)
		return callOf('List.Add', [rows, row], nothing, line)
	}
	const types = tablesOf(scope).byPlace.get(pathOf(written)?.join('.') ?? '') ?? []
	const values = only?.kind === 'array' ? only.items : args.map(({ value }) => value)
	const items = values.map((value, at) => asCell(bind(value, scope), types[at], scope))
	const list: ScriptExpression = { kind: 'list', items, type: listOf(cell), line }
	return callOf('DataTable.AddValues', [table, list], nothing, line)
}

/** A value as the text that a cell holds, once the column has made it one of its own type. */
function asCell(value: ScriptExpression, column: ScriptType | undefined, scope: MethodScope): ScriptExpression {
	const { type, line } = value
	const key = scriptTypeKey(type)
	if (key === 'Cell' || (value.kind === 'literal' && value.value === null)) return { ...value, type: cell }
	if (type.kind === 'list') return outside('a list in a cell', value)
	const isOther = column !== undefined && column.kind !== 'object' && scriptTypeKey(column) !== key
	if (isOther) return asCell(castTo(value, column, 'convert', scope.class.language), undefined, scope)
	if (column === undefined && key === 'string' && hasOtherThanText(scope))
		return outside('a text in a column whose type is not known', value)
	if (key === 'timestamp') return callOf('Cell.OfMoment', [value], cell, line)
	return { ...textOf(value), type: cell }
}

const hasOtherThanText = (scope: MethodScope): boolean =>
	[...tablesOf(scope).byPlace.values()].flat().some((type) => scriptTypeKey(type) !== 'string')

/** `row["a"] = x`; undefined for items of other things. */
export function cellAssignment(
	row: ScriptExpression,
	which: Syntax,
	{ operator, value, line }: Extract<Statement, { kind: 'assign' }>,
	scope: MethodScope,
): readonly ScriptStatement[] | undefined {
	if (!isThing(row, 'DataRow')) return undefined
	if (operator !== '=') return outside(`a cell with ${operator}`, { line })
	noteUse('isChanged', scope, line)
	const bound = bind(which, scope)
	const key = scriptTypeKey(bound.type)
	const by = key === 'DataColumn' ? 'column' : key === 'string' ? 'name' : 'place'
	const place = by === 'place' ? bindAs(which, int, scope) : bound
	const given = bind(value, scope)
	const name = bound.kind === 'literal' && typeof bound.value === 'string' ? bound.value.toLowerCase() : undefined
	const { byName } = tablesOf(scope)
	const type = name === undefined ? undefined : byName.get(name)
	// A column that the script has not declared is one of a query, which the database has given its type.
	const isForeign = name !== undefined && !byName.has(name)
	const fit = asCell(given, type ?? (isForeign ? given.type : undefined), scope)
	return [{ kind: 'do', value: callOf(`DataRow.Set(${by})`, [row, place, fit], nothing, line), line }]
}

/** `row.Field<string>("a")`: null for a text that is not there; any other type must be there (Microsoft: DataRowExtensions). */
function fieldCall({ args, typeArgs, line }: Call, target: Syntax, scope: MethodScope): ScriptExpression | undefined {
	const [only] = args
	const [written] = typeArgs
	if (only === undefined || written === undefined || args.length > 1) return undefined
	const row = bind(target, scope)
	if (!isThing(row, 'DataRow')) return undefined
	const which = bind(only.value, scope)
	const id = scriptTypeKey(which.type) === 'string' ? 'DataRow.Named' : 'DataRow.Item'
	const read = callOf(id, [row, which], cell, line)
	const type = fieldType(written)
	if (type === undefined) return outside(`Field of a ${written.name}`, { line })
	return scriptTypeKey(type) === 'string' ? { ...read, type } : castTo(read, type, 'cast', scope.class.language)
}

const fieldType = (written: TypeName): ScriptType | undefined => (written.nullable ? undefined : knownType(written))
