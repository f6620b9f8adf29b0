import { evaluate } from '#languages/evaluate.ts'
import type { Route, RouteOperator } from '#model/operators.ts'
import type { Row } from '#model/values.ts'
import { isError } from '#model/values.ts'
import { declareBranches, declareCondition, declareDecisions, nullableIn } from '../branches.ts'
import type { FlowContext, Interpreter } from '../context.ts'
import { columnOf, rowScope } from '../context.ts'
import type { Verdict } from '../policies.ts'
import { decide, rejectRow } from '../policies.ts'
import { stop } from '../stop.ts'

type Test = (row: Row) => Verdict

const unroutedMessage = 'no route takes the row'

export const route: Interpreter<'route'> = (operator, inputs, context) => {
	const tests = operator.routes.map((one) => conditionTest(one, operator, context))
	const hit = declareBranches(
		context,
		operator,
		operator.otherwise.map(({ port }) => `otherwise ${port}`),
	)
	const ports = new Map<string, Row[]>()
	const send = (port: string, row: Row): void => {
		const rows = ports.get(port)
		if (rows === undefined) ports.set(port, [row])
		else rows.push(row)
	}
	for (const row of inputs['in'] ?? []) routeRow(row, operator, tests, send, hit)
	return Object.fromEntries(ports)
}

/** Walks the routes in order; an otherwise port stands after some of them and sees only those. */
function routeRow(
	row: Row,
	operator: RouteOperator,
	tests: readonly Test[],
	send: (port: string, row: Row) => void,
	hit: (what: string) => void,
): void {
	let taken = false
	for (let index = 0; index <= tests.length; index += 1) {
		const rests = taken ? [] : operator.otherwise.filter(({ after }) => after === index)
		for (const { port } of rests) {
			hit(`otherwise ${port}`)
			send(port, row)
		}
		if (rests.length > 0 && operator.mode === 'first') return
		const verdict = tests[index]?.(row)
		if (verdict === undefined && !taken && operator.unrouted === 'fail')
			stop(operator.id, operator.unroutedMessage ?? unroutedMessage)
		if (verdict === undefined || verdict.kind === 'drop') return
		if (verdict.kind === 'reject') {
			send('reject', rejectRow(row, operator.reject, verdict.code, verdict.column))
			return
		}
		if (verdict.value !== true) continue
		taken = true
		send(operator.routes[index]?.port ?? 'out', row)
		if (operator.mode === 'first') return
	}
}

function conditionTest(
	{ condition: sourced, port, failing }: Route,
	operator: RouteOperator,
	context: FlowContext,
): Test {
	const condition = sourced?.expression
	const { onNull, onError } = failing ?? operator
	if (condition === undefined) {
		const hitAlways = declareBranches(context, operator, [`${port} taken`])
		return () => {
			hitAlways(`${port} taken`)
			return { kind: 'value', value: true }
		}
	}
	const schema = context.schemaOf(operator, 'in')
	const hit = declareCondition(context, operator, condition, schema, port)
	const decided = declareDecisions(context, operator, [{ owner: port, expression: condition }], nullableIn(schema))
	return (row) => {
		const result = evaluate(condition, rowScope(context.request, columnOf(row), decided))
		if (isError(result)) return decide(onError, false, operator, `condition of ${port}: ${result.message}`)
		hit(result)
		if (result !== null) return { kind: 'value', value: result }
		if (onNull.kind === 'false') return { kind: 'value', value: false }
		return decide(onNull, false, operator, `condition of ${port} is null`)
	}
}
