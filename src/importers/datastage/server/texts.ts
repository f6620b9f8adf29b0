/** Links of server jobs carry texts: whatever type a column is declared to have, nothing is checked or converted on the way. */
import type { Expression } from '#model/expressions.ts'
import type { FailurePolicy, ProjectColumn } from '#model/operators.ts'
import type { LineRange } from '#model/provenance.ts'
import type { Column, Schema } from '#model/types.ts'
import { text } from '#model/types.ts'
import { columnExpression } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { project } from '../mapping.ts'
import type { StageContext, StageOutput } from '../stage-context.ts'

export const textColumn = (name: string): Column => ({ name, type: text(), nullable: true })

export const textSchema = (columns: readonly { readonly name: string }[]): Schema => ({
	columns: columns.map(({ name }) => textColumn(name)),
	open: false,
})

/** A column with a value as it is; where the value cannot be computed the job ends. */
export function valueColumn(
	context: StageContext,
	{ name, type }: Pick<Column, 'name' | 'type'>,
	value: { readonly expression: Expression; readonly text: string },
	lines: LineRange,
): ProjectColumn {
	const failing: FailurePolicy = { kind: 'fail' }
	return {
		name,
		type,
		nullable: true,
		value,
		onError: failing,
		onTruncation: { kind: 'cut' },
		onNull: { kind: 'allow' },
		provenance: context.provenance(lines, name),
	}
}

/** A column that passes under its own or another name. */
const passed = (context: StageContext, from: Column, name: string, lines: LineRange): ProjectColumn =>
	valueColumn(context, { name, type: from.type }, { expression: columnExpression(from), text: from.name }, lines)

/** The stream under the link's name and place. */
export const named = (context: StageContext, stream: Stream, { link }: StageOutput): Stream => ({
	...stream,
	name: link.name,
	provenance: context.provenance(link.lines, link.name),
})

/** Only the columns of the link, in its order, found by name; a link without columns takes all. */
export function onLink(context: StageContext, stream: Stream, output: StageOutput): Stream {
	const { link } = output
	if (link.columns.length === 0) return named(context, stream, output)
	const columns = link.columns.flatMap(({ name, lines }) => {
		const source = stream.schema.columns.find((column) => column.name === name)
		if (source === undefined)
			context.refuse(`the column ${name} of link ${link.name} comes from no column of the input`)
		return source === undefined ? [] : [passed(context, source, name, lines)]
	})
	return named(context, project(context, stream, columns, { part: link.name, lines: link.lines }), output)
}
