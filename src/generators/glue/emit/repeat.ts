import { pysparkValue } from '#languages/pyspark.ts'
import { atom, binary, method, pyString } from '#languages/python.ts'
import { byHidden } from '../plan/row-order.ts'
import { typeText } from './columns.ts'
import type { Emitter } from './context.ts'
import { assign } from './context.ts'

/** `sequence(1, 0)` counts down, so rows without a pass leave first; a null count leaves with them. */
export const repeat: Emitter<'repeat'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const name = context.variable(operator, 'out')
	const times = pysparkValue(operator.times.expression, context.scope)
	const column = operator.column.name
	const type = typeText(operator.column.type)
	const first = type === 'int' ? 'F.lit(1)' : `F.lit(1).cast(${pyString(type)})`
	const bound = typeText(operator.times.expression.type) === type ? times : method(times, 'cast', type)
	const last = operator.inclusive ? bound : binary('-', bound, atom('1'))
	context.give(operator, 'out', { name, order: [...input.order, byHidden(column)], isSorted: false })
	return assign(name, input.name, [
		`filter(${binary('>', times, atom(operator.inclusive ? '0' : '1')).code})`,
		`withColumn(${pyString(column)}, F.explode(F.sequence(${first}, ${last.code})))`,
	])
}
