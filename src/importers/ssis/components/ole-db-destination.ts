/** OLE DB Destination: the mapped columns, appended to a table. */
import type { SourcedExpression } from '#model/expressions.ts'
import type { ProjectColumn, ProjectOperator, WriteOperator } from '#model/operators.ts'
import { connectionName } from '../connection-names.ts'
import type { BufferColumn } from '../flow/buffer.ts'
import { byLineage, schemaOf, typeOf } from '../flow/buffer.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, declare, errorOutput, mainInput, port, refuse } from '../flow/parts.ts'
import { declareErrorNumbers, policies, rejected } from '../flow/policies.ts'
import { assign, column, derived } from '../flow/values.ts'
import { isTrue, whole } from '../formats/properties.ts'
import { UniqueNames } from '../formats/unique-names.ts'
import { read, textOf } from '../package-scope.ts'

export function lowerOleDbDestination(context: ComponentContext): Refusal | undefined {
	const { component, scope } = context
	const input = mainInput(component)
	const [reference] = component.connections.values()
	const connection = scope.connection(reference)
	if (input === undefined || connection === undefined) return refuse('its connection manager is not there')
	const table = tableOf(context)
	if ('reason' in table) return table
	const arriving = context.arriving(input)
	const names = new UniqueNames()
	const leaving: BufferColumn[] = []
	const columns: ProjectColumn[] = []
	for (const mapped of input.columns) {
		const source = byLineage(arriving, mapped.lineage)
		const external = input.external.find((one) => one.id === mapped.externalId)
		if (source === undefined) return refuse(`column ${mapped.name} does not arrive`)
		if (external === undefined) continue
		const target = { ...source, name: names.take(external.name), type: typeOf(external.type) }
		const expression = assign(column(source), source.type, target.type)
		leaving.push(target)
		columns.push({
			...derived(
				target.name,
				target.type,
				{ expression, text: source.name },
				{ ...context.provenance, lines: mapped.lines },
			),
			...policies(input.dispositions, context.columnNumber(mapped.lineage)),
		})
	}
	if (columns.length === 0) return refuse('no column is mapped to its table')
	const errors = errorOutput(component)
	const { buffer, reject } = rejected(arriving, context.isLinked(errors) ? errors : undefined)
	const pick: ProjectOperator = {
		...base(context, 'columns'),
		kind: 'project',
		passThrough: 'none',
		drop: [],
		columns,
		evaluation: 'together',
		reject,
	}
	const operator: WriteOperator = {
		...base(context),
		kind: 'write',
		target: { kind: 'table', connection: connectionName(connection), table, mode: 'insert' },
		schema: schemaOf(leaving),
	}
	add(context, pick, operator)
	connect(context, { from: port(pick, 'out'), buffer: leaving }, port(operator, 'in'))
	context.parts.takes.set(input.id, port(pick, 'in'))
	if (errors !== undefined && context.isLinked(errors)) {
		context.parts.gives.set(errors.id, { from: port(pick, 'reject'), buffer })
		declare(
			context,
			'RG-D022',
			'Its error output gets the rows that cannot be converted, not those that the database refuses.',
		)
		declareErrorNumbers(context, errors)
	}
	const mode = whole(component.properties.get('AccessMode'), 0)
	if (mode >= 3 && !isTrue(component.properties.get('FastLoadKeepNulls'))) {
		declare(context, 'RG-D023', 'Fast load without Keep Nulls: nulls are written as nulls.')
	}
	return undefined
}

function tableOf(context: ComponentContext): SourcedExpression | Refusal {
	const { properties } = context.component
	const mode = whole(properties.get('AccessMode'), 0)
	if (mode === 0 || mode === 3) {
		const table = properties.get('OpenRowset') ?? ''
		return table === '' ? refuse('it names no table') : textOf(table)
	}
	if (mode === 1 || mode === 4) {
		const variable = context.scope.value(properties.get('OpenRowsetVariable') ?? '')
		return variable === undefined ? refuse('the variable that names its table is not there') : read(variable)
	}
	return refuse(mode === 2 ? 'it writes through a statement' : `its access mode ${mode} is not known`)
}
