/** Destinations that append to a table that one property names: SQL Server, ADO NET, ODBC, SQL Server Compact, Oracle, Teradata. */
import { connectionName } from '../connection-names.ts'
import { connectionOf } from '../flow/database-source.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { mainInput, refuse } from '../flow/parts.ts'
import { fillTarget, mappedColumns } from '../flow/target-columns.ts'
import { isTrue, whole } from '../formats/properties.ts'
import { declareBulkLoad } from './ole-db-destination.ts'

export function namedTableDestination(tableProperty: string): (context: ComponentContext) => Refusal | undefined {
	return (context) => {
		const input = mainInput(context.component)
		const connection = connectionOf(context)
		if (input === undefined || connection === undefined) return refuse('its connection manager is not there')
		const { value } = context.text(tableProperty)
		if (value.text === '') return refuse('it names no table')
		const target = { kind: 'table', connection: connectionName(connection), table: value, mode: 'insert' } as const
		return fillTarget(context, input, mappedColumns(input), target)
	}
}

const insertInto = namedTableDestination('BulkInsertTableName')

/** SQL Server Destination: a bulk insert on the server's own machine (Microsoft: SQL Server Destination). */
export function lowerSqlServerDestination(context: ComponentContext): Refusal | undefined {
	const { properties } = context.component
	// Limits on rows count in the order in which they arrive, which the package does not fix.
	for (const limit of ['BulkInsertFirstRow', 'BulkInsertLastRow']) {
		if (whole(properties.get(limit), -1) > 0) return refuse(`it inserts only some of its rows (${limit})`)
	}
	const refusal = insertInto(context)
	if (refusal !== undefined) return refusal
	declareBulkLoad(context, {
		keepsNulls: isTrue(properties.get('BulkInsertKeepNulls')),
		keepsIdentity: isTrue(properties.get('BulkInsertKeepIdentity')),
		checksConstraints: isTrue(properties.get('BulkInsertCheckConstraints') ?? 'true'),
		firesTriggers: isTrue(properties.get('BulkInsertFireTriggers')),
	})
	return undefined
}
