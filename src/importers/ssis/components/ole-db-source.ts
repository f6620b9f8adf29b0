/** OLE DB Source: a table or a statement, each given directly or by a variable (Microsoft: OLE DB Source). */
import type { Source } from '#model/places.ts'
import { connectionOf, querySource, tableSource, variableText } from '../flow/database-source.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { mainOutput, refuse } from '../flow/parts.ts'
import { fillSource } from '../flow/source-rows.ts'
import { whole } from '../formats/properties.ts'
import type { ConnectionRecord } from '../formats/records.ts'

export function lowerOleDbSource(context: ComponentContext): Refusal | undefined {
	const output = mainOutput(context.component)
	const connection = connectionOf(context)
	if (output === undefined || connection === undefined) return refuse('its connection manager is not there')
	const source = sourceOf(context, connection)
	if ('reason' in source) return source
	fillSource(context, output, source)
	return undefined
}

function sourceOf(context: ComponentContext, connection: ConnectionRecord): Source | Refusal {
	const { properties } = context.component
	switch (whole(properties.get('AccessMode'), -1)) {
		case 0:
			return tableSource(connection, context.text('OpenRowset'))
		case 1: {
			const table = variableText(context, 'OpenRowsetVariable')
			return table === undefined
				? refuse('the variable that names its table is not there')
				: tableSource(connection, table)
		}
		case 2:
			return querySource(context, connection, context.text('SqlCommand'))
		case 3: {
			const sql = variableText(context, 'SqlCommandVariable')
			return sql === undefined
				? refuse('the variable that holds its statement is not there')
				: querySource(context, connection, sql)
		}
		default:
			return refuse(`its access mode ${properties.get('AccessMode') ?? ''} is not known`)
	}
}
