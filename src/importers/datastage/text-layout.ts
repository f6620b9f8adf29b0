/** Record and column formats of sequential files: from format properties to a layout of the model. */
import { isProblem, parseFormat as parseTemporalFormat } from '#languages/datastage-parallel/temporal-format.ts'
import type { Expression } from '#model/expressions.ts'
import type { TextLayout } from '#model/places.ts'
import type { DsColumn } from './columns.ts'
import type { FieldPlace } from './fixed-fields.ts'
import { declareWidths, filled, placeFields } from './fixed-fields.ts'
import { parseFormat } from './format-properties.ts'
import type { StageContext } from './stage-context.ts'
import type { Pin } from './structure.ts'

export interface ColumnFormat {
	readonly column: DsColumn
	/** Text that stands for null; absent: none does. */
	readonly nullField: string | undefined
	readonly quoted: boolean
	/** The quote of a column that has another one than the record, or a delimiter of its own: its text brings it along. */
	readonly ownQuote?: string
	/** Text that stands for a value that cannot be read or written. */
	readonly fallback?: string
	/** Date, time or timestamp format, or decimal separator, when one is given. */
	readonly format: string | undefined
	/** How its value is made of the fields of the record, where it is not the text of one of them. */
	readonly value?: Expression
}

export interface FileFormat {
	readonly layout: TextLayout
	readonly columns: readonly ColumnFormat[]
	/** The record is one field that nothing delimits. */
	readonly undelimited: boolean
	/** Places of a record in the order of its layout: columns, and gaps between or behind them. Absent: the columns. */
	readonly places?: readonly FieldPlace[]
}

/** Properties that say what is so anyway, or concern binary fields and generators only. */
const ignored: ReadonlySet<string> = new Set([
	'text',
	'ascii',
	'cycle',
	'random',
	'link',
	'charset',
	'nofix_zero',
	'big_endian',
	'little_endian',
	'native_endian',
])
const recordProperties: ReadonlySet<string> = new Set([
	'final_delim',
	'final_delim_string',
	'record_delim',
	'record_delim_string',
	'delim',
	'delim_string',
	'quote',
	'null_field',
	'date_format',
	'time_format',
	'timestamp_format',
	'decimal_separator',
	'record_length',
	'record_format',
	'fill',
	'padchar',
	'width',
])
const columnProperties: ReadonlySet<string> = new Set([
	'quote',
	'null_field',
	'date_format',
	'time_format',
	'timestamp_format',
	'decimal_separator',
	'delim',
	'delim_string',
	'width',
	'position',
	'padchar',
	'default',
])

/** IANA names of the character set maps that occur; the default of an installation is taken to be UTF-8. */
const encodings: Readonly<Record<string, string>> = {
	'': 'utf-8',
	'UTF-8': 'utf-8',
	UTF8: 'utf-8',
	UTF_8: 'utf-8',
	'US-ASCII': 'us-ascii',
	ASCII: 'us-ascii',
	'ISO-8859-1': 'iso-8859-1',
	'ISO8859-1': 'iso-8859-1',
	'ISO-8859-15': 'iso-8859-15',
	MS1252: 'windows-1252',
	'WINDOWS-1252': 'windows-1252',
	ASCL_MS1252: 'windows-1252',
}

/** The format of a sequential file. Refuses what the model's delimited text cannot hold: fixed width, binary fields, prefixes. */
export function readFileFormat(
	context: StageContext,
	pin: Pin,
	columns: readonly DsColumn[],
	header: boolean,
): FileFormat {
	const record = properties(context, pin.meta.get('SchemaFormat') ?? '', recordProperties, 'the record format')
	const formatOfRecord = record.get('record_format')
	if (formatOfRecord !== undefined && !/^\{?\s*type\s*=\s*implicit\s*\}?$/i.test(formatOfRecord))
		context.refuse(`its records have the format ${formatOfRecord}`)
	const owns = columns.map((column) =>
		properties(context, column.format, columnProperties, `the format of column ${column.name}`),
	)
	if (hasWidths(record, owns)) return fixedFormat(context, columns, owns, record, header)
	for (const name of ['record_length', 'record_format', 'fill', 'padchar'])
		if (record.has(name)) context.refuse(`the record format has the property ${name}, and columns without widths`)
	const delimiter = fieldDelimiter(context, record)
	const quote = quoteOf(context, record.get('quote') ?? 'double')
	if (!hasRecordDelimiter(record) && record.has('record_delim')) context.refuse('its records are delimited by "none"')
	const quotes = quotesOf(context, owns, quote)
	const fields = ownEnds(context, owns, delimiter ?? ',', quotes)
	const isTarget = context.stage.inputs.length > 0
	const final = finalDelimiter(record)
	const trails = final !== '' && final === delimiter && !isTarget
	const shared = isTarget || quote !== undefined ? quote : quotes.find((one) => one !== undefined)
	const layout: TextLayout = {
		delimiter: delimiter ?? ',',
		recordDelimiter: `${trails ? '' : final}${recordDelimiter(context, record) || '\n'}`,
		...(shared === undefined ? {} : { quote: shared }),
		header,
		encoding: encodingOf(context),
		...(fields === undefined ? {} : { fields }),
	}
	if (!isTarget && quotes.some((one) => one !== undefined && one !== shared))
		context.refuse('its columns have different quotes')
	const formats = columns.map((column, at) =>
		columnFormat(context, column, owns[at] ?? new Map(), record, { layout, quote: quotes[at] }),
	)
	const format: FileFormat = { layout, columns: formats, undelimited: delimiter === undefined }
	return trails
		? { ...format, places: [...columns.map(asPlace), { kind: 'gap', name: endName(columns), width: 0, fill: '' }] }
		: format
}

