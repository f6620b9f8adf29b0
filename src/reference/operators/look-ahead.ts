import { declareBranches } from '../branches.ts'
import type { Interpreter } from '../context.ts'
import { rowKey } from '../keys.ts'
import { withColumns } from '../policies.ts'

export const lookAhead: Interpreter<'look-ahead'> = (operator, inputs, context) => {
	const hit = declareBranches(context, operator, ['last row', 'more rows follow'])
	const rows = inputs['in'] ?? []
	const keys = rows.map((row) => rowKey(row, operator.keys))
	const out = rows.map((row, index) => {
		const isLast = keys[index] !== keys[index + 1]
		hit(isLast ? 'last row' : 'more rows follow')
		return withColumns(row, [[operator.column.name, isLast ? 1n : 0n]])
	})
	return { out }
}
