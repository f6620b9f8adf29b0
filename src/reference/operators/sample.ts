import type { Interpreter } from '../context.ts'

export const sample: Interpreter<'sample'> = (operator, inputs) => ({
	out: (inputs['in'] ?? []).slice(
		operator.skip,
		operator.rows === undefined ? undefined : operator.skip + operator.rows,
	),
})
