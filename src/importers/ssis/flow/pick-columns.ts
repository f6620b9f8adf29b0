/** The columns that leave a component which makes its output anew, each fed by one that an operator gives. */
import type { ProjectOperator } from '#model/operators.ts'
import type { OutputRecord } from '../formats/records.ts'
import type { BufferColumn, Stream } from './buffer.ts'
import { extend } from './buffer.ts'
import type { ComponentContext } from './parts.ts'
import { add, base, connect, port } from './parts.ts'
import { assign, column, derived } from './values.ts'

/** @param feeds by the lineage of the output column; columns that nothing feeds are left out */
export function pickColumns(
	context: ComponentContext,
	stream: Stream,
	output: OutputRecord,
	feeds: ReadonlyMap<string, BufferColumn>,
): void {
	const leaving = extend([], output.columns).filter(({ lineage }) => feeds.has(lineage))
	const pick: ProjectOperator = {
		...base(context, 'columns'),
		kind: 'project',
		passThrough: 'none',
		drop: [],
		columns: leaving.flatMap((target) => {
			const source = feeds.get(target.lineage)
			if (source === undefined) return []
			const value = { expression: assign(column(source), source.type, target.type), text: source.name }
			return [derived(target.name, target.type, value, context.provenance)]
		}),
		evaluation: 'together',
		reject: {},
	}
	add(context, pick)
	connect(context, stream, port(pick, 'in'))
	context.parts.gives.set(output.id, { from: port(pick, 'out'), buffer: leaving })
}
