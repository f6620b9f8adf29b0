import type { Py } from '#languages/python.ts'
import { atom, binary, method, pyString } from '#languages/python.ts'
import { orderTexts } from '../plan/row-order.ts'
import { list, typeText } from './columns.ts'
import type { Emitter } from './context.ts'
import { assign } from './context.ts'

/** A running number in the order of arrival. One number sequence means one partition. */
export const number: Emitter<'number'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const name = context.variable(operator, 'out')
	context.needs('from pyspark.sql import Window')
	const position = atom(`F.row_number().over(Window.orderBy(${list(orderTexts(input.order))}))`)
	const scaled: Py = operator.step === 1n ? position : binary('*', position, atom(String(operator.step)))
	const offset = operator.start - operator.step
	const value =
		offset === 0n ? scaled : binary(offset < 0n ? '-' : '+', scaled, atom(String(offset < 0n ? -offset : offset)))
	const typed = method(value, 'cast', typeText(operator.column.type))
	context.give(operator, 'out', { ...input, name, isSorted: false })
	return assign(name, input.name, [`withColumn(${pyString(operator.column.name)}, ${typed.code})`])
}
