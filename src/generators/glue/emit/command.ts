import { pyString } from '#languages/python.ts'
import type { CommandParameter } from '#model/row-commands.ts'
import { takenBy } from '#model/row-commands.ts'
import { byHidden, hidden, orderTexts } from '../plan/row-order.ts'
import { list, typeText } from './columns.ts'
import type { Emitter } from './context.ts'
import { assign } from './context.ts'

/** A statement for each row, run once on the driver in the order in which the rows arrive; what it gives joins its row. */
export const command: Emitter<'command'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const name = context.variable(operator, 'out')
	const ordered = input.order.length === 0 ? input.name : `${input.name}.orderBy(${list(orderTexts(input.order))})`
	const markers = operator.parameters.map((one) => {
		const column = takenBy(one)
		return column === undefined ? 'None' : pyString(column)
	})
	const given = operator.parameters.flatMap((one, index) => givenText(one, index + 1))
	const statement = context.driverText(operator.sql.expression)
	const args = [ordered, context.connection(operator.connection), statement, `[${markers.join(', ')}]`]
	const call = `${context.use('run_for_rows')}(${args.join(', ')}, {${given.join(', ')}})`
	const carries = context.carries(operator)
	context.give(operator, 'out', { name, order: carries ? [byHidden(hidden)] : [], isSorted: false })
	// It runs although nobody takes its rows.
	if (context.linkedPorts(operator).length === 0) context.output(operator, name)
	return assign(name, call, carries ? [] : [`drop(${pyString(hidden)})`])
}

/** Position, column and type of a value that the statement gives. */
function givenText(parameter: CommandParameter, position: number): readonly string[] {
	if (parameter.kind === 'takes') return []
	return [`${position}: (${pyString(parameter.column)}, ${pyString(typeText(parameter.type))})`]
}
