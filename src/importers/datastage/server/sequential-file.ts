/** The Sequential File stage of server jobs: several links in and out, each with a file of its own (IBM: Server Job Developer's Guide). */
import type { Expression } from '#model/expressions.ts'
import type { ReadOperator, WriteOperator } from '#model/operators.ts'
import type { TextLayout } from '#model/places.ts'
import type { Column, Schema } from '#model/types.ts'
import { text } from '#model/types.ts'
import { isSet, textOf } from '../columns.ts'
import { cast, choose, columnExpression, equalsText, nullLiteral, textLiteral } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { freeColumn, project } from '../mapping.ts'
import { parameterised } from '../paths.ts'
import type { StageContext, StageInput, StageOutput, StageStreams } from '../stage-context.ts'
import { united } from '../stages/rejects.ts'
import type { Pin } from '../structure.ts'
import { encodingOfMap } from './character-sets.ts'
import { characterCode } from './codes.ts'
import type { FixedRecord } from './fixed-columns.ts'
import { fixedColumns } from './fixed-columns.ts'
import { named, textSchema, valueColumn } from './texts.ts'

export function lower(context: StageContext): StageStreams {
	const { values } = context.stage.record
	if (isSet(values, 'PipeStage')) context.refuse('it reads or writes a named pipe')
	if (isSet(values, 'WithFilter')) context.refuse('it passes its data through a filter command')
	for (const input of context.inputs) write(context, input)
	return new Map(context.outputs.map((output) => [output.pin.id, read(context, output)]))
}

function layoutOf(context: StageContext, pin: Pin, fixed?: FixedRecord): TextLayout {
	const { values } = pin.record
	const unix = context.stage.record.values.get('UnixFormat') ?? '1'
	const common = {
		recordDelimiter: unix === '0' ? '\r\n' : '\n',
		header: isSet(values, 'ColHeaders'),
		encoding: encodingOf(context, pin),
	}
	if (fixed !== undefined) return { ...common, delimiter: '', fields: fixed.fields }
	const delimiter = characterCode(
		context,
		textOf(values, 'ColDelim') || textOf(values, 'Delimiter') || ',',
		'delimiter',
	)
	if (delimiter === undefined) context.refuse('its columns have no delimiter')
	const quote = characterCode(context, values.has('QuoteChar') ? textOf(values, 'QuoteChar') : '"', 'quote')
	return { ...common, delimiter: delimiter ?? ',', ...(quote === undefined ? {} : { quote }) }
}

function encodingOf(context: StageContext, pin: Pin): string {
	const own = textOf(pin.record.values, 'NLSMapName') || textOf(context.stage.record.values, 'NLSMapName')
	// `Project (ISO8859-1)` tells what the project had when the job was exported.
	const inner = /\(([^)]+)\)\s*$/.exec(own)?.[1] ?? own
	const encoding = encodingOfMap(inner)
	if (encoding === undefined) context.refuse(`its character set is ${own}`)
	return encoding ?? 'utf-8'
}

/** The link's own name where no file is named (IBM: Defining Sequential File input data). */
const fileOf = (context: StageContext, pin: Pin) =>
	parameterised(context, textOf(pin.record.values, 'FileName') || pin.name, pin.record.lines)

/** Text that stands for null, where the format names one. */
const nullString = (pin: Pin): string | undefined =>
	['NullString', 'SQLNull', 'DefaultNullString']
		.map((key) => pin.record.values.get(key))
		.find((value) => value !== undefined && value !== '' && value !== '0' && value !== '1')

