/** A stage that server and parallel jobs share and that works with types: databases, above all. Texts become values before it, and texts after. */
import { diagnose } from '#model/diagnostics.ts'
import type { Expression } from '#model/expressions.ts'
import type { Column } from '#model/types.ts'
import { decimal, text } from '#model/types.ts'
import { alike, cast, columnExpression } from '../expressions.ts'
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
		const value = columnExpression(column)
		// A text that is no value of the type stops the job, as a database refuses it.
		const expression = alike(column.type, wanted.type) ? value : cast('datastage.text-read', value, wanted.type)
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
	const fractions = stream.schema.columns.filter(
		({ type }) => type.kind === 'float' || (type.kind === 'decimal' && type.scale > 0),
	)
	if (fractions.length > 0) {
		const names = fractions.map(({ name }) => name).join(', ')
		const what = `${context.stage.name} gives ${names} as texts without zeros at the end`
		const why = 'How many digits a driver writes after the point is its own affair.'
		context.report(diagnose('expression/doubtful', context.provenance(), { what, why }))
	}
	const columns = stream.schema.columns.map((column) =>
		valueColumn(
			context,
			{ name: column.name, type: text() },
			{ expression: textOf(column), text: column.name },
			context.stage.record.lines,
		),
	)
	return { ...project(context, stream, columns, { part: `${stream.name} texts` }), name: stream.name }
}

/** A driver gives all digits of a number, unlike BASIC where it makes a text of one. */
function textOf(column: Column): Expression {
	const value = columnExpression(column)
	if (column.type.kind === 'string') return value
	const exact = column.type.kind === 'float' ? cast('datastage.implicit', value, decimal(38, 10)) : value
	return cast('basic.convert', exact, text())
}
