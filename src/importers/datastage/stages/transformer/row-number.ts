import type { NumberOperator } from '#model/operators.ts'
import { int } from '#model/types.ts'
import type { Stream } from '../../flow.ts'
import { freeColumn } from '../../mapping.ts'
import type { StageContext } from '../../stage-context.ts'
import { leaving } from '../inputs.ts'

/** Adds a column with the number of each row, from 1 (IBM: system variables). */
export function withRowNumber(
	context: StageContext,
	stream: Stream,
	wanted: string,
): readonly [Stream, NumberOperator['column']] {
	const column = { name: freeColumn(stream.schema, wanted), type: int(64), nullable: false }
	const operator: NumberOperator = {
		...context.base(wanted.toLowerCase()),
		kind: 'number',
		column,
		start: 1n,
		step: 1n,
	}
	context.flow.add(operator, { in: stream })
	return [leaving(stream, operator, { ...stream.schema, columns: [...stream.schema.columns, column] }), column]
}
