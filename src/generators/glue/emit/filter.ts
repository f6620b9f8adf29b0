import { pysparkFails, pysparkValue } from '#languages/pyspark.ts'
import type { Py } from '#languages/python.ts'
import { anyOf, binary, fn, lit, method, unary } from '#languages/python.ts'
import { orFalse } from './columns.ts'
import type { Emitter } from './context.ts'
import { assign } from './context.ts'
import { failures } from './exits.ts'

/** Rows that meet a condition, and those that do not. A null counts as false. */
export const filter: Emitter<'filter'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const { expression } = operator.condition
	const test = pysparkValue(expression, context.scope)
	const fails = pysparkFails(expression, context.scope)
	const name = context.variable(operator, 'out')
	const lines = []
	let base = input.name
	if (fails !== undefined && operator.onError.kind === 'fail') {
		base = context.fresh(`${name}_checked`)
		const exit = { test: fails, policy: operator.onError, what: 'the condition cannot be computed' }
		lines.push(...failures(operator, input.name, base, [exit], context))
	}
	const good = fails === undefined || operator.onError.kind === 'fail' ? test : binary('&', test, unary('~', fails))
	const ports = context.linkedPorts(operator)
	if (ports.length > 1) {
		const judged = context.fresh(`${name}_judged`)
		lines.push(`${judged} = ${base}.persist()`)
		base = judged
	}
	if (ports.includes('out')) {
		context.give(operator, 'out', { ...input, name })
		lines.push(assign(name, base, [`filter(${good.code})`]))
	}
	if (ports.includes('reject')) {
		const rejected = context.variable(operator, 'reject')
		context.give(operator, 'reject', { ...input, name: rejected })
		lines.push(assign(rejected, base, [`filter(${rest(good, fails, operator.onError.kind === 'drop').code})`]))
	}
	return lines
}

/** Everything that is not true; a row whose condition failed is not there when it is dropped. */
function rest(good: Py, fails: Py | undefined, dropsFailed: boolean): Py {
	const others = unary('~', orFalse(good))
	if (fails === undefined || !dropsFailed) return others
	const failed = anyOf([fails]) ?? fails
	return method(fn('when', failed, lit(false)), 'otherwise', others)
}
