/** A sequential file that is written: values become texts, then records. */
import type { FailurePolicy, ProjectColumn, WriteOperator } from '#model/operators.ts'
import type { TextFileTarget } from '#model/places.ts'
import type { LineRange } from '#model/provenance.ts'
import type { Column } from '#model/types.ts'
import { text } from '#model/types.ts'
import type { DsColumn } from '../columns.ts'
import { findDsColumn } from '../columns.ts'
import { alike, cast, choose, columnExpression, concatenate, isNull, literal, textLiteral } from '../expressions.ts'
import type { FieldPlace } from '../fixed-fields.ts'
import { textWidth } from '../fixed-fields.ts'
import type { Stream } from '../flow.ts'
import { entriesOf, propertyOf } from '../keys.ts'
import { mapOutput, passing, project } from '../mapping.ts'
import { parameterised } from '../paths.ts'
import type { FileSchema } from '../schema-file.ts'
import type { StageContext, StageInput, StageStreams } from '../stage-context.ts'
import type { Pin } from '../structure.ts'
import type { ColumnFormat, FileFormat } from '../text-layout.ts'
import { readFileFormat } from '../text-layout.ts'
import type { FileFilter } from './file-filter.ts'
import { filterOf, writtenCompression } from './file-filter.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'
import { fallbackValue, noRows, rejectMode } from './sequential-source.ts'
import { fileSchema, withFormat } from './stage-schema.ts'

const modes: Readonly<Record<string, TextFileTarget['mode']>> = {
	overwrite: 'overwrite',
	append: 'append',
	'': 'create',
}

/** @param write what it writes where, unless the properties of a sequential file tell */
export function lowerTarget(context: StageContext, write?: WrittenFile): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const { input, stream } = only
	const { properties } = input.pin
	if (stream.schema.open) context.refuse('it writes columns that the export does not name')
	const { path, mode, through } = write ?? writtenFile(context, input.pin)
	const written = propertyOf(properties, 'schemafile')
	const schema = written === '' ? undefined : fileSchema(context, written, input.pin)
	const columns = schema === undefined ? columnsOf(input, stream.schema.columns) : arranged(context, schema, stream)
	const pin = schema === undefined ? input.pin : withFormat(input.pin, schema)
	const format = readFileFormat(context, pin, columns, propertyOf(properties, 'firstLineColumnNames') !== '')
	const [rejects] = context.outputs
	const onError = failurePolicy(rejectMode(context, propertyOf(properties, 'rejects')), rejects !== undefined)
	const compression = writtenCompression(context, through)
	const rejected = writeText(context, only, { path, mode, format, onError, compression })
	return rejects === undefined ? noStreams : new Map([[rejects.pin.id, mapOutput(context, rejects, rejected)]])
}

/** A file that takes rows, and what they go through on their way. */
export interface WrittenFile {
	/** As the export spells it. */
	readonly path: string
	readonly mode: TextFileTarget['mode']
	readonly through: FileFilter
}

function writtenFile(context: StageContext, pin: Pin): WrittenFile {
	const { properties } = pin
	if (propertyOf(properties, 'writemethod') !== '') context.refuse('it makes several files from a root name')
	const files = entriesOf(properties, 'file').map((entry) => entry.value)
	if (files.length !== 1) context.refuse(`it writes ${files.length} files`)
	const mode = properties.has('append\\overwrite') ? modes[propertyOf(properties, 'append\\overwrite')] : 'overwrite'
	if (mode === undefined) context.refuse(`its update mode is ${propertyOf(properties, 'append\\overwrite')}`)
	return { path: files[0] ?? '', mode: mode ?? 'overwrite', through: filterOf(pin) }
}

/** The columns of a schema, by the names and types in which they arrive; those that it leaves out are not written. */
export const arranged = (context: StageContext, { columns }: FileSchema, { schema }: Stream): readonly DsColumn[] =>
	columns.flatMap((column) => {
		const arriving = findDsColumn(schema.columns, column.name)
		if (arriving !== undefined && alike(arriving.type, column.type)) return { ...column, ...arriving }
		context.refuse(`the column ${column.name} of its schema file arrives in another type, or does not`)
		return []
	})

/** IBM: Sequential File stage, Reject mode: rows that cannot be written are left out, go to the reject link, or end the job. */
function failurePolicy(mode: ReturnType<typeof rejectMode>, linked: boolean): FailurePolicy {
	if (mode === 'fail') return { kind: 'fail' }
	return mode === 'save' && linked ? { kind: 'redirect', code: 0, column: 0 } : { kind: 'drop' }
}

export interface TextWriting {
	/** As the export spells it. */
	readonly path: string
	readonly mode: TextFileTarget['mode']
	readonly format: FileFormat
	/** What happens to a row whose values cannot be written. */
	readonly onError: FailurePolicy
	readonly compression?: TextFileTarget['compression'] | undefined
}