/** What stands behind the last field and before the record delimiter (IBM: Format tab, Final delimiter). */
function finalDelimiter(record: ReadonlyMap<string, string>): string {
	const text = record.get('final_delim_string') ?? record.get('final_delim') ?? 'end'
	return text === 'end' || text === 'none' ? '' : (namedDelimiters[text] ?? text)
}

/** A record that ends with its field delimiter has an empty field more. */
const asPlace = ({ name }: DsColumn): FieldPlace => ({ kind: 'column', name, width: 0 })
const endName = (columns: readonly DsColumn[], wanted = 'end_of_record'): string =>
	columns.some(({ name }) => name.toLowerCase() === wanted) ? endName(columns, `${wanted}_`) : wanted

/** The quote of each column; undefined: none. */
const quotesOf = (
	context: StageContext,
	owns: readonly ReadonlyMap<string, string>[],
	quote: string | undefined,
): readonly (string | undefined)[] =>
	owns.map((own) => {
		const written = own.get('quote')
		return written === undefined ? quote : quoteOf(context, written)
	})

/** Ends of the fields where columns have delimiters of their own. The last one ends with the record. */
function ownEnds(
	context: StageContext,
	owns: readonly ReadonlyMap<string, string>[],
	delimiter: string,
	quotes: readonly (string | undefined)[],
): TextLayout['fields'] {
	const ends = owns.map((own) => {
		const text = own.get('delim_string') ?? own.get('delim')
		return text === undefined || text === 'end' ? delimiter : (namedDelimiters[text] ?? text)
	})
	if (ends.slice(0, -1).every((end) => end === delimiter)) return undefined
	if (ends.some((end) => end === '' || end === 'ws' || end === 'none'))
		context.refuse('a column is not delimited as the others are')
	if (context.stage.inputs.length === 0 && quotes.some((quote) => quote !== undefined))
		context.refuse('it reads quoted columns with delimiters of their own')
	return ends.map((end) => ({ kind: 'delimiter', delimiter: end }))
}

/** Records whose columns nothing delimits. A record of one column without a width is that column. */
const hasWidths = (record: ReadonlyMap<string, string>, owns: readonly ReadonlyMap<string, string>[]): boolean => {
	const delimiter = record.get('delim_string') ?? record.get('delim')
	return (
		(delimiter === 'none' || delimiter === 'end' || record.has('width')) &&
		(owns.length > 1 || owns.some((own) => own.has('width') || own.has('position')))
	)
}

function fixedFormat(
	context: StageContext,
	columns: readonly DsColumn[],
	owns: readonly ReadonlyMap<string, string>[],
	record: ReadonlyMap<string, string>,
	header: boolean,
): FileFormat {
	const quote = record.get('quote')
	if (quote !== undefined && quote !== 'none') context.refuse('it has quotes around fields of fixed widths')
	const end =
		record.has('record_format') || (record.has('record_length') && !hasRecordDelimiter(record))
			? ''
			: recordDelimiter(context, record)
	const { fields, places } = placeFields(context, columns, owns, record)
	if (header && end === '') context.refuse('it has a line of column names, and records without a delimiter')
	const layout: TextLayout = { delimiter: '', recordDelimiter: end, header, encoding: encodingOf(context), fields }
	declareWidths(context)
	const formats = columns.map((column, at) => {
		const own = owns[at] ?? new Map<string, string>()
		const format = columnFormat(context, column, own, record, { layout, quote: undefined })
		return { ...format, nullField: filled(format.nullField, fields, places, column.name) }
	})
	return { layout, columns: formats, undelimited: false, places }
}

