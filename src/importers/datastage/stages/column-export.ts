/** Column Export: several columns become one text, by the formats of sequential files. */
import type { Expression } from '#model/expressions.ts'
import type { FailurePolicy, ProjectColumn } from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import { int, text } from '#model/types.ts'
import { findDsColumn } from '../columns.ts'
import { columnExpression, concatenate, literal, textLiteral } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { entriesOf, propertyOf } from '../keys.ts'
import { columnNamed, freeColumn, mapOutput, passing, project } from '../mapping.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import type { FileFormat } from '../text-layout.ts'
import { readFileFormat } from '../text-layout.ts'
import { noStreams, onlyInput } from './inputs.ts'
import { arranged, columnsOf, fieldText, hasNullField, refuseUnaligned } from './sequential-target.ts'
import { fileSchema, withFormat } from './stage-schema.ts'

/**
 * A row whose values have no text is rejected, which drops it (IBM: Column Export stage, Save rejected records). The exported
 * columns do not leave unless they are kept.
 */
export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	const main = context.outputs.find(({ link }) => link.kind !== 'reject')
	if (only === undefined || main === undefined) return noStreams
	const { input, stream } = only
	const { properties } = context.stage
	if (context.outputs.length > 1) context.refuse('it has a reject link, whose columns are not documented')
	// The schema takes the place of the Format tab and says which columns are packed (IBM: Column Export stage, Schema file).
	const isInFile = propertyOf(properties, 'selection') === 'file'
	const schema = isInFile ? fileSchema(context, propertyOf(properties, 'schemafile'), input.pin) : undefined
	const columns = isInFile
		? arranged(context, schema ?? { format: '', columns: [] }, stream)
		: columnsOf(input, namedColumns(context, stream))
	const names = columns.map(({ name }) => name)
	// The Format tab belongs to the input; an export that holds it on the output means the same.
	const pins = [input.pin, ...context.outputs.map(({ pin }) => pin)]
	const described = pins.find(({ meta }) => meta.has('SchemaFormat')) ?? input.pin
	const format = readFileFormat(
		context,
		schema === undefined ? described : withFormat(input.pin, schema),
		columns,
		false,
	)
	if (format.places !== undefined) refuseUnaligned(context, format.places, format.columns)
	const wanted = propertyOf(properties, 'field')
	if (wanted === '') context.refuse('it names no column for the text')
	const declared = findDsColumn(main.link.columns, wanted)
	if (declared !== undefined && declared.type.kind !== 'string')
		context.refuse(`${wanted} holds bytes of the old engine, not text`)
	const target: Column = { name: declared?.name ?? wanted, type: text(), nullable: false }
	const onError: FailurePolicy = { kind: 'drop' }
	const texts = format.columns.map((one): ProjectColumn => {
		const name = freeColumn(stream.schema, `${one.column.name}_text`)
		return { ...fieldText(context, one, format.layout.quote ?? '', onError), name }
	})
	const { lines } = context.stage.record
	const fields = project(context, stream, texts, { part: 'texts', passThrough: 'all' })
	const joined = {
		...passing(context, target, lines),
		value: { expression: record(format, texts), text: names.join(', ') },
	}
	const keeps = propertyOf(properties, 'keepExportedFields') !== ''
	const left = keeps ? [] : names.filter((name) => name !== target.name)
	const result = project(context, fields, [joined], {
		part: 'record',
		passThrough: 'all',
		drop: [...texts.map(({ name }) => name), ...left],
	})
	return new Map([[main.pin.id, mapOutput(context, main, result, (column) => column.name)]])
}

/** The columns that the stage names, as they arrive. */
function namedColumns(context: StageContext, stream: Stream): readonly Column[] {
	const names = entriesOf(context.stage.properties, 'schema').map(({ value }) => columnNamed(context, stream, value))
	if (names.length === 0) context.refuse('it names no column to export')
	return names.flatMap((name) => findDsColumn(stream.schema.columns, name) ?? [])
}

/** Fields with what stands around and between them. */
function record(format: FileFormat, texts: readonly ProjectColumn[]): Expression {
	const { delimiter, quote = '' } = format.layout
	const field = (index: number): Expression => columnExpression({ name: texts[index]?.name ?? '', type: text() })
	const { places } = format
	if (places !== undefined) {
		const widths = places.map((place) => {
			if (place.kind === 'gap') return textLiteral(place.fill.repeat(place.width))
			const index = format.columns.findIndex(({ column }) => column.name === place.name)
			const padded = concatenate([field(index), textLiteral(' '.repeat(place.width))])
			const width = literal(BigInt(place.width), int(32))
			return { kind: 'call', operation: 'datastage.left', args: [padded, width], type: text() } as const
		})
		return concatenate(widths)
	}
	const parts = format.columns.flatMap((one, index) => {
		// A column with a null field brings its own quotes: a null has none.
		const isQuoted = one.quoted && !hasNullField(one)
		const shown = isQuoted ? [textLiteral(quote), field(index), textLiteral(quote)] : [field(index)]
		return index === 0 || format.undelimited ? shown : [textLiteral(delimiter), ...shown]
	})
	return concatenate(parts)
}
