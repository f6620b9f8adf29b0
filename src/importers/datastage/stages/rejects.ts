import type { UnionOperator } from '#model/operators.ts'
import type { Stream } from '../flow.ts'
import type { StageContext } from '../stage-context.ts'
import { leaving } from './inputs.ts'

/** Several streams with the same columns as one, in no order; one alone stays as it is. */
export function united(context: StageContext, streams: readonly Stream[], part = 'rejects'): Stream {
	const [first, ...others] = streams
	if (first === undefined) throw new Error('a union needs an input')
	if (others.length === 0) return first
	if (streams.some(({ schema }) => schema.open))
		context.refuse('it brings rows together whose columns the export does not name')
	const operator: UnionOperator = {
		...context.base(part),
		kind: 'union',
		how: 'arrival',
		inputs: streams.length,
		keys: [],
		columns: first.schema.columns.map((column) => ({ column, from: streams.map(() => column.name) })),
	}
	context.flow.add(operator, Object.fromEntries(streams.map((stream, index) => [`in${index}`, stream])))
	return { ...leaving(first, operator), name: `${context.stage.name} ${part}` }
}
