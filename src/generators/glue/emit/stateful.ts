import type { PysparkScope } from '#languages/pyspark.ts'
import { pysparkFails, pysparkValue } from '#languages/pyspark.ts'
import { method, pyString } from '#languages/python.ts'
import type { StateVariable } from '#model/operators.ts'
import type { Node } from '../../text/tree.ts'
import { orderTexts } from '../plan/row-order.ts'
import type { StateGroup } from '../plan/state-groups.ts'
import { resetOf, stateGroups } from '../plan/state-groups.ts'
import { list, typeText } from './columns.ts'
import type { Emitter } from './context.ts'
import { assign } from './context.ts'
import { fold } from './fold.ts'
import type { State } from './state.ts'
import { cutToLength, seen } from './state.ts'

/**
 * Variables that remember the row before. One that only looks back at another is a window; those that build on their own
 * value are folded over the rows in order.
 */
export const stateful: Emitter<'stateful'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const name = context.variable(operator, 'out')
	context.needs('from pyspark.sql import Window')
	const window = context.fresh(`${name}_window`)
	const lines: Node[] = [`${window} = Window.orderBy(${list(orderTexts(input.order))})`]
	const state: State = { operator, context, window, order: input.order, frame: input.name, name, lines }
	for (const group of stateGroups(operator.variables)) {
		const reset = resetOf(group)
		if (group.isRecursive) fold(state, group, reset)
		else windowed(state, group)
	}
	if (state.frame === input.name) lines.push(`${name} = ${input.name}`)
	context.give(operator, 'out', { name, order: context.carries(operator) ? input.order : [], isSorted: false })
	return lines
}

/** A variable without a memory of its own: a column, perhaps of the row before. */
function windowed(state: State, group: StateGroup): void {
	const { context } = state
	const [variable] = group.variables
	if (variable === undefined) return
	const scope = { ...context.scope, column: (name: string) => seen(state, variable, name) }
	guard(state, variable, scope)
	const value = method(pysparkValue(variable.value.expression, scope), 'cast', typeText(variable.type))
	const plain = sameType(variable) ? pysparkValue(variable.value.expression, scope) : value
	state.lines.push(
		assign(state.name, state.frame, [`withColumn(${pyString(variable.name)}, ${cutToLength(plain, variable).code})`]),
	)
	state.frame = state.name
}

const sameType = (variable: StateVariable): boolean =>
	typeText(variable.value.expression.type) === typeText(variable.type)

function guard(state: State, variable: StateVariable, scope: PysparkScope): void {
	const fails = pysparkFails(variable.value.expression, scope)
	if (fails === undefined) return
	const { context, operator } = state
	const message = pyString(context.message(operator, `variable ${variable.name} cannot be computed`))
	// The window must see every row, so the test is a column first.
	state.lines.push(
		assign(state.name, state.frame, [`withColumn("_failed", ${fails.code})`]),
		`${state.name} = ${context.use('ensure')}(${state.name}, F.col("_failed"), ${message}).drop("_failed")`,
	)
	state.frame = state.name
}
