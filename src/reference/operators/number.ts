import { isError } from '#model/values.ts'
import type { Interpreter } from '../context.ts'
import { coerceNumber } from '../numbers.ts'
import { withColumns } from '../policies.ts'
import { stop } from '../stop.ts'

export const number: Interpreter<'number'> = (operator, inputs, context) => ({
	out: (inputs['in'] ?? []).map((row, index) => {
		const value = coerceNumber(operator.start + operator.step * BigInt(index), operator.column.type)
		if (isError(value)) return stop(operator.id, value.message)
		return context.order.follow(withColumns(row, [[operator.column.name, value]]), row)
	}),
})
