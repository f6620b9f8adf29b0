/** Loops whose number of turns only the run knows: one turn is followed with its variables unknown, and becomes a step. */
import type { Expression, LoopExpression, LoopVariable } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'
import { boolean, float, text } from '#model/types.ts'
import { convertTo } from './coerce.ts'
import { chosen } from './conditional.ts'
import { folded } from './fold.ts'
import { arithmetic } from './functions.ts'
import { call } from './lower-call.ts'
import type { Run, Values } from './routine-run.ts'
import { isInTrouble, refuse } from './routine-run.ts'

/** Turns after which a loop counts as endless: the old engine would go on. */
export const MOST_TURNS = 1000

/** Among the variables of a turn that has been followed: does the loop go on? None of BASIC can be called so. */
export const goesOn = '$GoesOn'

/** A FOR: what it counts with. */
export interface Counter {
	readonly name: string
	readonly from: Expression
	readonly to: Expression
	readonly step: number
}

type Kind = 'string' | 'float' | 'boolean'
const types = { string: text(), float: float(64), boolean } as const

const truth = (value: boolean): Expression => ({ kind: 'literal', value, type: boolean })

function kindOf({ type }: Expression): Kind {
	if (type.kind === 'boolean') return 'boolean'
	return type.kind === 'int' || type.kind === 'float' || type.kind === 'decimal' ? 'float' : 'string'
}

/**
 * Variables after the loop. `follow` gives them after one turn; a variable that only the loop sets is unknown behind it, for it
 * may have had no turn.
 */
export function looped(
	run: Run,
	counter: Counter | undefined,
	before: Values,
	follow: (values: Values) => Values,
): Values {
	run.builder.made.loops += 1
	const loop = run.builder.made.loops
	const start = new Map([...before, ...(counter === undefined ? [] : [[counter.name, counter.from] as const])])
	const turn = oneTurn(run, loop, counter, start, follow)
	if (turn === undefined) return before
	const on: LoopVariable = {
		name: goesOn,
		type: boolean,
		initial: counter === undefined ? truth(true) : within(run, counter, counter.from),
		next: turn.goesOn,
	}
	const end = counter === undefined || counter.to.kind === 'literal' ? [] : [endVariable(counter)]
	const variables = [...turn.variables, ...end, on]
	const bounds = boundsOf(run, counter)
	const changed = turn.variables.filter(({ next }) => next !== undefined)
	const results = changed.map(({ name, type }): readonly [string, LoopExpression] => [
		name,
		{
			kind: 'loop',
			loop,
			variables: needed(variables, [name, goesOn]),
			goesOn,
			result: name,
			type,
			...bounds,
		},
	])
	return new Map([...start, ...results])
}

interface Turn {
	readonly variables: readonly LoopVariable[]
	readonly goesOn: Expression
}

/** What one turn makes of the variables; each of them stays a text, a number or a truth. */
function oneTurn(
	run: Run,
	loop: number,
	counter: Counter | undefined,
	start: Values,
	follow: (values: Values) => Values,
): Turn | undefined {
	const bound = new Map([...start].map(([name, value]) => [name, boundTo(loop, name, kindOf(value))] as const))
	const inside = counter && { ...counter, to: endOf(loop, counter) }
	const after = follow(bound)
	if (isInTrouble(run)) return undefined
	const counted = counter && after.get(counter.name)
	const next = inside && counted && stepped(run, inside, counted)
	const more = after.get(goesOn) ?? truth(true)
	const goesAgain = next === undefined || inside === undefined ? more : both(run, more, within(run, inside, next))
	const variables = [...start].map(([name, initial]): LoopVariable => {
		const known = bound.get(name)
		const given = after.get(name)
		const kind = kindOf(initial)
		const isCounter = name === counter?.name && next !== undefined && given !== undefined
		const value = isCounter ? chosen(run.builder, goesAgain, next, given, run.span) : given
		if (value === undefined || value === known) return { name, type: types[kind], initial: as(initial, kind) }
		if (kindOf(value) !== kind)
			refuse(run, `its variable ${name} is a text in one turn of a loop and a number in another`)
		return { name, type: types[kind], initial: as(initial, kind), next: as(value, kind) }
	})
	return isInTrouble(run) ? undefined : { variables, goesOn: as(goesAgain, 'boolean') }
}

