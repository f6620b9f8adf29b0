/** What the parts of a stateful operator share: the frame so far, and what a name means in a variable's expression. */
import { literalText } from '#languages/literals.ts'
import { pysparkValue } from '#languages/pyspark.ts'
import type { Py } from '#languages/python.ts'
import { atom, fn, method } from '#languages/python.ts'
import { cutPyspark } from '#languages/text-length.ts'
import type { StatefulOperator, StateVariable } from '#model/operators.ts'
import type { Node } from '../../text/tree.ts'
import type { orderTexts } from '../plan/row-order.ts'
import { column } from './columns.ts'
import type { FlowContext } from './context.ts'

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
