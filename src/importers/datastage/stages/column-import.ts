/** Column Import: the fields of one text column become columns, by the formats of sequential files. */
import type { Expression } from '#model/expressions.ts'
import { recordWidth } from '#model/field-ends.ts'
import type { FailurePolicy, ProjectColumn } from '#model/operators.ts'
import type { Column, DataType } from '#model/types.ts'
import { boolean, int } from '#model/types.ts'
import type { DsColumn } from '../columns.ts'
import { findDsColumn } from '../columns.ts'
import { choose, columnExpression, either, literal, nullLiteral, textLiteral } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { entriesOf, propertyOf } from '../keys.ts'
import { columnNamed, freeColumn, mapOutput, passing, project } from '../mapping.ts'
import type { StageContext, StageOutput, StageStreams } from '../stage-context.ts'
import type { FileFormat } from '../text-layout.ts'
import { readFileFormat } from '../text-layout.ts'
import { noStreams, onlyInput } from './inputs.ts'
import { fieldValue, rejectMode } from './sequential-source.ts'
import { fileSchema, withFormat } from './stage-schema.ts'

const flag = int(8)
const integer = (value: number): Expression => literal(BigInt(value), int(32))
const call = (operation: string, args: readonly Expression[], type: DataType): Expression => ({
	kind: 'call',
	operation,
	args,
	type,
})

/**
 * A text that has not the fields of the columns, or a field that cannot be read, rejects its row (IBM: Column Import stage, Reject
 * mode): the row is dropped, ends the job, or leaves by the reject link.
 */
export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	const main = context.outputs.find(({ link }) => link.kind !== 'reject')
	if (only === undefined || main === undefined) return noStreams
	const { stream } = only
	const { properties } = context.stage
	const rejects = context.outputs.find(({ link }) => link.kind === 'reject')
	if (context.outputs.length > 2) context.refuse(`it has ${context.outputs.length} output links`)
	const isInFile = propertyOf(properties, 'selection') === 'file'
	const schema = isInFile ? fileSchema(context, propertyOf(properties, 'schemafile'), main.pin) : undefined
	const source = findDsColumn(stream.schema.columns, columnNamed(context, stream, propertyOf(properties, 'field')))
	if (source?.type.kind !== 'string') {
		context.refuse('what it reads is no column of text')
		return noStreams
	}
	if (source.nullable) context.refuse(`${source.name} may be null, and what it makes of a null is not documented`)
	const columns = isInFile ? (schema?.columns ?? []) : importedColumns(context, main)
	const format = readFileFormat(context, schema === undefined ? main.pin : withFormat(main.pin, schema), columns, false)
	if (!/^\r?\n?$/.test(format.layout.recordDelimiter)) context.refuse('its texts end with a delimiter of their own')
	const mode = rejectMode(context, propertyOf(properties, 'saveRejects\\failRejects').replace(/Rejects$/, ''))
	const policy: FailurePolicy =
		mode === 'fail'
			? { kind: 'fail' }
			: mode === 'save' && rejects !== undefined
				? { kind: 'redirect', code: 0, column: 0 }
				: { kind: 'drop' }
	const checks = checksOf(context, source, format, policy)
	const imported = [...checks, ...valuesOf(context, source, format, policy)]
	const keeps = propertyOf(properties, 'keepField') !== ''
	const isReplaced = columns.some(({ name }) => name === source.name)
	const result = project(context, stream, imported, {
		part: 'fields',
		passThrough: 'all',
		drop: keeps || isReplaced ? [] : [source.name],
	})
	const internal = checks.map(({ name }) => name)
	const streams = new Map([[main.pin.id, mapOutput(context, main, result, (column) => column.name, internal)]])
	if (rejects !== undefined) streams.set(rejects.pin.id, rejected(context, rejects, result, stream, source.name))
	return streams
}

