/** The reject link of a stage that writes to a database. */
import type { ProjectColumn, SampleOperator } from '#model/operators.ts'
import { schemaOf } from '../../columns.ts'
import { nullLiteral } from '../../expressions.ts'
import type { Stream } from '../../flow.ts'
import { passing, project } from '../../mapping.ts'
import type { StageContext, StageInput, StageOutput } from '../../stage-context.ts'
import { leaving } from '../inputs.ts'

/**
 * A write of Spark succeeds or fails as a whole, so the link stays empty: a row that the database refuses ends the run.
 * With modes that find rows the link may also take those that found none, which is no error; that is not translated.
 */
export function rejectStream(context: StageContext, input: StageInput, output: StageOutput, isKeyed: boolean): Stream {
	if (isKeyed) context.refuse('its reject link may take rows that changed nothing in the table')
	context.differ('RG-D022', `The link ${output.link.name} stays empty`)
	const none: SampleOperator = {
		...context.base('rejects', output.pin.record.lines),
		kind: 'sample',
		how: 'head',
		skip: 0,
		rows: 0,
	}
	context.flow.add(none, { in: input.stream })
	const stream = leaving(input.stream, none)
	const { lines } = output.link
	const wanted = output.link.columns.length === 0 ? stream.schema.columns : output.link.columns
	const columns = schemaOf(wanted, false).columns.map((column): ProjectColumn => {
		const source = stream.schema.columns.find(({ name }) => name.toLowerCase() === column.name.toLowerCase())
		if (source !== undefined) return { ...passing(context, source, lines), name: column.name }
		const value = { expression: nullLiteral(column.type), text: '' }
		return { ...passing(context, column, lines), value }
	})
	const provenance = context.provenance(lines, output.link.name)
	return { ...project(context, stream, columns, { part: 'rejected', lines }), name: output.link.name, provenance }
}
