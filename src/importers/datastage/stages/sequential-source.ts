/** A sequential file that is read: records, then null fields and conversions, then rejects. */
import { textRead } from '#languages/datastage-parallel/conversion-files.ts'
import type { Expression } from '#model/expressions.ts'
import type { ProjectColumn, ProjectOperator, ReadOperator, SampleOperator } from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import { text } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { isError, makeTimestamp } from '#model/values.ts'
import { schemaOf } from '../columns.ts'
import { alike, cast, choose, columnExpression, equalsText, nullLiteral } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { entriesOf, propertyOf } from '../keys.ts'
import { freeColumn, passing, project } from '../mapping.ts'
import { parameterised } from '../paths.ts'
import type { StageContext, StageOutput, StageStreams } from '../stage-context.ts'
import type { ColumnFormat, FileFormat } from '../text-layout.ts'
import { readFileFormat } from '../text-layout.ts'
import type { FileFilter } from './file-filter.ts'
import { filterLines, filterOf, readFilter, skippedLines } from './file-filter.ts'
import { leaving, noStreams } from './inputs.ts'
import { united } from './rejects.ts'
import { fileSchema, matchColumns, withFormat } from './stage-schema.ts'
import { wholeNumber } from './whole-number.ts'

type RejectMode = 'continue' | 'fail' | 'save'

/** Read options that change what is read and that the model has no place for. */
const refused: Readonly<Record<string, string>> = {
	recordNumberField: 'it adds a column with the row number, and where that begins is not documented',
	rejectReasonField: 'it adds a column with the reason of a reject',
}

/** @param read what it reads, unless the properties of a sequential file tell */
export function lowerSource(context: StageContext, read?: ReadFiles): StageStreams {
	const main = context.outputs.find(({ link }) => link.kind !== 'reject')
	const rejects = context.outputs.find(({ link }) => link.kind === 'reject')
	if (main === undefined) {
		context.refuse('it has no output link for its rows')
		return noStreams
	}
	const { properties } = main.pin
	for (const [name, reason] of Object.entries(refused)) if (propertyOf(properties, name) !== '') context.refuse(reason)
	if (propertyOf(properties, 'missingFile') === 'okay')
		context.refuse('a missing file counts as an empty one (Missing File Mode OK)')
	const written = propertyOf(properties, 'schemafile')
	const schema = written === '' ? undefined : fileSchema(context, written, main.pin)
	const columns = schema?.columns ?? main.link.columns
	if (columns.length === 0 && written === '') context.refuse('its columns are not in the export')
	if (schema !== undefined) matchColumns(context, main.link, columns)
	const mode = rejectMode(context, propertyOf(properties, 'rejects'))
	const format = readFileFormat(
		context,
		schema === undefined ? main.pin : withFormat(main.pin, schema),
		columns.filter(({ name }) => name !== fileNameColumn(main)),
		propertyOf(properties, 'firstLineColumnNames') !== '',
	)
	return lowerFiles(context, main, rejects, mode, format, read)
}

/** Files whose rows are read, and what their lines go through first. */
export interface ReadFiles {
	/** As the export spells them; a pattern of the shell stands for all files that it meets. */
	readonly files: readonly string[]
	readonly through: FileFilter
}

export function rejectMode(context: StageContext, written: string): RejectMode {
	if (written === '' || written === 'continue') return 'continue'
	if (written === 'fail' || written === 'save') return written
	context.refuse(`its reject mode is "${written}"`)
	return 'continue'
}

/** Adds what reads files of one format, turns fields into values and sets aside what cannot be read. */
export function lowerFiles(
	context: StageContext,
	main: StageOutput,
	rejects: StageOutput | undefined,
	mode: RejectMode,
	format: FileFormat,
	{ files, through }: ReadFiles = { files: filesOf(context, main), through: filterOf(main.pin) },
): StageStreams {
	const names = format.places?.map(({ name }) => name) ?? format.columns.map(({ column }) => column.name)
	const texts = names.map((name): Column => ({ name, type: text(), nullable: false }))
	const record = freeColumn({ columns: texts, open: false }, 'rejected')
	const keepsRecord = mode === 'save' && rejects !== undefined
	const filter = readFilter(context, through, files, format.layout)
	const lines = { steps: filter, record, layout: format.layout }
	const needsRecord = keepsRecord || filter.some(({ kind }) => kind === 'keep')
	const columns = needsRecord ? [...texts, { name: record, type: text(), nullable: false }] : texts
	const isTold = needsRecord || rejects !== undefined || mode === 'fail'
	const reads = readFiles(context, main, files, columns, isTold ? record : undefined, {
		format,
		skipLines: skippedLines(filter),
	})
	if (reads.length === 0) {
		context.refuse('it names no file')
		return noStreams
	}
	const taken = reads.map((read, index) => {
		const filtered = filterLines(context, read, lines)
		return withFileName(context, firstRows(context, filtered, main), main, files[index] ?? '')
	})
	const rows = united(context, taken, 'files')
	const malformed = (): Stream =>
		united(
			context,
			reads.map((read) => filterLines(context, malformedOf(read, record), lines)),
			'malformed',
		)
	const [converted, unconverted] = convert(context, rows, main, mode, format, keepsRecord ? record : undefined)
	const good = mode === 'fail' ? withFailures(context, converted, malformed(), main, record) : converted
	const streams = new Map<string, Stream>([[main.pin.id, named(context, good, main)]])
	if (rejects !== undefined) {
		const rejected =
			unconverted === undefined ? noRows(context, malformed()) : united(context, [malformed(), unconverted], 'rejects')
		streams.set(rejects.pin.id, named(context, renamed(context, rejected, rejects), rejects))
	}
	return streams
}

