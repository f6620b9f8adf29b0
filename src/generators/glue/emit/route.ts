import { pysparkFails, pysparkValue } from '#languages/pyspark.ts'
import type { Py } from '#languages/python.ts'
import { anyOf, fn, lit, method, pyString, unary } from '#languages/python.ts'
import type { FailurePolicy, RouteOperator } from '#model/operators.ts'
import type { Node } from '../../text/tree.ts'
import { orFalse } from './columns.ts'
import type { Emitter, FlowContext } from './context.ts'
import { assign } from './context.ts'
import { rejectCalls, stageMessage } from './exits.ts'

/** Sends each row to the first route that takes it, or to every one. */
export const route: Emitter<'route'> = (operator, context) => {
	const ports = context.linkedPorts(operator)
	if (ports.length === 0) return []
	const mayLeave = operator.routes.some(
		({ condition }) => condition !== undefined && problem(operator, condition.expression, context),
	)
	if (operator.mode === 'first') return numbered(operator, ports, context)
	return mayLeave
		? [checks(operator, context), everyRoute(operator, ports, context)]
		: everyRoute(operator, ports, context)
}

type Condition = NonNullable<RouteOperator['routes'][number]['condition']>['expression']

/** Test that a condition went wrong, with the policy that says what then. */
function problem(
	operator: RouteOperator,
	condition: Condition,
	context: FlowContext,
): { readonly test: Py; readonly policy: FailurePolicy } | undefined {
	const fails = pysparkFails(condition, context.scope)
	const value = pysparkValue(condition, context.scope)
	const missing = operator.onNull.kind === 'false' ? undefined : method(value, 'isNull')
	const test = missing ?? (leaves(operator.onError) ? fails : undefined)
	const policy = operator.onNull.kind === 'false' ? operator.onError : operator.onNull
	return test === undefined || !leaves(policy) ? undefined : { test, policy }
}

/** Where every route is tried, a condition that goes wrong ends the run: no one of the routes could hold the row back. */
function checks(operator: RouteOperator, context: FlowContext): readonly Node[] {
	const { name } = context.input(operator, 'in')
	return operator.routes.flatMap(({ port, condition }) => {
		const wrong = condition === undefined ? undefined : problem(operator, condition.expression, context)
		if (wrong === undefined) return []
		const message = pyString(stageMessage(operator, `the condition of ${port} is null or cannot be computed`))
		return [`${name} = ${context.use('ensure')}(${name}, ${wrong.test.code}, ${message})`]
	})
}

const leaves = ({ kind }: FailurePolicy): boolean => kind === 'fail' || kind === 'redirect' || kind === 'drop'

/** The frame that the ports filter; kept when several do. */
function base(
	operator: RouteOperator,
	ports: readonly string[],
	context: FlowContext,
): { readonly frame: string; readonly lines: readonly Node[] } {
	const input = context.input(operator, 'in')
	if (ports.length < 2) return { frame: input.name, lines: [] }
	const kept = context.fresh(`${input.name}_kept`)
	return { frame: kept, lines: [`${kept} = ${input.name}.persist()`] }
}

function everyRoute(operator: RouteOperator, ports: readonly string[], context: FlowContext): Node {
	const input = context.input(operator, 'in')
	const { frame, lines } = base(operator, ports, context)
	const conditions = operator.routes.map(
		({ condition }) => condition && pysparkValue(condition.expression, context.scope),
	)
	const routes = operator.routes.map(({ port }, index) => ({ port, test: conditions[index] }))
	const others = operator.otherwise.map(({ port, after }) => {
		const before = conditions.slice(0, after)
		// A route without a condition takes every row, so nothing is left for those after it.
		const taken = before.includes(undefined) ? lit(true) : anyOf(before.filter((test) => test !== undefined))
		return { port, test: taken === undefined ? undefined : unary('~', orFalse(taken)) }
	})
	const all = [...routes, ...others].filter(({ port }) => ports.includes(port))
	return [
		...lines,
		...all.flatMap(({ port, test }) => {
			// Who takes every row takes the frame as it is.
			const name = test === undefined ? frame : context.variable(operator, port)
			context.give(operator, port, { ...input, name })
			return test === undefined ? [] : [assign(name, frame, [`filter(${test.code})`])]
		}),
	]
}

/** `_route`: number of the route that takes the row; -1 = its condition went wrong; null = none. */
function numbered(operator: RouteOperator, ports: readonly string[], context: FlowContext): Node {
	const input = context.input(operator, 'in')
	let chain: Py | undefined
	const when = (test: Py, number: number): void => {
		const value = fn('lit', number)
		chain = chain === undefined ? fn('when', test, value) : method(chain, 'when', test, value)
	}
	let policy: FailurePolicy = { kind: 'fail' }
	let hasProblem = false
	// An otherwise port takes what no route before it took; for the routes after it nothing is left.
	const end = Math.min(operator.routes.length, ...operator.otherwise.map(({ after }) => after))
	for (const [index, { condition }] of operator.routes.slice(0, end).entries()) {
		if (condition === undefined) {
			when(lit(true), index)
			continue
		}
		const wrong = problem(operator, condition.expression, context)
		if (wrong !== undefined) {
			when(wrong.test, -1)
			policy = wrong.policy
			hasProblem = true
		}
		when(pysparkValue(condition.expression, context.scope), index)
	}
	const routed = context.fresh(`${input.name}_routed`)
	const number = chain ?? lit(0)
	const lines: Node[] = [`${routed} = ${input.name}.withColumn("_route", ${number.code})`]
	if (hasProblem && policy.kind === 'fail') {
		const message = pyString(stageMessage(operator, 'a condition is null or cannot be computed'))
		lines.push(`${routed} = ${context.use('ensure')}(${routed}, F.col("_route") == -1, ${message})`)
	}
	if (operator.unrouted === 'fail') {
		const message = pyString(stageMessage(operator, 'no route takes the row'))
		lines.push(`${routed} = ${context.use('ensure')}(${routed}, F.col("_route").isNull(), ${message})`)
	}
	if (ports.length > 1) lines.push(`${routed} = ${routed}.persist()`)
	const give = (port: string, test: string, calls: readonly string[] = []): void => {
		if (!ports.includes(port)) return
		const name = context.variable(operator, port)
		context.give(operator, port, { ...input, name })
		lines.push(assign(name, routed, [`filter(${test})`, ...calls, 'drop("_route")']))
	}
	for (const [index, { port }] of operator.routes.entries()) give(port, `F.col("_route") == ${index}`)
	for (const { port, after } of operator.otherwise)
		give(port, after === end ? 'F.col("_route").isNull()' : 'F.lit(False)')
	if (policy.kind === 'redirect')
		give('reject', 'F.col("_route") == -1', rejectCalls(operator.reject, policy.code, policy.column))
	return lines
}
