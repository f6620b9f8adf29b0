/** Excel Source and Destination: sheets, parts of them, named ranges (Microsoft: Excel Source, Excel Destination). */
import type { SourcedExpression } from '#model/expressions.ts'
import { connectionOf, variableText } from '../flow/database-source.ts'
import type { ComponentContext, PropertyText, Refusal } from '../flow/parts.ts'
import { declare, mainInput, mainOutput, refuse } from '../flow/parts.ts'
import { fillSource } from '../flow/source-rows.ts'
import { selectedTable } from '../flow/sql.ts'
import { fillTarget, mappedColumns } from '../flow/target-columns.ts'
import { workbookPlace } from '../flow/workbook-place.ts'
import { whole } from '../formats/properties.ts'
import { textOf } from '../package-scope.ts'

export function lowerExcelSource(context: ComponentContext): Refusal | undefined {
	const output = mainOutput(context.component)
	const connection = connectionOf(context)
	if (output === undefined || connection === undefined) return refuse('its connection manager is not there')
	const place = workbookPlace(connection, context.scope)
	if ('reason' in place) return place
	const range = rangeOf(context)
	if ('reason' in range) return range
	fillSource(context, output, { kind: 'workbook', ...place, range })
	declare(context, 'RG-D036', 'Its cells are read as the types that the package has stored.')
	return undefined
}

export function lowerExcelDestination(context: ComponentContext): Refusal | undefined {
	const input = mainInput(context.component)
	const connection = connectionOf(context)
	if (input === undefined || connection === undefined) return refuse('its connection manager is not there')
	const place = workbookPlace(connection, context.scope)
	if ('reason' in place) return place
	const range = rangeOf(context)
	if ('reason' in range) return range
	if (range.expression.kind === 'literal' && !/\$'?$/.test(range.text))
		return refuse(`it writes to ${range.text}, which is not a whole sheet`)
	return fillTarget(context, input, mappedColumns(input), { kind: 'workbook', path: place.path, range })
}

/** Access modes as those of OLE DB; a statement may only name the range. */
function rangeOf(context: ComponentContext): SourcedExpression | Refusal {
	switch (whole(context.component.properties.get('AccessMode'), 0)) {
		case 0:
		case 3:
			return named(context.text('OpenRowset'))
		case 1:
		case 4: {
			const variable = variableText(context, 'OpenRowsetVariable')
			return variable?.value ?? refuse('the variable that names its sheet is not there')
		}
		case 2:
			return selected(context.text('SqlCommand'))
		default: {
			const variable = variableText(context, 'SqlCommandVariable')
			return variable === undefined ? refuse('the variable that holds its statement is not there') : selected(variable)
		}
	}
}

const named = ({ value }: PropertyText): SourcedExpression | Refusal =>
	value.text === '' ? refuse('it names no sheet') : value

function selected({ value, stored }: PropertyText): SourcedExpression | Refusal {
	const table = value.expression.kind === 'literal' ? selectedTable(stored) : undefined
	return table === undefined
		? refuse('its statement does more than select columns of a sheet, which no engine runs on workbooks here')
		: textOf(
				table.replace(/^\[(.*)\]$|^`(.*)`$/, (_all, bracketed?: string, ticked?: string) => bracketed ?? ticked ?? ''),
			)
}
