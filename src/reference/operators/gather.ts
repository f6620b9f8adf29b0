import type { Row } from '#model/values.ts'
import { makeRecord, makeVector } from '#model/values.ts'
import { declareBranches } from '../branches.ts'
import type { Interpreter } from '../context.ts'
import { rowKey } from '../keys.ts'

/** Keys come in the order of their first rows. */
export const gather: Interpreter<'gather'> = (operator, inputs, context) => {
	const hit = declareBranches(context, operator, ['key of one row', 'key of several rows'])
	const groups = Map.groupBy(inputs['in'] ?? [], (row) => rowKey(row, operator.keys))
	const only = (row: Row, names: readonly string[]): Row =>
		Object.fromEntries(names.map((name) => [name, row[name] ?? null]))
	const fields = operator.fields.map(({ name }) => name)
	const out = [...groups.values()].map((group): Row => {
		hit(group.length === 1 ? 'key of one row' : 'key of several rows')
		const records = makeVector(group.map((row) => makeRecord(only(row, fields))))
		return { ...only(group[0] ?? {}, operator.passes), [operator.into]: records }
	})
	return { out }
}