const hasRecordDelimiter = (record: ReadonlyMap<string, string>): boolean =>
	[record.get('record_delim'), record.get('record_delim_string')].some((text) => text !== undefined && text !== 'none')

function properties(
	context: StageContext,
	text: string,
	known: ReadonlySet<string>,
	where: string,
): ReadonlyMap<string, string> {
	const parsed = parseFormat(text)
	if (parsed === undefined) context.refuse(`${where} cannot be read: ${text}`)
	for (const name of parsed?.keys() ?? []) {
		if (!known.has(name) && !ignored.has(name))
			context.refuse(`${where} has the property ${name}, which is not supported`)
	}
	return parsed ?? new Map()
}

/** Undefined: the record is a single field. IBM: Sequential File, format: the default is a comma. */
function fieldDelimiter(context: StageContext, record: ReadonlyMap<string, string>): string | undefined {
	const text = record.get('delim_string') ?? record.get('delim') ?? ','
	if (text === 'none' || text === 'end') return undefined
	if (text === 'ws' || text === '') context.refuse(`its fields are delimited by "${text}"`)
	return namedDelimiters[text] ?? text
}

const namedDelimiters: Readonly<Record<string, string>> = { tab: '\t', comma: ',', null: '\0' }

function recordDelimiter(context: StageContext, record: ReadonlyMap<string, string>): string {
	const text = record.get('record_delim_string') ?? record.get('record_delim') ?? '\n'
	if (text === 'none') return ''
	if (text !== '\n' && text !== '\r\n') context.refuse(`its records are delimited by "${text}"`)
	return text
}

function quoteOf(context: StageContext, text: string): string | undefined {
	if (text === 'none') return undefined
	if (text === 'double') return '"'
	if (text === 'single') return "'"
	if (text.length !== 1) context.refuse(`its quote is "${text}"`)
	return text
}

function encodingOf(context: StageContext): string {
	const { stage } = context
	return encodingNamed(context, stage.properties.get('charset') ?? stage.record.values.get('NLSMapName') ?? '')
}

/** The encoding behind the name of a character set map. */
export function encodingNamed(context: StageContext, written: string): string {
	const name = written.trim()
	const encoding = encodings[name.toUpperCase()]
	if (encoding === undefined) context.refuse(`its character set is ${name}`)
	return encoding ?? 'utf-8'
}

function columnFormat(
	context: StageContext,
	column: DsColumn,
	own: ReadonlyMap<string, string>,
	record: ReadonlyMap<string, string>,
	{ layout, quote }: { readonly layout: TextLayout; readonly quote: string | undefined },
): ColumnFormat {
	const isWide = layout.fields?.some(({ kind }) => kind === 'width') === true
	const delimiter = own.get('delim_string') ?? own.get('delim')
	if (!isWide && (own.has('width') || own.has('position')))
		context.refuse(`the column ${column.name} has a width among columns with delimiters`)
	if (isWide && delimiter !== undefined && delimiter !== 'none' && delimiter !== 'end')
		context.refuse(`the column ${column.name} has a delimiter among columns with widths`)
	const isOwn = quote !== undefined && (quote !== layout.quote || layout.fields !== undefined)
	const fallback = own.get('default')
	return {
		column,
		nullField: own.get('null_field') ?? record.get('null_field'),
		quoted: quote !== undefined,
		...(isOwn ? { ownQuote: quote } : {}),
		...(fallback === undefined ? {} : { fallback }),
		format: formatOf(context, column, own, record),
	}
}

/** The one thing that a conversion of the column's type has to know: its date or time format, or the decimal separator. */
function formatOf(
	context: StageContext,
	{ name, type }: DsColumn,
	own: ReadonlyMap<string, string>,
	record: ReadonlyMap<string, string>,
): string | undefined {
	const isNumber = type.kind === 'decimal' || type.kind === 'float'
	if (!isNumber && type.kind !== 'date' && type.kind !== 'time' && type.kind !== 'timestamp') return undefined
	const property = isNumber ? 'decimal_separator' : `${type.kind}_format`
	const format = own.get(property) ?? record.get(property) ?? context.job.formats.get(type.kind)
	if (format === undefined) return undefined
	const parsed = isNumber ? undefined : parseTemporalFormat(format)
	if (parsed !== undefined && isProblem(parsed))
		context.refuse(`the format ${format} of column ${name} is not supported: ${parsed.problem}`)
	return format
}
