/** A stage that server and parallel jobs share and that works with types: databases, above all. Texts become values before it, and texts after. */
import { text } from '#model/types.ts'
import { assign, cast, columnExpression } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { assigned, project } from '../mapping.ts'
import type { StageContext, StageInput, StageStreams } from '../stage-context.ts'
import { valueColumn } from './texts.ts'

export const typedStage =
	(lower: (context: StageContext) => StageStreams) =>
	(context: StageContext): StageStreams => {
		const streams = lower({
			...context,
			inputs: context.inputs.map((input) => ({ ...input, stream: withTypes(context, input) })),
		})
		return new Map([...streams].map(([pin, stream]) => [pin, asTexts(context, stream)]))
	}

/** Each column with the type that the link declares: the stage hands it to the database so. */
function withTypes(context: StageContext, { link, stream }: StageInput): Stream {
	const columns = stream.schema.columns.map((column) => {
		const declared = link.columns.find(({ name }) => name === column.name)
		const wanted = declared ?? column
		const lines = declared?.lines ?? link.lines
		const failing = { kind: 'fail' } as const
		const expression = assign(context, columnExpression(column), wanted.type)
		return assigned(
			context,
			{ column: { ...wanted, nullable: true }, expression, text: column.name, nullable: true, lines },
			failing,
			failing,
		)
	})
	return project(context, stream, columns, { part: `${link.name} types`, lines: link.lines })
}

function asTexts(context: StageContext, stream: Stream): Stream {
	if (stream.schema.open) context.refuse('its columns are not in the export')
	const columns = stream.schema.columns.map((column) => {
		const value = columnExpression(column)
		const expression = column.type.kind === 'string' ? value : cast('basic.convert', value, text())
		return valueColumn(
			context,
			{ name: column.name, type: text() },
			{ expression, text: column.name },
			context.stage.record.lines,
		)
	})
	return { ...project(context, stream, columns, { part: `${stream.name} texts` }), name: stream.name }
}
