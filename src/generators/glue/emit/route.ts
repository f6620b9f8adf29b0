import { pysparkFails, pysparkValue } from '#languages/pyspark.ts'
import type { Py } from '#languages/python.ts'
import { anyOf, fn, lit, method, pyString, unary } from '#languages/python.ts'
import type { FailurePolicy, Route, RouteOperator } from '#model/operators.ts'
import type { Node } from '../../text/tree.ts'
import { orFalse } from './columns.ts'
import type { Emitter, FlowContext } from './context.ts'
import { assign } from './context.ts'
import { rejectCalls } from './exits.ts'

/** Sends each row to the first route that takes it, or to every one. */
export const route: Emitter<'route'> = (operator, context) => {
	const ports = context.linkedPorts(operator)
	if (ports.length === 0) return []
	const mayLeave = operator.routes.some((one) => problem(operator, one, context) !== undefined)
	if (operator.mode === 'first') return numbered(operator, ports, context)
	return mayLeave
		? [checks(operator, context), everyRoute(operator, ports, context)]
		: everyRoute(operator, ports, context)
}

/** Test that a condition went wrong, with the policy that says what then. */
function problem(
	operator: RouteOperator,
	{ condition, failing }: Route,
	context: FlowContext,
): { readonly test: Py; readonly policy: FailurePolicy } | undefined {
	if (condition === undefined) return undefined
	const { onNull, onError } = failing ?? operator
	const fails = pysparkFails(condition.expression, context.scope)
	const value = pysparkValue(condition.expression, context.scope)
	const missing = onNull.kind === 'false' ? undefined : method(value, 'isNull')
	const test = missing ?? (leaves(onError) ? fails : undefined)
	const policy = onNull.kind === 'false' ? onError : onNull
	return test === undefined || !leaves(policy) ? undefined : { test, policy }
}

/** Where every route is tried, a condition that goes wrong ends the run: no one of the routes could hold the row back. */
function checks(operator: RouteOperator, context: FlowContext): readonly Node[] {
	const { name } = context.input(operator, 'in')
	return operator.routes.flatMap((route) => {
		const wrong = problem(operator, route, context)
		if (wrong === undefined) return []
		const message = pyString(context.message(operator, `the condition of ${route.port} is null or cannot be computed`))
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

/** `_route`: number of the route that takes the row; negative = its condition went wrong, a number for each way to go on; null = none. */
function numbered(operator: RouteOperator, ports: readonly string[], context: FlowContext): Node {
	const input = context.input(operator, 'in')
	let chain: Py | undefined
	const when = (test: Py, number: number): void => {
		const value = fn('lit', number)
		chain = chain === undefined ? fn('when', test, value) : method(chain, 'when', test, value)
	}
	const policies: FailurePolicy[] = []
	const wrongNumber = (policy: FailurePolicy): number => {
		const known = policies.findIndex(({ kind }) => kind === policy.kind)
		return known >= 0 ? -1 - known : -policies.push(policy)
	}
	// An otherwise port takes what no route before it took; for the routes after it nothing is left.
	const end = Math.min(operator.routes.length, ...operator.otherwise.map(({ after }) => after))
	for (const [index, one] of operator.routes.slice(0, end).entries()) {
		const wrong = problem(operator, one, context)
		if (wrong !== undefined) when(wrong.test, wrongNumber(wrong.policy))
		when(one.condition === undefined ? lit(true) : pysparkValue(one.condition.expression, context.scope), index)
	}
	const routed = context.fresh(`${input.name}_routed`)
	const number = chain ?? lit(0)
	const lines: Node[] = [`${routed} = ${input.name}.withColumn("_route", ${number.code})`]
	if (policies.some(({ kind }) => kind === 'fail')) {
		const message = pyString(context.message(operator, 'a condition is null or cannot be computed'))
		const failed = wrongNumber({ kind: 'fail' })
		lines.push(`${routed} = ${context.use('ensure')}(${routed}, F.col("_route") == ${failed}, ${message})`)
	}
	if (operator.unrouted === 'fail') {
		const message = pyString(context.message(operator, operator.unroutedMessage ?? 'no route takes the row'))
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
	const redirect = policies.find((policy) => policy.kind === 'redirect')
	if (redirect !== undefined) {
		const aside = `F.col("_route") == ${wrongNumber(redirect)}`
		give('reject', aside, rejectCalls(operator.reject, redirect.code, redirect.column))
	}
	return lines
}
