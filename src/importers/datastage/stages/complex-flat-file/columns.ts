/** Columns of all records side by side: in a row of one record those of the others are null. */
import type { Expression } from '#model/expressions.ts'
import { text } from '#model/types.ts'
import type { DsColumn } from '../../columns.ts'
import { cast, choose, equalsText, nullLiteral, textLiteral } from '../../expressions.ts'
import { parseFormat } from '../../format-properties.ts'
import type { StageContext } from '../../stage-context.ts'
import type { ColumnFormat } from '../../text-layout.ts'
import type { Plan, TakenField } from './plan.ts'
import type { CobolRecord } from './records.ts'
import { fieldValueOf } from './values.ts'

/** The column that says which record a row is of. */
export const recordColumn = 'record_type'

export function columnFormats(context: StageContext, plan: Plan): readonly ColumnFormat[] {
	const columns = plan.taken.map((one) => fieldColumn(context, one, plan))
	if (!plan.records.some(({ id }) => id !== undefined)) return columns
	if (plan.taken.some(({ name }) => name.toLowerCase() === recordColumn))
		context.refuse(`a column of its records is called ${recordColumn}`)
	const [first] = columns
	return first === undefined ? [] : [typeColumn(context, plan, first.column), ...columns]
}

function typeColumn(context: StageContext, plan: Plan, like: DsColumn): ColumnFormat {
	const value = plan.records.reduceRight<Expression>(
		(otherwise, record) => choose(isOf(context, record, plan), textLiteral(record.name), otherwise),
		textLiteral(''),
	)
	const column = { ...like, name: recordColumn, type: text(), nullable: false, format: '' }
	return { column, value, nullField: undefined, quoted: false, format: undefined }
}

function fieldColumn(context: StageContext, one: TakenField, plan: Plan): ColumnFormat {
	const { place, record, name } = one
	const column = { ...place.field.column, name }
	const bytes = plan.pieces.bytesOf(one)
	const value = fieldValueOf(context, place, bytes, plan.encoding)
	const format = { column, nullField: undefined, quoted: false, format: undefined, ...fallbackOf(context, column) }
	if (plan.records.length === 1) return { ...format, value }
	const own = choose(isOf(context, record, plan), value, nullLiteral(column.type))
	return { ...format, column: { ...column, nullable: true }, value: own }
}

/** A default takes the place of what cannot be read (IBM: Complex Flat File stage, column properties). */
function fallbackOf(context: StageContext, { name, format }: DsColumn): { readonly fallback?: string } {
	const properties = parseFormat(format)
	for (const property of properties?.keys() ?? []) {
		if (property !== 'default' && property !== 'print_field')
			context.refuse(`the format of column ${name} has the property ${property}, which is not supported`)
	}
	const fallback = properties?.get('default')
	return fallback === undefined ? {} : { fallback }
}

/** Is the record of this type? Texts are compared with all blanks that fill the field. */
function isOf(context: StageContext, record: CobolRecord, { taken, pieces, encoding, records }: Plan): Expression {
	const field = taken.find(
		(one) => one.record === record && one.place.field.column.name.toLowerCase() === record.id?.column.toLowerCase(),
	)
	if (field === undefined || record.id === undefined) {
		if (records.length > 1) context.refuse(`nothing tells the record ${record.name} from the others`)
		return equalsText(textLiteral(''), '')
	}
	const { nativeType, signed } = field.place.field
	const [, quoted] = /^'(.*)'$/.exec(record.id.value) ?? []
	const isDigits = nativeType === 'DISPLAY_NUMERIC' && !signed && /^\d+$/.test(record.id.value)
	if (nativeType !== 'CHARACTER' && !isDigits)
		context.refuse(`the record ${record.name} is told by ${field.name}, a ${nativeType}`)
	const wanted = isDigits ? record.id.value.padStart(field.width, '0') : (quoted ?? record.id.value).padEnd(field.width)
	return equalsText(cast('datastage.bytes-text', pieces.bytesOf(field), text(), encoding.charset), wanted)
}
