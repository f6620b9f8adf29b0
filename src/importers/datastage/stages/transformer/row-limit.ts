/** Abort After Rows of an output link. */
import type { NumberOperator } from '#model/operators.ts'
import { boolean, int } from '#model/types.ts'
import { textOf } from '../../columns.ts'
import { choose, columnExpression, literal, nullLiteral } from '../../expressions.ts'
import type { Stream } from '../../flow.ts'
import { freeColumn, passing, project } from '../../mapping.ts'
import type { StageContext, StageOutput } from '../../stage-context.ts'
import { leaving } from '../inputs.ts'

/**
 * The job ends when so many rows have come, so that none of its targets is filled (IBM: Transformer stage, link properties, Abort
 * After Rows). The engine counts in each of its partitions, which is the same for one row.
 */
export function withRowLimit(context: StageContext, stream: Stream, { pin, link }: StageOutput): Stream {
	const written = textOf(pin.record.values, 'RowLimit').trim()
	if (written === '' || /^0+$/.test(written)) return stream
	if (!/^\d{1,18}$/.test(written)) {
		context.refuse(`it ends the job when link ${link.name} has ${written} rows`)
		return stream
	}
	const limit = BigInt(written)
	if (limit > 1n && context.job.kind !== 'server')
		context.differ('RG-D008', `${context.stage.name} ends the job after ${limit} rows, counted in each partition`)
	const column = { name: freeColumn(stream.schema, 'ROW'), type: int(64), nullable: false }
	const operator: NumberOperator = {
		...context.base(`${link.name} row`, link.lines),
		kind: 'number',
		column,
		start: 1n,
		step: 1n,
	}
	context.flow.add(operator, { in: stream })
	const numbered = leaving(stream, operator, { ...stream.schema, columns: [...stream.schema.columns, column] })
	const row = columnExpression(column)
	const condition = {
		kind: 'call',
		operation: 'datastage.lt',
		args: [row, literal(limit, int(64))],
		type: boolean,
	} as const
	const below = {
		...passing(context, column, link.lines),
		value: { expression: choose(condition, row, nullLiteral(int(64))), text: `Abort After Rows ${written}` },
		onNull: { kind: 'fail' } as const,
	}
	const checked = project(context, numbered, [below], {
		part: `${link.name} limit`,
		passThrough: 'all',
		lines: link.lines,
	})
	const rows = project(context, checked, [], {
		part: `${link.name} within limit`,
		passThrough: 'all',
		drop: [column.name],
		lines: link.lines,
	})
	return { ...rows, name: stream.name, provenance: stream.provenance }
}
