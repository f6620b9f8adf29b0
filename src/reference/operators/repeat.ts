import { evaluate } from '#languages/evaluate.ts'
import { isError } from '#model/values.ts'
import { declareBranches } from '../branches.ts'
import type { Interpreter } from '../context.ts'
import { columnOf, rowScope } from '../context.ts'
import { withColumns } from '../policies.ts'
import { stop, stopTooLarge } from '../stop.ts'

/** More passes of one row than a test run needs; a real job has no limit. */
const mostPasses = 100n

export const repeat: Interpreter<'repeat'> = (operator, inputs, context) => {
	const hit = declareBranches(context, operator, ['no pass', 'one pass', 'several passes'])
	const out = (inputs['in'] ?? []).flatMap((row) => {
		const times = evaluate(operator.times.expression, rowScope(context.request, columnOf(row)))
		if (isError(times)) return stop(operator.id, times.message)
		const last = typeof times !== 'bigint' ? 0n : operator.inclusive ? times : times - 1n
		const passes = last > 0n ? last : 0n
		if (passes > mostPasses) return stopTooLarge(operator.id, `one row asks for ${passes} passes`)
		hit(passes === 0n ? 'no pass' : passes === 1n ? 'one pass' : 'several passes')
		return Array.from({ length: Number(passes) }, (_none, index) =>
			withColumns(row, [[operator.column.name, BigInt(index + 1)]]),
		)
	})
	return { out }
}
