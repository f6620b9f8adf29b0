import type { Row } from '#model/values.ts'
import { declareBranches } from '../branches.ts'
import type { Interpreter } from '../context.ts'
import { rowKey } from '../keys.ts'
import { stop } from '../stop.ts'

/** Rows stay in arrival order. */
export const distinct: Interpreter<'distinct'> = (operator, inputs, context) => {
	const duplicate = operator.onDuplicates === 'fail' ? 'a key twice' : 'duplicate key'
	const hit = declareBranches(context, operator, [duplicate])
	const rows = inputs['in'] ?? []
	const keys = rows.map((row) => rowKey(row, operator.keys))
	const kept = new Map<string, Row>()
	for (const [index, row] of rows.entries()) {
		const key = keys[index] ?? ''
		if (!kept.has(key)) {
			kept.set(key, row)
			continue
		}
		hit(duplicate)
		if (operator.onDuplicates === 'fail') stop(operator.id, 'two rows have the same key')
		if (operator.keep === 'last') kept.set(key, row)
	}
	return { out: rows.filter((row, index) => kept.get(keys[index] ?? '') === row) }
}