function read(context: StageContext, output: StageOutput): Stream {
	const { pin, link } = output
	if (link.columns.length === 0) context.refuse('its columns are not in the export')
	const fixed = isSet(pin.record.values, 'FixedWidth') ? fixedColumns(context, output) : undefined
	const names = fixed?.names ?? link.columns.map(({ name }) => name)
	const texts = names.map((name): Column => ({ name, type: text(), nullable: false }))
	const record = freeColumn({ columns: texts, open: false }, 'record')
	const schema: Schema = { columns: [...texts, { name: record, type: text(), nullable: false }], open: false }
	const operator: ReadOperator = {
		...context.base(context.outputs.length > 1 ? link.name : undefined),
		kind: 'read',
		source: {
			kind: 'text-file',
			path: fileOf(context, pin),
			layout: layoutOf(context, pin, fixed),
			skipLines: 0,
			// Overlong rows only make a warning (IBM: Format tab, Suppress row truncation warnings).
			fieldCount: 'reject-short',
			recordColumn: record,
		},
		schema,
	}
	context.flow.add(operator, {})
	const stream: Stream = {
		from: { operator: operator.id, port: 'out' },
		schema,
		name: `${link.name} records`,
		provenance: operator.provenance,
	}
	const mark = nullString(pin)
	const columns = link.columns.map(({ name, lines }) => {
		const field = columnExpression({ name, type: text() })
		const value = mark === undefined ? field : choose(equalsText(field, mark), nullLiteral(text()), field)
		return valueColumn(context, { name, type: text() }, { expression: value, text: name }, lines)
	})
	const good = project(context, stream, columns, { part: `${link.name} columns`, lines: link.lines })
	return named(context, withMalformed(context, good, stream, record, output), output)
}

/** A row that lacks columns stops the job, which is what Incomplete column is unless it is set (IBM: Columns tab). */
function withMalformed(context: StageContext, good: Stream, read: Stream, record: string, output: StageOutput): Stream {
	const { lines } = output.link
	const schema = { columns: [{ name: record, type: text(), nullable: false }], open: false }
	const malformed: Stream = {
		...read,
		from: { ...read.from, port: 'reject' },
		schema,
		name: `${output.link.name} malformed`,
	}
	const columns = good.schema.columns.map(({ name, type }, at) => ({
		...valueColumn(context, { name, type }, { expression: nullLiteral(type), text: record }, lines),
		// One column is enough to stop it.
		nullable: at > 0,
		onNull: at === 0 ? ({ kind: 'fail' } as const) : ({ kind: 'allow' } as const),
	}))
	const failed = project(context, malformed, columns, { part: `${output.link.name} failed`, lines })
	return { ...united(context, [good, failed], `${output.link.name} all`), schema: textSchema(good.schema.columns) }
}

const orElse = (value: Expression, instead: string): Expression => ({
	kind: 'call',
	operation: 'datastage.null-to-value',
	args: [value, textLiteral(instead)],
	type: text(),
})

const isText = (kind: string): boolean => kind === 'string'

function write(context: StageContext, { pin, link, stream }: StageInput): void {
	const { values } = pin.record
	const layout = layoutOf(context, pin)
	if (isSet(values, 'FixedWidth'))
		context.refuse('it writes columns of fixed widths, and how it fills them up is not documented')
	if (isSet(values, 'OmitNewLine')) context.refuse('it leaves the last line break out')
	if (isSet(values, 'Writetime') || isSet(values, 'Flushrow')) context.refuse('it writes for a reader that waits')
	if (stream.schema.open) context.refuse('it writes columns that the export does not name')
	const mark = nullString(pin) ?? ''
	const columns = stream.schema.columns.map((column) => {
		const value = columnExpression(column)
		const shown = isText(column.type.kind) ? value : cast('basic.convert', value, text())
		const expression = column.nullable ? orElse(shown, mark) : shown
		const lines = link.columns.find(({ name }) => name === column.name)?.lines ?? pin.record.lines
		return {
			...valueColumn(context, { name: column.name, type: text() }, { expression, text: column.name }, lines),
			nullable: false,
		}
	})
	const fields = project(context, stream, columns, { part: `${link.name} text`, lines: pin.record.lines })
	// Values of character columns stand in quotes, others do not; the documents say so of values that hold the delimiter only.
	const quoted = stream.schema.columns.map(
		({ name }) =>
			layout.quote !== undefined && isText(link.columns.find((column) => column.name === name)?.type.kind ?? 'string'),
	)
	const operator: WriteOperator = {
		...context.base(context.inputs.length > 1 ? link.name : undefined),
		kind: 'write',
		target: {
			kind: 'text-file',
			path: fileOf(context, pin),
			layout,
			quoted,
			quotedHeader: layout.quote !== undefined,
			doubleQuotes: true,
			mode: isSet(values, 'Append') ? 'append' : 'overwrite',
		},
		schema: fields.schema,
	}
	context.flow.add(operator, { in: fields })
}