/** The reject link of a stage that discards its rejects, or fails (IBM: Sequential File stage, Reject mode). */
export function noRows(context: StageContext, stream: Stream): Stream {
	const operator: SampleOperator = { ...context.base('no rejects'), kind: 'sample', how: 'head', skip: 0, rows: 0 }
	context.flow.add(operator, { in: stream })
	return leaving(stream, operator)
}

const fileNameColumn = ({ pin }: StageOutput): string => propertyOf(pin.properties, 'sourceNameField')

/** Read First Rows: of each file. */
function firstRows(context: StageContext, read: Stream, { pin }: StageOutput): Stream {
	const written = propertyOf(pin.properties, 'first')
	if (written === '') return read
	context.differ('RG-D134', `It reads the first ${written} rows of a file.`)
	const operator: SampleOperator = {
		...context.base(`first of ${read.from.operator}`),
		kind: 'sample',
		how: 'head',
		skip: 0,
		rows: wholeNumber(context, written, 'Read First Rows'),
	}
	context.flow.add(operator, { in: read })
	return leaving(read, operator)
}

/** File Name Column: the name as the stage spells it. */
function withFileName(context: StageContext, read: Stream, main: StageOutput, file: string): Stream {
	const name = fileNameColumn(main)
	if (name === '') return read
	if (/[*?]/.test(file)) context.refuse('it adds a column with the names of files that a pattern finds')
	const column = { name, type: text(), nullable: false }
	const path = parameterised(context, file, main.pin.record.lines)
	return project(context, read, [{ ...passing(context, column, main.pin.record.lines), value: path }], {
		part: `name of ${read.from.operator}`,
		passThrough: 'all',
	})
}

/** Files by name, or all that a pattern of the shell meets, which Spark reads as it stands. */
function filesOf(context: StageContext, { pin: { properties } }: StageOutput): readonly string[] {
	const selection = propertyOf(properties, 'selection') || 'file'
	if (selection === 'file') {
		const files = entriesOf(properties, 'file ').map((entry) => entry.value)
		for (const file of files) if (/[*?]/.test(file)) context.refuse(`its file name ${file} is a pattern`)
		return files
	}
	const patterns = ['pattern', 'filepattern'].flatMap((name) => entriesOf(properties, name).map(({ value }) => value))
	if (patterns.length === 0) context.refuse(`it reads files by ${selection}, and names none`)
	for (const pattern of patterns)
		if (/[{}~$!]/.test(pattern))
			context.refuse(`the pattern ${pattern} means something else to the shell than to Spark`)
	return patterns
}

const named = (context: StageContext, stream: Stream, { link }: StageOutput): Stream => ({
	...stream,
	name: link.name,
	provenance: context.provenance(link.lines, link.name),
})

function readFiles(
	context: StageContext,
	main: StageOutput,
	files: readonly string[],
	columns: readonly Column[],
	record: string | undefined,
	{ format, skipLines }: { readonly format: FileFormat; readonly skipLines: number },
): readonly Stream[] {
	return files.map((file, index) => {
		const operator: ReadOperator = {
			...context.base(index === 0 ? undefined : `file ${index + 1}`),
			kind: 'read',
			source: {
				kind: 'text-file',
				path: parameterised(context, file, main.pin.record.lines),
				layout: format.layout,
				skipLines,
				// A record of one undelimited field is that field, whatever it holds.
				fieldCount: format.undelimited ? 'fit' : 'reject',
				...(record === undefined ? {} : { recordColumn: record }),
			},
			schema: { columns, open: false },
		}
		context.flow.add(operator, {})
		const provenance = context.provenance(main.pin.record.lines)
		return {
			from: { operator: operator.id, port: 'out' },
			schema: operator.schema,
			name: `${context.stage.name} records`,
			provenance,
		}
	})
}