/**
 * A reject link carries the rows as they came (IBM: Column Import stage, Outputs page: records that have been rejected). A single
 * column of another name takes the text that could not be read.
 */
function rejected(context: StageContext, output: StageOutput, { from }: Stream, input: Stream, source: string): Stream {
	const stream = { ...input, from: { ...from, port: 'reject' }, name: output.link.name }
	const [only, ...others] = output.link.columns
	const isText =
		only !== undefined && others.length === 0 && findDsColumn(input.schema.columns, only.name) === undefined
	return mapOutput(context, output, stream, (column) => (isText ? source : column.name))
}

/** The columns that the stage names, with the types that they have on its output link. */
function importedColumns(context: StageContext, { link }: StageOutput): readonly DsColumn[] {
	const names = entriesOf(context.stage.properties, 'schema').map(({ value }) => value.trim())
	if (names.length === 0) context.refuse('it names no column to import')
	return names.flatMap((name) => {
		const column = findDsColumn(link.columns, name)
		if (column === undefined) context.refuse(`the column ${name}, which it imports, is not on its output link`)
		return column ?? []
	})
}

/** Columns that are null where the text has not the fields that it should have. */
function checksOf(
	context: StageContext,
	source: Column,
	format: FileFormat,
	policy: FailurePolicy,
): readonly ProjectColumn[] {
	const text = columnExpression(source)
	const { delimiter, fields, quote } = format.layout
	const checked = (name: string, holds: Expression, onNull: FailurePolicy): ProjectColumn => {
		const column = { name: freeColumn({ columns: [source], open: false }, name), type: flag, nullable: false }
		const expression = choose(holds, literal(1n, flag), nullLiteral(flag))
		const { lines } = context.stage.record
		return { ...passing(context, column, lines), value: { expression, text: source.name }, onNull }
	}
	if (fields !== undefined) {
		const length = call('datastage.len', [text], int(32))
		return [checked('_whole', call('datastage.ge', [length, integer(recordWidth(fields))], boolean), policy)]
	}
	if (format.undelimited) return []
	if (delimiter.length !== 1) context.refuse('its fields are delimited by several characters')
	const count = call('datastage.dcount', [text, textLiteral(delimiter)], int(32))
	const wanted = call('datastage.eq', [count, integer(format.columns.length)], boolean)
	// The count of an empty text is zero, and it has one field.
	const isEmpty = call('datastage.eq', [text, textLiteral('')], boolean)
	const holds = format.columns.length === 1 ? either(wanted, isEmpty) : wanted
	const whole = checked('_whole', holds, policy)
	if (quote === undefined) return [whole]
	context.differ('RG-D097', `It reads ${source.name} of ${context.stage.name}.`)
	const found = call('datastage.index', [text, textLiteral(quote), integer(1)], int(32))
	const bare = call('datastage.eq', [found, integer(0)], boolean)
	return [checked('_bare', bare, { kind: 'fail' }), whole]
}

function valuesOf(
	context: StageContext,
	source: Column,
	format: FileFormat,
	policy: FailurePolicy,
): readonly ProjectColumn[] {
	const text = columnExpression(source)
	const fieldAt = (index: number, name: string): Expression => {
		if (format.undelimited) return text
		if (format.places === undefined)
			return call('datastage.field', [text, textLiteral(format.layout.delimiter), integer(index + 1)], source.type)
		const place = format.places.findIndex((one) => one.kind === 'column' && one.name === name)
		const start = format.places.slice(0, place).reduce((sum, { width }) => sum + width, 1)
		return call('datastage.substring', [text, integer(start), integer(format.places[place]?.width ?? 0)], source.type)
	}
	return format.columns.map(
		(one, index): ProjectColumn => ({
			...passing(context, one.column, one.column.lines),
			value: { expression: fieldValue(one, fieldAt(index, one.column.name)), text: source.name },
			onError: policy,
			onTruncation: { kind: 'cut' },
		}),
	)
}
