/** A connector that writes: rows into a table, by its write mode and key columns. */
import { diagnose } from '#model/diagnostics.ts'
import type { WriteOperator } from '#model/operators.ts'
import type { TableMode, TableTarget } from '#model/places.ts'
import { makesTable } from '#model/places.ts'
import { findDsColumn } from '../../columns.ts'
import type { Stream } from '../../flow.ts'
import { passing, project } from '../../mapping.ts'
import { sortOnLink } from '../../sorting.ts'
import type { StageContext, StageInput } from '../../stage-context.ts'
import { statementsAround } from './around.ts'
import { connectorConnection } from './connection.ts'
import type { DatabaseConnector } from './databases.ts'
import { writeModeWords } from './databases.ts'
import { ownStatement } from './own-statements.ts'
import type { Settings } from './settings.ts'
import { readSettings } from './settings.ts'
import { tableName } from './sql-text.ts'
import { tableAction } from './table-action.ts'

export function writeRows(
	context: StageContext,
	input: StageInput,
	connector: DatabaseConnector,
	part: string | undefined,
): void {
	const read = readSettings(context.stage, input.pin)
	if ('unreadable' in read) {
		context.refuse(read.unreadable)
		return
	}
	const { settings } = read
	const mode = modeOf(context, settings, connector)
	if (mode === undefined) return
	const connection = connectorConnection(context, settings, input.pin, connector)
	if (
		settings.text('Usage/Session/FailOnRowErrorPX') === '0' ||
		settings.text('Usage/Session/FailOnRowErrorSE') === '0'
	)
		context.differ('RG-D022', `${context.stage.name} logs rows that the database refuses, and goes on`)
	const isOwn = settings.text('Usage/GenerateSQL') === '0'
	const target = isOwn
		? ownStatement(context, input, settings, mode)
		: { name: settings.text('Usage/TableName'), columns: undefined, keys: namedKeys(context, input, settings) }
	if (target === undefined) return
	if (target.name === '') {
		context.refuse('it names no table')
		return
	}
	const quoted = settings.isSet('Usage/EnableQuotedIDs')
	const action = tableAction(context, settings, connection, target.name)
	statementsAround(context, settings, connection)
	const table = tableName(context, target.name, quoted, input.pin.record.lines)
	addWrite(context, input, { kind: 'table', connection, table, mode, ...action }, part, target, connector.dialect)
}

/** Columns that find rows in place of those marked as keys (IBM: watsonx SDK, Key column names). */
function namedKeys(context: StageContext, input: StageInput, settings: Settings): readonly string[] | undefined {
	const names = settings.text('Usage/KeyColumnNames').split(',')
	const keys = names.map((name) => name.trim()).filter((name) => name !== '')
	const missing = keys.find((name) => findDsColumn(input.stream.schema.columns, name) === undefined)
	if (missing !== undefined) context.refuse(`it finds rows by the column ${missing}, which does not arrive`)
	return keys.length === 0
		? undefined
		: keys.map((name) => findDsColumn(input.stream.schema.columns, name)?.name ?? name)
}

/** What the link and the target's own statement say about columns. */
export interface TargetColumns {
	/** Column of the table → column of the link; absent: all columns of the link under their names. */
	readonly columns?: ReadonlyMap<string, string> | undefined
	/** Columns of the table that find rows; absent: those marked as keys on the link. */
	readonly keys?: readonly string[] | undefined
}

/** Adds the operator that writes. Keyed modes need key columns. */
export function addWrite(
	context: StageContext,
	input: StageInput,
	target: TableTarget,
	part: string | undefined,
	wanted: TargetColumns = {},
	dialect?: string,
): void {
	const sorted = sortOnLink(context, input.pin, input.stream)
	const stream = wanted.columns === undefined ? sorted : renamed(context, sorted, wanted.columns, input)
	const marked = input.link.columns.filter(({ key }) => key === true).map(({ name }) => name)
	const keys = wanted.keys ?? marked.filter((name) => stream.schema.columns.some((column) => column.name === name))
	const isAllowed = target.mode === 'insert-new' && keys.length === 0 && dialect === 'oracle'
	const operator: WriteOperator = {
		...context.base(part, input.pin.record.lines),
		kind: 'write',
		target: isAllowed ? allowed(context, target) : keyed(context, target, keys),
		schema: stream.schema,
	}
	context.flow.add(operator, { in: stream })
}

/** The table's unique keys say which rows are new. One that the stage makes from a link without key columns has none. */
function allowed(context: StageContext, target: TableTarget): TableTarget {
	if (makesTable(target)) return { ...target, mode: 'insert' }
	context.differ('RG-D131', `${context.stage.name} leaves rows out that a unique key of ${target.table.text} refuses`)
	return { ...target, mode: 'insert-allowed' }
}

function keyed(context: StageContext, target: TableTarget, keys: readonly string[]): TableTarget {
	if (target.mode === 'insert') return target
	declareKeys(context, target.mode, keys)
	return { ...target, keys }
}

function declareKeys(context: StageContext, mode: TableMode, keys: readonly string[]): void {
	if (keys.length === 0) {
		context.refuse(`it writes by key (${mode}), and its link marks no column as a key`)
		return
	}
	if (mode === 'insert-update' || mode === 'insert-new')
		context.differ('RG-D091', `${context.stage.name} finds rows by ${keys.join(', ')}`)
	if (mode === 'delete') return
	const counts = mode === 'insert-new' ? 'first' : 'last'
	context.differ('RG-D001', `Of several rows with the same ${keys.join(', ')} the ${counts} one counts`)
}

function modeOf(context: StageContext, settings: Settings, connector: DatabaseConnector): TableMode | undefined {
	const code = settings.text('Usage/WriteMode') || '0'
	const isWord = Object.hasOwn(writeModeWords, code)
	const mode = isWord ? writeModeWords[code] : connector.writeModes[code]
	switch (mode) {
		case undefined:
			context.refuse(`its write mode has the code ${code}, whose meaning is not known for ${context.stage.type}`)
			return undefined
		case 'plsql':
			context.refuse('it runs a PL/SQL block for each row')
			return undefined
		case 'own':
			context.refuse('it runs statements of its own for each row')
			return undefined
		case 'bulk':
			return 'insert'
		default:
			if (!connector.documented && code !== '0' && !isWord) warnOfCode(context, code, mode)
			return mode
	}
}

function warnOfCode(context: StageContext, code: string, mode: TableMode): void {
	const what = `${context.stage.name} writes with the code ${code}, taken for ${mode}`
	const why = `${context.stage.type} is taken to use the codes of other connectors.`
	context.report(diagnose('stage/property', context.provenance(), { what, why }))
}

function renamed(
	context: StageContext,
	stream: Stream,
	columns: ReadonlyMap<string, string>,
	input: StageInput,
): Stream {
	const chosen = [...columns].flatMap(([name, from]) => {
		const source = findDsColumn(stream.schema.columns, from)
		if (source === undefined) {
			context.refuse(`its statement takes the column ${from}, which does not arrive`)
			return []
		}
		return [{ ...passing(context, source, input.pin.record.lines), name }]
	})
	return project(context, stream, chosen, { part: 'columns', lines: input.pin.record.lines })
}
