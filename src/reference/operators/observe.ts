import type { Interpreter } from '../context.ts'

export const observe: Interpreter<'observe'> = (operator, inputs, context) => {
	const rows = inputs['in'] ?? []
	if (operator.what.kind === 'row-count') context.setVariable(operator.what.variable, BigInt(rows.length))
	return { out: rows }
}
