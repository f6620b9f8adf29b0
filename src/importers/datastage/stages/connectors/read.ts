/** A connector that reads: a table, or the rows of a query. */
import type { ReadOperator } from '#model/operators.ts'
import type { QuerySource, TableSource } from '#model/places.ts'
import type { Schema } from '#model/types.ts'
import { text } from '#model/types.ts'
import { selectedNames } from '../../../selected-names.ts'
import { queryForm } from '../../../sql.ts'
import { findDsColumn, schemaOf } from '../../columns.ts'
import type { Stream } from '../../flow.ts'
import { propertyOf } from '../../keys.ts'
import { parameterised } from '../../paths.ts'
import type { StageContext, StageOutput } from '../../stage-context.ts'
import type { StageLink } from '../../structure.ts'
import { statementsAround } from './around.ts'
import { connectorConnection } from './connection.ts'
import type { DatabaseConnector } from './databases.ts'
import type { Settings } from './settings.ts'
import { readSettings } from './settings.ts'
import { withoutRowConditions } from './sparse.ts'
import { bare, nameText, tableName } from './sql-text.ts'

export function readRows(
	context: StageContext,
	output: StageOutput,
	connector: DatabaseConnector,
	part: string | undefined,
): Stream | undefined {
	const read = readSettings(context.stage, output.pin)
	if ('unreadable' in read) {
		context.refuse(read.unreadable)
		return undefined
	}
	const { settings } = read
	const connection = connectorConnection(context, settings, output.pin, connector)
	statementsAround(context, settings, connection)
	if (settings.isSet('Usage/LimitRows'))
		context.refuse('it reads only some of the rows (Limit number of returned rows)')
	const source = sourceOf(context, output, settings, connector, connection)
	return source === undefined ? undefined : addRead(context, output, source, part)
}

/** Adds the operator that reads, with the columns of the link. */
export function addRead(
	context: StageContext,
	{ link, pin }: StageOutput,
	source: ReadOperator['source'],
	part: string | undefined,
): Stream {
	const operator: ReadOperator = {
		...context.base(part, pin.record.lines),
		kind: 'read',
		source,
		schema: readSchema(context, link, source),
	}
	context.flow.add(operator, {})
	return {
		from: { operator: operator.id, port: 'out' },
		schema: operator.schema,
		name: link.name,
		provenance: context.provenance(link.lines, link.name),
	}
}

/** Where columns travel along by name, the list of a statement may still name them all; later links tell their types. */
function readSchema(context: StageContext, link: StageLink, source: ReadOperator['source']): Schema {
	const isOpen = link.open || link.columns.length === 0
	const names = isOpen && source.kind === 'query' ? selectedNames(source.sql.text) : undefined
	if (names === undefined) return schemaOf(link.columns, isOpen)
	const others = names.filter((name) => findDsColumn(link.columns, name) === undefined)
	const found = others.map((name) => ({
		name,
		type: context.declaredLater(link, name)?.type ?? text(),
		nullable: true,
	}))
	if (others.length > 0)
		context.differ('RG-D130', `${context.stage.name} gives ${others.join(', ')} on, whose types later links tell`)
	return schemaOf([...link.columns, ...found], false)
}

/** Lookup type: a sparse lookup names the operator that asks for each row, `pxbridge` (IBM: watsonx SDK, Lookup type). */
function isSparse({ pin }: StageOutput): boolean {
	const type = propertyOf(pin.properties, 'lookup\\type')
	return type !== '' && !/^(?:normal|empty)/i.test(type)
}

/** The statement to read by; that of a sparse lookup without its conditions on the row. Undefined: no statement does. */
export function statementFor(context: StageContext, output: StageOutput, statement: string): string | undefined {
	const asksOnce = isSparse(output)
	if (asksOnce)
		context.differ('RG-D021', `${context.stage.name} was asked for each row; the new job reads all of it once`)
	const sql = asksOnce ? withoutRowConditions(statement) : statement
	if (sql === undefined)
		context.refuse('its statement asks for each row of the lookup in a way that no single query answers')
	else if (/\borchestrate\./i.test(sql)) context.refuse('its statement takes values of the row that it is run for')
	return sql
}

function sourceOf(
	context: StageContext,
	output: StageOutput,
	settings: Settings,
	connector: DatabaseConnector,
	connection: string,
): TableSource | QuerySource | undefined {
	if (settings.isSet('Usage/ReadMode')) context.refuse('it reads from a PL/SQL block')
	const statement = settings.text('Usage/SQL/SelectStatement')
	const isGenerated = settings.isSet('Usage/GenerateSQL') || statement === ''
	const sql = statementFor(context, output, isGenerated ? '' : statement)
	if (sql === undefined) return undefined
	if (isGenerated) return generated(context, output, settings, connection, connector.dialect)
	for (const name of ['ReadFromFileSelect', 'ReadStatementFromFile']) {
		if (settings.isSet(`Usage/SQL/SelectStatement/${name}`))
			context.refuse(`its statement stands in the file ${statement}, which is not part of the export`)
	}
	return query(context, output, sql, connection, connector.dialect)
}

export function query(
	context: StageContext,
	output: StageOutput,
	sql: string,
	connection: string,
	dialect: string | undefined,
): QuerySource {
	const text = parameterised(context, bare(sql), output.pin.record.lines)
	return { kind: 'query', connection, sql: text, parameters: [], form: queryForm(sql, dialect) }
}

/** The statement that the connector makes of the table and the columns of the link. */
function generated(
	context: StageContext,
	output: StageOutput,
	settings: Settings,
	connection: string,
	dialect: string | undefined,
): TableSource | QuerySource | undefined {
	const { lines } = output.pin.record
	const name = settings.text('Usage/TableName')
	if (name === '') {
		context.refuse('it names no table and holds no statement')
		return undefined
	}
	const quoted = settings.isSet('Usage/EnableQuotedIDs')
	const where = settings.text('Usage/SQL/WhereClause') || settings.text('Usage/WhereClause')
	const other = settings.text('Usage/SQL/OtherClause') || settings.text('Usage/OtherClause')
	if (where === '' && other === '') return { kind: 'table', connection, table: tableName(context, name, quoted, lines) }
	const columns = output.link.columns.map((column) => nameText(column.name, quoted))
	const parts = [
		`SELECT ${columns.length === 0 ? '*' : columns.join(', ')}`,
		`FROM ${nameText(name, quoted)}`,
		...(where === '' ? [] : [`WHERE ${where.replace(/^\s*where\b/i, '').trim()}`]),
		...(other === '' ? [] : [other]),
	]
	return query(context, output, parts.join('\n'), connection, dialect)
}
