import { evaluate } from '#languages/evaluate.ts'
import type { Row } from '#model/values.ts'
import { isError } from '#model/values.ts'
import { declareBranches } from '../branches.ts'
import type { Interpreter } from '../context.ts'
import { columnOf, rowScope } from '../context.ts'
import { withColumns } from '../policies.ts'
import { stop } from '../stop.ts'

export const replay: Interpreter<'replay'> = (operator, inputs, context) => {
	const hit = declareBranches(context, operator, ['one row released', 'several rows released'])
	const out: Row[] = []
	let held: Row[] = []
	for (const row of inputs['in'] ?? []) {
		held.push(row)
		const times = evaluate(operator.times.expression, rowScope(context.request, columnOf(row)))
		if (isError(times)) return stop(operator.id, times.message)
		if (typeof times !== 'bigint' || times <= 0n) continue
		if (times !== BigInt(held.length))
			return stop(operator.id, `${held.length} rows are held, and ${times} are asked for`)
		hit(held.length === 1 ? 'one row released' : 'several rows released')
		const latest = operator.latest.map((name) => [name, row[name] ?? null] as const)
		out.push(...held.map((one, index) => withColumns(one, [...latest, [operator.column.name, BigInt(index + 1)]])))
		held = []
	}
	return { out }
}
