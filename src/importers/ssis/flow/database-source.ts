/** Tables and statements as sources, whatever the provider: OLE DB, ADO NET, ODBC, Oracle, Teradata. */
import type { SourcedExpression } from '#model/expressions.ts'
import type { QuerySource, Source } from '#model/places.ts'
import { queryForm } from '../../sql.ts'
import { connectionName, dialectOf } from '../connection-names.ts'
import type { ConnectionRecord } from '../formats/records.ts'
import { read } from '../package-scope.ts'
import type { ComponentContext, PropertyText, Refusal } from './parts.ts'
import { refuse } from './parts.ts'
import { countMarkers, foreignTemporaryTable } from './sql.ts'

/** The connection manager of a component that has one. */
export function connectionOf(context: ComponentContext): ConnectionRecord | undefined {
	const [reference] = context.component.connections.values()
	return context.scope.connection(reference)
}

export function tableSource(connection: ConnectionRecord, table: PropertyText): Source | Refusal {
	if (isEmpty(table)) return refuse('it names no table')
	const temporary = foreignTemporaryTable(table.stored)
	if (temporary !== undefined) return ofOtherSession(temporary)
	return { kind: 'table', connection: connectionName(connection), table: table.value }
}

export function querySource(
	context: ComponentContext,
	connection: ConnectionRecord,
	sql: PropertyText,
): QuerySource | Refusal {
	if (isEmpty(sql)) return refuse('it has no statement')
	const temporary = foreignTemporaryTable(sql.stored)
	if (temporary !== undefined) return ofOtherSession(temporary)
	const parameters = parameterMap(context.component.properties.get('ParameterMapping') ?? '')
	const values = parameters.map((id) => context.scope.valueById(id))
	const known = values.filter((value) => value !== undefined)
	if (known.length < values.length) return refuse('a variable that its statement takes is not there')
	// Mappings outlive the markers that they were made for; the engine binds as many as the statement has.
	const bound = isLiteral(sql.value) ? known.slice(0, countMarkers(sql.stored)) : known
	return {
		kind: 'query',
		connection: connectionName(connection),
		sql: sql.value,
		parameters: bound.map((value) => read(value).expression),
		form: queryForm(sql.stored, dialectOf(connection)),
	}
}

export const ofOtherSession = (table: string): Refusal =>
	refuse(`the temporary table ${table} lives in the session of another task: make it a table that stays`)

/** A table or statement that a variable holds. */
export function variableText(context: ComponentContext, property: string): PropertyText | undefined {
	const value = context.scope.value(context.component.properties.get(property) ?? '')
	return value === undefined ? undefined : { value: read(value), stored: value.value }
}

/** Nothing stored and nothing computed. */
function isEmpty({ value, stored }: PropertyText): boolean {
	return stored.trim() === '' && isLiteral(value)
}

const isLiteral = ({ expression }: SourcedExpression): boolean => expression.kind === 'literal'

/** `"Parameter0:Input",{guid};"Parameter1:Input",{guid};` → the guids in the order of the markers. */
function parameterMap(text: string): readonly string[] {
	return [...text.matchAll(/"([^"]*)"\s*,\s*(\{[0-9A-Fa-f-]+\})/g)].map((match) => match[2] ?? '')
}
