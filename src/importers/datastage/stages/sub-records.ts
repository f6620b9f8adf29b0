/** Make, Split and Promote Subrecord: vectors become the fields of records, and fields columns again. */
import type { SpreadOperator } from '#model/nesting.ts'
import type { Column, DataType, RecordType, VectorType } from '#model/types.ts'
import { record, vector } from '#model/types.ts'
import { findDsColumn, schemaOf } from '../columns.ts'
import { columnExpression, fieldOf } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { entriesOf, propertyOf } from '../keys.ts'
import { assigned, columnNamed, project } from '../mapping.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'
import { whenMissing } from './missing.ts'
import { toOutputs } from './vectors.ts'

const failing = { kind: 'fail' } as const

/**
 * Vectors become one vector of records, as long as the longest of them; the others are filled with nulls, or with the default
 * of their type where they hold none. A plain column counts as a vector of one element (IBM: Make Subrecord stage).
 */
export function makeSubrecord(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const { stream } = only
	const name = propertyOf(context.stage.properties, 'subrecname')
	const names = entriesOf(context.stage.properties, 'name').map(({ value }) => columnNamed(context, stream, value))
	const parts = names.flatMap((one) => findDsColumn(stream.schema.columns, one) ?? []).map(asVector)
	if (name === '' || parts.length === 0 || parts.length < names.length) {
		context.refuse(
			name === '' ? 'it names no column for the sub-record' : 'it names columns that nothing tells the types of',
		)
		return noStreams
	}
	if (findDsColumn(stream.schema.columns, name) !== undefined && !names.includes(name))
		context.refuse(`its input has a column ${name} already`)
	const lengths = parts.map(({ type }) => type.length)
	const longest = lengths.includes(undefined) ? undefined : Math.max(...lengths.map((length) => length ?? 0))
	const fields = parts.map(({ column, type }): Column => {
		const field = { name: column.name, type: type.element, nullable: type.nullable }
		// Asked for what it reports, and refuses: the operation fills the same in.
		if (parts.length > 1 && (longest === undefined || type.length !== longest)) whenMissing(context, field)
		return field
	})
	const type = vector(record(fields), false, longest)
	const expression = {
		kind: 'call',
		operation: 'datastage.zip-records',
		args: parts.map((part) => part.value),
		type,
	} as const
	const value = { column: { name, type, nullable: false }, expression, text: names.join(', '), nullable: false }
	const made = assigned(context, { ...value, lines: context.stage.record.lines }, failing, failing)
	const drop = names.filter((one) => one !== name)
	return toOutputs(context, project(context, stream, [made], { part: name, passThrough: 'all', drop }))
}

function asVector(column: Column) {
	const value = columnExpression(column)
	if (column.type.kind === 'vector') return { column, type: column.type, value }
	const type = vector(column.type, column.nullable, 1)
	return { column, type, value: { kind: 'call', operation: 'datastage.make-vector', args: [value], type } as const }
}

interface Nested {
	readonly stream: Stream
	readonly name: string
	readonly type: DataType
	readonly fields: RecordType['fields']
}

/** The sub-record that the stage names, or the vector of them. */
function nestedInput(context: StageContext): Nested | undefined {
	const only = onlyInput(context)
	if (only === undefined) return undefined
	const { stream } = only
	const name = columnNamed(context, stream, propertyOf(context.stage.properties, 'subrecname'))
	const type = findDsColumn(stream.schema.columns, name)?.type
	const element = type?.kind === 'vector' ? type.element : type
	if (type === undefined || element?.kind !== 'record') {
		context.refuse(
			type === undefined
				? `nothing tells which fields its sub-record ${name} has; define them below the column, with greater level numbers`
				: `${name} is no sub-record`,
		)
		return undefined
	}
	const taken = element.fields.find((field) =>
		stream.schema.columns.some(
			(column) => column.name !== name && column.name.toLowerCase() === field.name.toLowerCase(),
		),
	)
	if (taken !== undefined) context.refuse(`its input has a column ${taken.name} already`)
	return { stream, name, type, fields: element.fields }
}

/** Each field becomes a vector with as many elements as there are records (IBM: Split Subrecord stage). */
export function splitSubrecord(context: StageContext): StageStreams {
	const nested = nestedInput(context)
	if (nested === undefined) return noStreams
	const { stream, name, type, fields } = nested
	if (type.kind !== 'vector') {
		context.refuse(`its sub-record ${name} is no vector; Promote Subrecord takes it apart`)
		return noStreams
	}
	const whole = columnExpression({ name, type })
	const columns = fields.map((field) => taken(context, whole, name, field, vectorOf(field, type), false))
	return toOutputs(
		context,
		project(context, stream, columns, { part: name, passThrough: 'all', drop: dropped(nested) }),
	)
}

const vectorOf = ({ type, nullable }: Column, { length }: VectorType): VectorType => vector(type, nullable, length)

/** Fields become columns; of a vector of records each leaves a row of its own (IBM: Promote Subrecord stage). */
export function promoteSubrecord(context: StageContext): StageStreams {
	const nested = nestedInput(context)
	if (nested === undefined) return noStreams
	const { stream, name, type, fields } = nested
	if (type.kind === 'vector') return spread(context, nested)
	const whole = columnExpression({ name, type })
	const columns = fields.map((field) => taken(context, whole, name, field, field.type, field.nullable))
	return toOutputs(
		context,
		project(context, stream, columns, { part: name, passThrough: 'all', drop: dropped(nested) }),
	)
}

/** A field may have the name of the record that it leaves. */
const dropped = ({ name, fields }: Nested): readonly string[] =>
	fields.some((field) => field.name === name) ? [] : [name]

function taken(
	context: StageContext,
	whole: ReturnType<typeof columnExpression>,
	name: string,
	field: Column,
	type: DataType,
	nullable: boolean,
) {
	const column = { name: field.name, type, nullable }
	const value = { column, expression: fieldOf(whole, field.name, type), text: `${name}.${field.name}`, nullable }
	return assigned(context, { ...value, lines: context.stage.record.lines }, failing, failing)
}

function spread(context: StageContext, { stream, name, fields }: Nested): StageStreams {
	if (stream.schema.open) context.refuse('its input carries columns that the export does not name')
	const passes = stream.schema.columns.filter((column) => column.name !== name)
	const operator: SpreadOperator = {
		...context.base(),
		kind: 'spread',
		from: name,
		passes: passes.map((column) => column.name),
		fields,
	}
	context.flow.add(operator, { in: stream })
	return toOutputs(context, leaving(stream, operator, schemaOf([...passes, ...fields], false)))
}
