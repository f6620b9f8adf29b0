import type { Py } from '#languages/python.ts'
import { binary, method, unary } from '#languages/python.ts'
import { named, sideColumn } from './columns.ts'
import type { Emitter } from './context.ts'
import { assign } from './context.ts'
import { keyCondition, takenText } from './keys.ts'
import { oneByKey } from './one-by-key.ts'
import { sameValues } from './pairing.ts'

const mark = '_version'

/** Rows beside their version: whether there is one, what differs from it, and what it says. */
export const slowlyChanging: Emitter<'slowly-changing'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const dimension = context.input(operator, 'dimension')
	const versions = context.fresh(`${dimension.name}_versions`)
	const keys = operator.keys.map(({ right, collation }) => ({ column: right, collation }))
	const name = context.variable(operator, 'out')
	const isFound = method(sideColumn('right', mark), 'isNotNull')
	const differs = operator.changes.map((change): [string, Py] => {
		const same = sameValues(change.values)
		return [change.name, binary('&', isFound, unary('~', same))]
	})
	const schema = context.link(operator, 'dimension').schema
	const taken = operator.take.map((one) => named(takenText(one, schema, mark), one.name))
	const added = [[operator.found, isFound] as const, ...differs].map(([column, value]) =>
		method(value, 'alias', column),
	)
	context.give(operator, 'out', { ...input, name, order: context.carries(operator) ? input.order : [] })
	return [
		...oneByKey(dimension, versions, keys, 'first', mark, context),
		assign(name, `${input.name}.alias("left")`, [
			`join(${versions}.alias("right"), ${keyCondition(operator.keys, false).code}, "left")`,
			`select(${['"left.*"', ...added.map(({ code }) => code), ...taken].join(', ')})`,
		]),
	]
}