/** Where a FOR ends, among its variables: turns do not read the row. */
const forEnd = '$To'
const endVariable = ({ to }: Counter): LoopVariable => ({ name: forEnd, type: types.float, initial: as(to, 'float') })
const endOf = (loop: number, { to }: Counter): Expression =>
	to.kind === 'literal' ? to : boundTo(loop, forEnd, 'float')

const boundTo = (loop: number, name: string, kind: Kind): Expression => ({
	kind: 'bound',
	loop,
	name,
	type: types[kind],
})

const as = (value: Expression, kind: Kind): Expression => convertTo(value, kind) ?? value

const both = (run: Run, left: Expression, right: Expression): Expression =>
	left.kind === 'literal' && left.value === true ? right : call(run.builder, 'shared.and', [left, right], run.span)

const numberOf = (value: number): Expression => ({ kind: 'literal', value, type: float(64) })

const stepped = (run: Run, { step }: Counter, value: Expression): Expression =>
	call(run.builder, arithmetic['+'], [as(value, 'float'), numberOf(step)], run.span)

/** Has the counter not passed its end? Never null. */
function within(run: Run, { to, step }: Counter, value: Expression): Expression {
	const test = call(
		run.builder,
		step > 0 ? 'datastage.le' : 'datastage.ge',
		[as(value, 'float'), as(to, 'float')],
		run.span,
	)
	return chosen(run.builder, test, truth(true), truth(false), run.span)
}

/** A loop of which nothing tells how often it turns ends the job when it turns too often; the old engine would go on. */
function boundsOf(run: Run, counter: Counter | undefined): Pick<LoopExpression, 'turns' | 'limit'> {
	const turns = counter && folded(turnsOf(run, counter))
	if (turns?.kind === 'literal') return { limit: Number(turns.value) }
	run.builder.problems.push({
		code: 'expression/doubtful',
		message: `the routine ${run.routine.name} has a loop whose number of turns is not known; the job ends where one takes more than ${MOST_TURNS}`,
		span: run.span,
	})
	return { limit: MOST_TURNS, ...(turns === undefined ? {} : { turns }) }
}

/** As many turns as it takes from one end to the other; one more does no harm, for it is not taken. */
function turnsOf(run: Run, { from, to, step }: Counter): Expression {
	const { builder, span } = run
	const way = call(builder, arithmetic['-'], [as(to, 'float'), as(from, 'float')], span)
	const steps = step === 1 ? way : call(builder, arithmetic['/'], [way, numberOf(step)], span)
	const turns = call(builder, arithmetic['+'], [steps, numberOf(2)], span)
	return convertTo(turns, 'int') ?? turns
}

/** The variables that those of `wanted` are computed from, turn by turn. */
function needed(variables: readonly LoopVariable[], wanted: readonly string[]): readonly LoopVariable[] {
	const names = new Set(wanted)
	for (let size = 0; size < names.size; ) {
		size = names.size
		for (const { name, next } of variables)
			if (names.has(name) && next !== undefined) for (const read of boundIn(next)) names.add(read)
	}
	return variables.filter(({ name }) => names.has(name))
}

/** Names of bound variables, those that loops within it begin or go on with among them. */
function boundIn(expression: Expression): readonly string[] {
	const names: string[] = []
	visit(expression, (part) => {
		if (part.kind === 'bound') names.push(part.name)
		if (part.kind === 'loop') names.push(...part.variables.flatMap(({ next }) => (next ? boundIn(next) : [])))
	})
	return names
}
