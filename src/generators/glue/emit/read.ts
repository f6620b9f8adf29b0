import { pyString } from '#languages/python.ts'
import type { Node } from '../../text/tree.ts'
import { byHidden, hidden } from '../plan/row-order.ts'
import type { Emitter } from './context.ts'
import { assign } from './context.ts'

/** Marks records whose number of fields is right, where somebody takes those that are not. */
export const validColumn = '_valid'

/** Takes what a read function gave, and parts the records that could not be read. */
export const read: Emitter<'read'> = (operator, context) => {
	const given = `inputs[${pyString(context.place(operator))}]`
	const isFile = operator.source.kind === 'text-file'
	const carries = context.carries(operator)
	const order = carries ? [byHidden(hidden)] : []
	const ports = context.linkedPorts(operator)
	const rejects = isFile && ports.includes('reject')
	const lines: Node[] = []
	let source = given
	if (rejects && ports.includes('out')) {
		source = context.fresh(`${context.place(operator)}_records`)
		lines.push(`${source} = ${given}.persist()`)
	}
	if (ports.includes('out')) {
		const name = context.variable(operator, 'out')
		context.give(operator, 'out', { name, order, isSorted: false })
		// A database has no file order: rows count in the order in which they are delivered.
		const numbered = carries && !isFile ? [`withColumn("${hidden}", F.monotonically_increasing_id())`] : []
		const valid = rejects ? [`filter("${validColumn}")`, `drop("${validColumn}")`] : []
		lines.push(assign(name, source, [...valid, ...numbered]))
	}
	if (rejects && operator.source.kind === 'text-file') {
		const name = context.variable(operator, 'reject')
		const record = operator.source.recordColumn ?? 'record'
		const columns = [record, ...(carries ? [hidden] : [])].map(pyString).join(', ')
		context.give(operator, 'reject', { name, order, isSorted: false })
		lines.push(assign(name, source, [`filter(~F.col("${validColumn}"))`, `select(${columns})`]))
	}
	return lines
}
