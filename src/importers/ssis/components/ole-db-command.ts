/**
 * OLE DB Command: a statement that runs once for each row (Microsoft: OLE DB Command Transformation). A plain UPDATE, DELETE or
 * INSERT of markers becomes one change of the table by key; any other statement runs row by row.
 */
import type { ProjectOperator } from '#model/operators.ts'
import type { Target } from '#model/places.ts'
import { connectionName } from '../connection-names.ts'
import { typeOf } from '../flow/buffer.ts'
import { plainChange } from '../flow/command-sql.ts'
import { connectionOf } from '../flow/database-source.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, declare, mainInput, mainOutput, port, refuse } from '../flow/parts.ts'
import { countMarkers } from '../flow/sql.ts'
import type { MappedColumn } from '../flow/target-columns.ts'
import { fillTarget } from '../flow/target-columns.ts'
import type { InputRecord } from '../formats/records.ts'
import { textOf } from '../package-scope.ts'
import { givesBack, lowerGivingCommand } from './giving-command.ts'

export function lowerOleDbCommand(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const input = mainInput(component)
	const output = mainOutput(component)
	const connection = connectionOf(context)
	if (input === undefined || output === undefined || connection === undefined)
		return refuse('its connection manager is not there')
	const { value, stored } = context.text('SqlCommand')
	if (stored.trim() === '') return refuse('it has no statement')
	const parameters = parametersOf(input)
	const change = value.expression.kind === 'literal' ? plainChange(stored) : undefined
	const markers = countMarkers(stored)
	if (parameters.length !== markers) {
		return refuse(`its statement has ${markers} markers, ${parameters.length} of which a column is mapped to`)
	}
	if (givesBack(input)) return lowerGivingCommand(context, input, connectionName(connection), value)
	const target: Target =
		change === undefined
			? { kind: 'command', connection: connectionName(connection), sql: value }
			: {
					kind: 'table',
					connection: connectionName(connection),
					table: textOf(change.table),
					mode: change.mode,
					...(change.keys.length === 0 ? {} : { keys: change.keys }),
				}
	const named = parameters.map((one, place) => ({ ...one, name: change?.columns[place] ?? one.name }))
	return fillCommand(context, input, named, target)
}

/** Rows pass on while the statement runs, whatever it does. */
function fillCommand(
	context: ComponentContext,
	input: InputRecord,
	columns: readonly MappedColumn[],
	target: Target,
): Refusal | undefined {
	const output = mainOutput(context.component)
	const arriving = context.arriving(input)
	const pass: ProjectOperator = {
		...base(context, 'rows'),
		kind: 'project',
		passThrough: 'all',
		drop: [],
		columns: [],
		evaluation: 'together',
		reject: {},
	}
	const passes = context.isLinked(output)
	if (passes) add(context, pass)
	const refusal = fillTarget(context, input, columns, target)
	const taken = context.parts.takes.get(input.id)
	if (refusal !== undefined || taken === undefined) return refusal ?? refuse('it has no input')
	declare(context, 'RG-D035', 'Its statement runs when all rows have passed.')
	if (!passes || output === undefined) return undefined
	connect(context, { from: port(pass, 'out'), buffer: arriving }, taken)
	context.parts.takes.set(input.id, port(pass, 'in'))
	context.parts.gives.set(output.id, { from: port(pass, 'out'), buffer: arriving })
	return undefined
}

/** External columns are the parameters, in the order of their markers. */
function parametersOf(input: InputRecord): readonly MappedColumn[] {
	return input.external.flatMap(({ id, name, type }) => {
		const mapped = input.columns.find((one) => one.externalId === id)
		return mapped === undefined ? [] : [{ mapped, name, type: typeOf(type) }]
	})
}
