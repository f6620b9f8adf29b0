/** OLE DB Source: a table or a statement, each given directly or by a variable. */
import type { SourcedExpression } from '#model/expressions.ts'
import type { ProjectColumn, ProjectOperator, ReadOperator } from '#model/operators.ts'
import type { Source } from '#model/places.ts'
import { connectionName, dialectOf } from '../connection-names.ts'
import type { Buffer } from '../flow/buffer.ts'
import { columnOf, extend, schemaOf } from '../flow/buffer.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, errorOutput, mainOutput, port, refuse } from '../flow/parts.ts'
import { policies, rejected } from '../flow/policies.ts'
import { queryForm } from '../flow/sql.ts'
import { passed } from '../flow/values.ts'
import { whole } from '../formats/properties.ts'
import type { ConnectionRecord, OutputRecord } from '../formats/records.ts'
import { UniqueNames } from '../formats/unique-names.ts'
import { read, textOf } from '../package-scope.ts'

export function lowerOleDbSource(context: ComponentContext): Refusal | undefined {
	const { component, scope } = context
	const output = mainOutput(component)
	const [reference] = component.connections.values()
	const connection = scope.connection(reference)
	if (output === undefined || connection === undefined) return refuse('its connection manager is not there')
	const source = sourceOf(context, connection)
	if ('reason' in source) return source
	const leaving = extend([], output.columns)
	const fields = externalFields(output, leaving)
	const errors = errorOutput(component)
	const renamed = fields.some((field, index) => field.name !== leaving[index]?.name)
	if (!renamed && !context.isLinked(errors)) {
		const operator: ReadOperator = { ...base(context), kind: 'read', source, schema: schemaOf(leaving) }
		add(context, operator)
		context.parts.gives.set(output.id, { from: port(operator, 'out'), buffer: leaving })
		return undefined
	}
	const operator: ReadOperator = { ...base(context, 'read'), kind: 'read', source, schema: schemaOf(fields) }
	const columns = leaving.flatMap((target, index): readonly ProjectColumn[] => {
		const field = fields[index]
		const written = output.columns[index]
		if (field === undefined || written === undefined) return []
		const disposed = policies(written.dispositions, context.columnNumber(written.lineage))
		return [{ ...passed(field, target.name, context.provenance), ...disposed, type: columnOf(target).type }]
	})
	const { buffer, reject } = rejected(fields, context.isLinked(errors) ? errors : undefined)
	const rename: ProjectOperator = {
		...base(context),
		kind: 'project',
		passThrough: 'none',
		drop: [],
		columns,
		evaluation: 'together',
		reject,
	}
	add(context, operator, rename)
	connect(context, { from: port(operator, 'out'), buffer: fields }, port(rename, 'in'))
	context.parts.gives.set(output.id, { from: port(rename, 'out'), buffer: leaving })
	if (errors !== undefined && context.isLinked(errors)) {
		context.parts.gives.set(errors.id, { from: port(rename, 'reject'), buffer: errorRow(errors, buffer, leaving) })
	}
	return undefined
}

/** The error output names the source's columns anew; they are found by name. */
function errorRow(errors: OutputRecord, rejectedRow: Buffer, leaving: Buffer): Buffer {
	return rejectedRow.map((column, index) => {
		const name = leaving[index]?.name ?? column.name
		const written = errors.columns.find((one) => one.name === name && one.special === 0)
		return written === undefined ? column : { ...column, lineage: written.lineage }
	})
}

/** Columns as the database names them, for an output may give a column another name. */
function externalFields(output: OutputRecord, leaving: Buffer): Buffer {
	const names = new UniqueNames()
	return leaving.map((column, index) => {
		const externalId = output.columns[index]?.externalId ?? ''
		const external = output.external.find((one) => one.id === externalId)
		return { ...column, name: names.take(external?.name ?? column.name) }
	})
}

function sourceOf(context: ComponentContext, connection: ConnectionRecord): Source | Refusal {
	const { properties } = context.component
	const name = connectionName(connection)
	const named = (property: string): SourcedExpression | undefined => {
		const value = context.scope.value(properties.get(property) ?? '')
		return value === undefined ? undefined : read(value)
	}
	switch (whole(properties.get('AccessMode'), -1)) {
		case 0: {
			const table = properties.get('OpenRowset') ?? ''
			return table === '' ? refuse('it names no table') : { kind: 'table', connection: name, table: textOf(table) }
		}
		case 1: {
			const table = named('OpenRowsetVariable')
			return table === undefined
				? refuse('the variable that names its table is not there')
				: { kind: 'table', connection: name, table }
		}
		case 2: {
			const sql = properties.get('SqlCommand') ?? ''
			return sql.trim() === '' ? refuse('it has no statement') : query(context, connection, textOf(sql), sql)
		}
		case 3: {
			const value = context.scope.value(properties.get('SqlCommandVariable') ?? '')
			if (value === undefined) return refuse('the variable that holds its statement is not there')
			return query(context, connection, read(value), value.value)
		}
		default:
			return refuse(`its access mode ${properties.get('AccessMode') ?? ''} is not known`)
	}
}

function query(
	context: ComponentContext,
	connection: ConnectionRecord,
	sql: SourcedExpression,
	sample: string,
): Source | Refusal {
	const parameters = parameterMap(context.component.properties.get('ParameterMapping') ?? '')
	const values = parameters.map((id) => context.scope.valueById(id))
	const known = values.filter((value) => value !== undefined)
	if (known.length < values.length) return refuse('a variable that its statement takes is not there')
	return {
		kind: 'query',
		connection: connectionName(connection),
		sql,
		parameters: known.map((value) => read(value).expression),
		form: queryForm(sample, dialectOf(connection)),
	}
}

/** `"Parameter0:Input",{guid};"Parameter1:Input",{guid};` → the guids in the order of the markers. */
function parameterMap(text: string): readonly string[] {
	return [...text.matchAll(/"([^"]*)"\s*,\s*(\{[0-9A-Fa-f-]+\})/g)].map((match) => match[2] ?? '')
}
