/**
 * Sources whose access mode is a table or a statement and nothing else: ADO NET (its older name is DataReader Source), ODBC,
 * and those of Oracle and Teradata. They differ in the name of the property that names the table.
 */
import { connectionOf, querySource, tableSource } from '../flow/database-source.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { mainOutput, refuse } from '../flow/parts.ts'
import { fillSource } from '../flow/source-rows.ts'
import { whole } from '../formats/properties.ts'

/** ADO NET stores 0 for a table and 2 for a statement; the ODBC family 0 and 1 (Microsoft: ADO NET and ODBC custom properties). */
const TABLE = 0

export function namedTableSource(tableProperty: string): (context: ComponentContext) => Refusal | undefined {
	return (context) => {
		const { component } = context
		const output = mainOutput(component)
		const connection = connectionOf(context)
		if (output === undefined || connection === undefined) return refuse('its connection manager is not there')
		// The DataReader Source of 2005 has no access mode: it takes a statement only.
		const otherwise = (component.properties.get(tableProperty) ?? '') === '' ? -1 : TABLE
		const mode = whole(component.properties.get('AccessMode'), otherwise)
		const source =
			mode === TABLE
				? tableSource(connection, context.text(tableProperty))
				: querySource(context, connection, context.text('SqlCommand'))
		if ('reason' in source) return source
		fillSource(context, output, source)
		return undefined
	}
}
