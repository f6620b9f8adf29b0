import { evaluate } from '#languages/evaluate.ts'
import { valueText } from '#model/json-values.ts'
import type { CommandOperator, CommandParameter } from '#model/row-commands.ts'
import { givenBy, takenBy } from '#model/row-commands.ts'
import type { Row, Value } from '#model/values.ts'
import { isError } from '#model/values.ts'
import type { FlowContext, Interpreter } from '../context.ts'
import { rowScope } from '../context.ts'
import { withColumns } from '../policies.ts'
import { stop } from '../stop.ts'

export const command: Interpreter<'command'> = (operator, inputs, context) => {
	const { id, connection, parameters } = operator
	const statement = textOf(operator, context)
	const given = givenBy(operator)
	const gives = new Map(given.map(({ column, type }) => [column, type]))
	const out = (inputs['in'] ?? []).map((row) => {
		const taken = parameters.flatMap((one) => valueTaken(one, row))
		const { values } = context.act({ kind: 'sql', task: id, connection, statement, parameters: taken, gives })
		const columns = given.map(({ column }): [string, Value] => [column, values?.get(column) ?? null])
		return context.order.follow(withColumns(row, columns), row)
	})
	return { out }
}

/** A marker that gives a value anyway takes no null. */
function valueTaken(parameter: CommandParameter, row: Row): readonly Value[] {
	const column = takenBy(parameter)
	if (column === undefined) return []
	const value = row[column] ?? null
	return value === null && parameter.kind === 'both' ? [] : [value]
}

function textOf({ id, sql }: CommandOperator, { request }: FlowContext): string {
	const value = evaluate(
		sql.expression,
		rowScope(request, () => undefined),
	)
	if (isError(value)) return stop(id, value.message)
	return value === null ? '' : valueText(value)
}
