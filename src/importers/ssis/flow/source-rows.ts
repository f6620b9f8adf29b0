/**
 * What all sources with typed rows share: the columns under the names that the outside has for them, renamed to those of the
 * output, and cut or redirected where a value is longer than the output's column.
 */
import { formatType } from '#languages/ssis/types.ts'
import type { ProjectColumn, ProjectOperator, ReadOperator } from '#model/operators.ts'
import type { Source } from '#model/places.ts'
import type { OutputRecord } from '../formats/records.ts'
import { UniqueNames } from '../formats/unique-names.ts'
import type { Buffer, BufferColumn } from './buffer.ts'
import { extend, schemaOf, typeOf } from './buffer.ts'
import type { ComponentContext } from './parts.ts'
import { add, base, connect, errorOutput, port } from './parts.ts'
import { policies, rejected } from './policies.ts'
import { assign, column, derived } from './values.ts'

/** Adds the read of `source` for an output, and what renames and checks its columns. */
export function fillSource(context: ComponentContext, output: OutputRecord, source: Source): void {
	const leaving = extend([], output.columns)
	const fields = externalFields(output, leaving)
	const errors = errorOutput(context.component)
	const renamed = fields.some((field, index) => !isSame(field, leaving[index]))
	if (!renamed && !context.isLinked(errors)) {
		const operator: ReadOperator = { ...base(context), kind: 'read', source, schema: schemaOf(leaving) }
		add(context, operator)
		context.parts.gives.set(output.id, { from: port(operator, 'out'), buffer: leaving })
		return
	}
	const operator: ReadOperator = { ...base(context, 'read'), kind: 'read', source, schema: schemaOf(fields) }
	const columns = leaving.flatMap((target, index): readonly ProjectColumn[] => {
		const field = fields[index]
		const written = output.columns[index]
		if (field === undefined || written === undefined) return []
		const disposed = policies(written.dispositions, context.columnNumber(written.lineage))
		const value = { expression: assign(column(field), field.type, target.type), text: field.name }
		return [{ ...derived(target.name, target.type, value, context.provenance), ...disposed }]
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
}

/** The same name and the same type, so that nothing has to be done. */
const isSame = (field: BufferColumn, target: BufferColumn | undefined): boolean =>
	target !== undefined && field.name === target.name && formatType(field.type) === formatType(target.type)

/** The error output names the source's columns anew; they are found by name. */
function errorRow(errors: OutputRecord, rejectedRow: Buffer, leaving: Buffer): Buffer {
	return rejectedRow.map((one, index) => {
		const name = leaving[index]?.name ?? one.name
		const written = errors.columns.find((other) => other.name === name && other.special === 0)
		return written === undefined ? one : { ...one, lineage: written.lineage }
	})
}

/** Columns as the outside names and types them: an output may give a column another name, or a shorter text. */
function externalFields(output: OutputRecord, leaving: Buffer): Buffer {
	const names = new UniqueNames()
	return leaving.map((target, index) => {
		const externalId = output.columns[index]?.externalId ?? ''
		const external = output.external.find((one) => one.id === externalId)
		const type = external === undefined || external.type.dataType === '' ? target.type : typeOf(external.type)
		return { ...target, name: names.take(external?.name ?? target.name), type }
	})
}
