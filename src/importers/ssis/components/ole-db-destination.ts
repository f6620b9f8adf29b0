/** OLE DB Destination: the mapped columns, appended to a table (Microsoft: OLE DB Destination). */
import type { SourcedExpression } from '#model/expressions.ts'
import { connectionName } from '../connection-names.ts'
import { connectionOf, ofOtherSession } from '../flow/database-source.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { declare, mainInput, refuse } from '../flow/parts.ts'
import { foreignTemporaryTable, selectedTable } from '../flow/sql.ts'
import { fillTarget, mappedColumns } from '../flow/target-columns.ts'
import { isTrue, whole } from '../formats/properties.ts'
import { read, textOf } from '../package-scope.ts'

const FAST_LOAD = 3

export function lowerOleDbDestination(context: ComponentContext): Refusal | undefined {
	const { properties } = context.component
	const input = mainInput(context.component)
	const connection = connectionOf(context)
	if (input === undefined || connection === undefined) return refuse('its connection manager is not there')
	const mode = whole(properties.get('AccessMode'), 0)
	const table = tableOf(context, mode)
	if ('reason' in table) return table
	const temporary = foreignTemporaryTable(table.text)
	if (temporary !== undefined) return ofOtherSession(temporary)
	const target = { kind: 'table', connection: connectionName(connection), table, mode: 'insert' } as const
	const refusal = fillTarget(context, input, mappedColumns(input), target)
	if (refusal !== undefined || mode < FAST_LOAD) return refusal
	const options = (properties.get('FastLoadOptions') ?? '').toUpperCase()
	declareBulkLoad(context, {
		keepsNulls: isTrue(properties.get('FastLoadKeepNulls')),
		keepsIdentity: isTrue(properties.get('FastLoadKeepIdentity')),
		checksConstraints: options.includes('CHECK_CONSTRAINTS'),
		firesTriggers: options.includes('FIRE_TRIGGERS'),
	})
	return undefined
}

export interface BulkLoad {
	readonly keepsNulls: boolean
	readonly keepsIdentity: boolean
	readonly checksConstraints: boolean
	readonly firesTriggers: boolean
}

/** How a bulk load differs from the inserts of Spark, which check constraints, fire triggers and write nulls. */
export function declareBulkLoad(context: ComponentContext, load: BulkLoad): void {
	if (!load.keepsNulls) declare(context, 'RG-D023', 'A bulk load without Keep Nulls: nulls are written as nulls.')
	if (load.keepsIdentity) declare(context, 'RG-D030', 'Its bulk load keeps the identity values of the rows.')
	const skipped = [
		...(load.checksConstraints ? [] : ['check constraints']),
		...(load.firesTriggers ? [] : ['fire triggers']),
	]
	if (skipped.length > 0) declare(context, 'RG-D031', `Its bulk load does not ${skipped.join(' or ')}.`)
}

function tableOf(context: ComponentContext, mode: number): SourcedExpression | Refusal {
	const { properties } = context.component
	if (mode === 0 || mode === FAST_LOAD) {
		const { value } = context.text('OpenRowset')
		return value.text === '' ? refuse('it names no table') : value
	}
	if (mode === 1 || mode === 4) {
		const variable = context.scope.value(properties.get('OpenRowsetVariable') ?? '')
		return variable === undefined ? refuse('the variable that names its table is not there') : read(variable)
	}
	if (mode !== 2) return refuse(`its access mode ${mode} is not known`)
	// Rows are added to what the statement selects: a plain selection from one table means that table.
	const table = selectedTable(properties.get('SqlCommand') ?? '')
	return table === undefined
		? refuse('it writes through a statement that is not a plain SELECT from a table')
		: textOf(table)
}