function malformedOf(read: Stream, record: string): Stream {
	const columns = [{ name: record, type: text(), nullable: false }]
	return {
		...read,
		from: { ...read.from, port: 'reject' },
		name: `${read.name} malformed`,
		schema: { columns, open: false },
	}
}

/**
 * Texts become values: a field equal to the null field is null (nullable columns only), the rest is converted.
 * A value that does not convert rejects the whole record (IBM: Sequential File stage, Reject mode).
 */
function convert(
	context: StageContext,
	rows: Stream,
	main: StageOutput,
	mode: RejectMode,
	format: FileFormat,
	record: string | undefined,
): readonly [Stream, Stream | undefined] {
	const policy =
		mode === 'fail'
			? ({ kind: 'fail' } as const)
			: record === undefined
				? ({ kind: 'drop' } as const)
				: ({ kind: 'redirect', code: 0, column: 0 } as const)
	const fields = format.columns.map(
		(one): ProjectColumn => ({
			...passing(context, one.column, one.column.lines),
			value: { expression: one.value ?? fieldValue(one), text: one.column.name },
			onError:
				one.fallback === undefined
					? policy
					: { kind: 'default', value: fallbackValue(context, one, one.fallback) ?? null },
			onTruncation: { kind: 'cut' },
		}),
	)
	const place = main.link.columns.findIndex(({ name }) => name === fileNameColumn(main))
	const name = main.link.columns[place]
	const columns =
		name === undefined
			? fields
			: fields.toSpliced(place, 0, { ...passing(context, name, name.lines), onTruncation: { kind: 'cut' } })
	const operator: ProjectOperator = {
		...context.base('convert', main.pin.record.lines),
		kind: 'project',
		passThrough: 'none',
		drop: [],
		columns,
		evaluation: 'together',
		reject: {},
	}
	context.flow.add(operator, { in: rows })
	const good = leaving(rows, operator, schemaOf(columns, false))
	if (record === undefined) return [good, undefined]
	const raw = rows.schema.columns
		.filter((column) => column.name === record)
		.map((column) => passing(context, column, main.link.lines))
	return [
		good,
		project(context, leaving(rows, operator, rows.schema, 'reject'), raw, {
			part: 'unconverted',
			lines: main.link.lines,
		}),
	]
}

/** The default of a column, which stands for what cannot be read or written (IBM: Format tab, field types, Default). */
export function fallbackValue(
	context: StageContext,
	{ column, format }: ColumnFormat,
	fallback: string,
): Value | undefined {
	if (column.type.kind === 'string') return fallback
	const value = textRead.evaluate(fallback, {
		from: text(),
		to: column.type,
		format,
		run: { at: makeTimestamp(0n), job: '', project: '', host: '', invocation: '' },
	})
	if (!isError(value)) return value
	context.refuse(`the default "${fallback}" of ${column.name} is no ${column.type.kind}`)
	return undefined
}

/** @param field the text, which stands in a column of the same name unless it is said where */
export function fieldValue(
	{ column, nullField, format }: ColumnFormat,
	field: Expression = columnExpression({ name: column.name, type: text() }),
): Expression {
	const value =
		alike(field.type, column.type) && format === undefined
			? field
			: cast('datastage.text-read', field, column.type, format)
	// A null field means something only where the column may be null; elsewhere the text is data.
	if (!column.nullable || nullField === undefined) return value
	return choose(equalsText(field, nullField), nullLiteral(column.type), value)
}

/** Reject mode Fail: a malformed record ends the run. It joins the rows as a row that may not be. */
function withFailures(
	context: StageContext,
	rows: Stream,
	malformed: Stream,
	main: StageOutput,
	record: string,
): Stream {
	const lines = main.link.lines
	const columns = rows.schema.columns.map(
		(column): ProjectColumn => ({
			...passing(context, column, lines),
			value: { expression: nullLiteral(column.type), text: record },
			onNull: { kind: 'fail' },
		}),
	)
	return united(context, [rows, project(context, malformed, columns, { part: 'failed', lines })], 'all')
}

/** The one raw column of a reject link, under the name that the link gives it. */
function renamed(context: StageContext, stream: Stream, output: StageOutput): Stream {
	const source = stream.schema.columns[0]
	const name = output.link.columns[0]?.name ?? 'rejected'
	if (source === undefined || source.name === name) return stream
	const column = {
		...passing(context, { ...source, name }, output.link.lines),
		value: { expression: columnExpression(source), text: source.name },
	}
	return project(context, stream, [column], { part: 'reject name', lines: output.link.lines })
}
