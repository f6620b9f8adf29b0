import { literalText } from '#languages/literals.ts'
import type { PysparkScope } from '#languages/pyspark.ts'
import { pysparkFails, pysparkValue } from '#languages/pyspark.ts'
import type { Py } from '#languages/python.ts'
import { atom, fn, method, pyString } from '#languages/python.ts'
import { cutPyspark } from '#languages/text-length.ts'
import type { StatefulOperator, StateVariable } from '#model/operators.ts'
import type { Node } from '../../text/tree.ts'
import { orderTexts } from '../plan/row-order.ts'
import type { StateGroup } from '../plan/state-groups.ts'
import { resetOf, stateGroups } from '../plan/state-groups.ts'
import { column, list, typeText } from './columns.ts'
import type { Emitter, FlowContext } from './context.ts'
import { assign } from './context.ts'
import { stageMessage } from './exits.ts'
import { fold } from './fold.ts'

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

export interface State {
	readonly operator: StatefulOperator
	readonly context: FlowContext
	/** Variable of the window over all rows in order. */
	readonly window: string
	readonly order: Parameters<typeof orderTexts>[0]
	/** Frame so far. */
	frame: string
	readonly name: string
	readonly lines: Node[]
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

/** A text is cut to the length of its variable. */
export function cutToLength(value: Py, { type, value: { expression } }: StateVariable): Py {
	if (type.kind !== 'string' || type.length === undefined) return value
	const held = expression.kind === 'column' && expression.type.kind === 'string' ? expression.type.length : undefined
	return held !== undefined && held <= type.length ? value : cutPyspark(value, type.length, type)
}

/** What a name means in a variable's expression: this row's value above it, the row before's for itself and below. */
export function seen(state: State, variable: StateVariable, name: string): Py {
	const { variables } = state.operator
	const at = variables.findIndex((one) => one.name === name)
	const other = variables[at]
	if (other === undefined || at < variables.indexOf(variable)) return column(name)
	const isFirst = { code: `F.row_number().over(${state.window}) == 1`, level: 'comparison' } as const
	const initial = pysparkValue(other.initial, state.context.scope)
	const before = method(fn('lag', column(name)), 'over', atom(state.window))
	if (other.initial.kind === 'literal' && other.initial.value === null) return before
	const typed = other.initial.kind === 'literal' ? literalText(other.initial.value, other.type) : initial
	return method(fn('when', isFirst, typed), 'otherwise', before)
}

function guard(state: State, variable: StateVariable, scope: PysparkScope): void {
	const fails = pysparkFails(variable.value.expression, scope)
	if (fails === undefined) return
	const { context, operator } = state
	const message = pyString(stageMessage(operator, `variable ${variable.name} cannot be computed`))
	// The window must see every row, so the test is a column first.
	state.lines.push(
		assign(state.name, state.frame, [`withColumn("_failed", ${fails.code})`]),
		`${state.name} = ${context.use('ensure')}(${state.name}, F.col("_failed"), ${message}).drop("_failed")`,
	)
	state.frame = state.name
}