/** Adds what turns values into the texts of a file, and what writes them. Gives the rows that cannot be written, as they came. */
export function writeText(
	context: StageContext,
	{ input, stream }: { readonly input: StageInput; readonly stream: Stream },
	{ path, mode, format, onError, compression }: TextWriting,
): Stream {
	const { lines } = input.pin.record
	const columns = format.columns.map((one) => fieldText(context, one, format.layout.quote ?? '', onError))
	if (format.places !== undefined) refuseUnaligned(context, format.places, format.columns)
	const texts = format.places?.flatMap((place) => placeText(context, place, columns, lines)) ?? columns
	const fields = project(context, stream, texts, { part: 'text', lines })
	const operator: WriteOperator = {
		...context.base(),
		kind: 'write',
		target: {
			kind: 'text-file',
			path: parameterised(context, path, lines),
			layout: format.layout,
			quoted: format.places?.map(() => false) ?? format.columns.map((one) => one.quoted && !bringsQuotes(one)),
			quotedHeader: format.layout.quote !== undefined,
			doubleQuotes: false,
			mode,
			...(compression === undefined ? {} : { compression }),
		},
		schema: fields.schema,
	}
	context.flow.add(operator, { in: fields })
	const isRejecting = texts.some((one) => one.onNull.kind === 'redirect')
	if (isRejecting) return leaving(stream, { id: fields.from.operator }, stream.schema, 'reject')
	return context.outputs.length === 0 ? stream : noRows(context, stream)
}

/** Texts are filled up with blanks behind them. Where blanks of a number go is not documented, so it has to fill its field. */
export function refuseUnaligned(
	context: StageContext,
	places: readonly FieldPlace[],
	columns: readonly ColumnFormat[],
): void {
	for (const { column, format } of columns) {
		if (column.type.kind === 'string') continue
		const place = places.find((one) => one.kind === 'column' && one.name === column.name)
		const temporal = column.type.kind === 'decimal' ? undefined : format
		if (textWidth(column.type, temporal) !== place?.width)
			context.refuse(`${column.name}, a ${column.type.kind}, is narrower or wider than its field`)
	}
}

/** The text of a column, or what fills the gap between two. */
function placeText(
	context: StageContext,
	place: FieldPlace,
	columns: readonly ProjectColumn[],
	lines: LineRange,
): readonly ProjectColumn[] {
	if (place.kind === 'column') return columns.filter(({ name }) => name === place.name)
	const column = { name: place.name, type: text(), nullable: false }
	const expression = textLiteral(place.fill.repeat(place.width))
	return [{ ...passing(context, column, lines), value: { expression, text: '' } }]
}

/** Columns as they arrive, with the formats that the link gives them. Columns that travel along have none. */
export function columnsOf({ link, pin }: StageInput, arriving: readonly Column[]): readonly DsColumn[] {
	return arriving.map((column) => {
		const declared = link.columns.find(({ name }) => name === column.name)
		const format = declared?.format ?? ''
		const lines = declared?.lines ?? pin.record.lines
		return { derivation: undefined, keyExpression: undefined, caseless: false, capped: false, format, lines, ...column }
	})
}

/**
 * The text of a value. A null becomes the null field; without one the record cannot be written and is rejected
 * (IBM: Sequential File stage, null field value).
 */
export function fieldText(
	context: StageContext,
	one: ColumnFormat,
	quoteCharacter: string,
	onError: FailurePolicy,
): ProjectColumn {
	const { column, nullField = '', format } = one
	const given = columnExpression(column)
	const replaced = hasNullField(one)
	const fallback = one.fallback === undefined || replaced ? undefined : fallbackValue(context, one, one.fallback)
	const value =
		fallback === undefined || !column.nullable ? given : choose(isNull(given), literal(fallback, column.type), given)
	const written = cast('datastage.text-write', value, text(), format)
	const isPlain = column.type.kind === 'string' && format === undefined
	const field = isPlain ? value : written
	const quote = one.quoted && bringsQuotes(one) ? textLiteral(one.ownQuote ?? quoteCharacter) : undefined
	const shown = quote === undefined ? field : concatenate([quote, field, quote])
	const neverNull = replaced || fallback !== undefined
	return {
		...passing(context, { name: column.name, type: text(), nullable: column.nullable && !neverNull }, column.lines),
		value: { expression: replaced ? choose(isNull(value), textLiteral(nullField), shown) : shown, text: column.name },
		onError,
		onTruncation: { kind: 'cut' },
		onNull: column.nullable && !neverNull ? onError : { kind: 'allow' },
	}
}

/** A null field stands without quotes, and a column may have quotes of its own: the text of such a column holds them. */
const bringsQuotes = (one: ColumnFormat): boolean => hasNullField(one) || one.ownQuote !== undefined

/** May a null be written, as a text of its own? */
export const hasNullField = ({ column, nullField }: ColumnFormat): boolean => column.nullable && nullField !== undefined
