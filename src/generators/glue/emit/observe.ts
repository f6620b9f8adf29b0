import { identifier } from '../../names.ts'
import type { Emitter } from './context.ts'

/** Counts rows in the pass that writes them. Rows shown in a log pass as they are. */
export const observe: Emitter<'observe'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const name = context.variable(operator, 'out')
	context.give(operator, 'out', { ...input, name })
	const isRead = context.links(operator, 'out').length > 0
	if (operator.what.kind === 'peek') return isRead ? `${name} = ${input.name}` : []
	// Nobody takes the rows, but their number counts.
	if (!isRead) context.output(operator, name)
	context.needs('from pyspark.sql import Observation')
	const observation = context.fresh(`${identifier(operator.name)}_rows`)
	context.observe({ variable: operator.what.variable, key: observation, type: 'Observation', field: 'rows' })
	return [
		`${observation} = Observation()`,
		`${name} = ${input.name}.observe(${observation}, F.count(F.lit(1)).alias("rows"))`,
	]
}
