/** The way through a routine: each statement changes the values of variables, and loops and jumps tell what comes next. */
import type { Expression } from '#model/expressions.ts'
import type { Span } from '#model/provenance.ts'
import { boolean, int } from '#model/types.ts'
import { convertTo } from './coerce.ts'
import { called } from './routine-calls.ts'
import { changes, labelled, leaves } from './routine-leaving.ts'
import type { Counter } from './routine-loops.ts'
import { goesOn, looped } from './routine-loops.ts'
import type { Run, Values } from './routine-run.ts'
import { emptyText, isInTrouble, mayGoOn, merged, refuse, tried, unknownTurns, valueIn } from './routine-run.ts'
import type { ForStatement, Statement } from './routine-syntax.ts'
import { namesIn } from './syntax.ts'

/** Turns of a loop that are written out one by one. */
const MAX_TURNS = 60
/** The value of a function that has ended, among its variables: none of BASIC can be called so. */
const result = '$Result'

/** What comes after the statements at hand. */
type Next =
	/** A part that is followed by itself ends. */
	| { readonly kind: 'stop' }
	/** The routine ends; a function has its value only then, of a subroutine all variables count. */
	| { readonly kind: 'end'; readonly wanted: 'value' | 'variables' }
	| { readonly kind: 'statements'; readonly body: readonly Statement[]; readonly at: number; readonly next: Next }
	/** A GOSUB goes on. */
	| { readonly kind: 'back'; readonly next: Next }
	/** A turn that stands for all turns of its loop has ended. */
	| { readonly kind: 'over' }
	/** A turn of a loop has ended. */
	| { readonly kind: 'turn'; readonly loop: Loop; readonly next: Next }

interface Loop {
	readonly body: readonly Statement[]
	readonly turns: number
	/** Of a FOR: its variable and where it ends. */
	readonly counter: { readonly name: string; readonly to: number; readonly step: number } | undefined
}

type Stop = { readonly done: Values }
type Move = Stop | { readonly values: Values; readonly next: Next }

const listed = (body: readonly Statement[], next: Next): Next => ({ kind: 'statements', body, at: 0, next })
const stop: Next = { kind: 'stop' }

/** Values when the whole routine has been followed. */
export function followed(run: Run, values: Values, wanted: 'value' | 'variables'): Values {
	return walk(run, listed(run.routine.body, { kind: 'end', wanted }), values)
}

/** What a function has given. */
export const given = (values: Values, span: Span): Expression => values.get(result) ?? emptyText(span)

function walk(run: Run, first: Next, before: Values): Values {
	let [next, values] = [first, before]
	for (;;) {
		const move = step(run, next, values)
		if ('done' in move) return move.done
		next = move.next
		values = move.values
	}
}

/** A part by itself, up to the end of `next`. */
const apart = (run: Run, next: Next, values: Values): Values => walk({ ...run, depth: run.depth + 1 }, next, values)

function step(run: Run, next: Next, values: Values): Move {
	switch (next.kind) {
		case 'stop':
			return { done: values }
		case 'end':
			return ended(run, next.wanted, values, undefined)
		case 'back':
			// A subroutine without RETURN goes on to the end of the routine, which returns.
			return { values, next: next.next }
		case 'over':
			return over(values, true)
		case 'turn':
			return turn(run, next.loop, next.next, values)
		case 'statements': {
			const one = next.body[next.at]
			if (one === undefined) return { values, next: next.next }
			if (!mayGoOn(run)) return { done: values }
			return statement(run, one, { ...next, at: next.at + 1 }, values)
		}
	}
}

function ended(run: Run, wanted: 'value' | 'variables', values: Values, value: Expression | undefined): Stop {
	if (wanted === 'variables') return { done: values }
	return { done: new Map([[result, value ?? values.get('Ans') ?? emptyText(run.span)]]) }
}

function statement(run: Run, one: Statement, next: Next, values: Values): Move {
	switch (one.kind) {
		case 'assign':
			return { values: new Map([...values, [one.name, valueIn(run, one.value, values)]]), next }
		case 'call':
			return { values: called(run, one, values), next }
		case 'if':
			return branches(run, valueIn(run, one.condition, values), [one.then, one.otherwise], next, values)
		case 'for':
			return counted(run, one, next, values)
		case 'loop':
			return loop(run, { body: one.body, turns: 0, counter: undefined }, next, values)
		case 'while': {
			const condition = valueIn(run, one.condition, values)
			const bounds: readonly Statement[] = [{ kind: 'exit', span: one.span }]
			if (condition.kind !== 'literal') run.count.openTurns += 1
			return branches(run, condition, one.until ? [bounds, []] : [[], bounds], next, values)
		}
		case 'exit':
		case 'continue':
			return left(run, one.kind, next, values)
		case 'gosub':
		case 'goto':
			return jumped(run, one.kind, one.label, next, values)
		case 'return':
			return returned(run, one.value && valueIn(run, one.value, values), next, values)
		case 'label':
			return { values, next }
		case 'other':
			refuse(run, reasonOf(one.word))
			return { done: values }
	}
}

function reasonOf(word: string): string {
	if (/^com(?:mon)?$/i.test(word)) return 'it keeps values from one call to the next (COMMON)'
	return `it has the statement ${word}, which does more than compute`
}

/** Branches that come back to the same place are followed apart, so that what comes next is there once. */
function branches(
	run: Run,
	condition: Expression,
	[then, otherwise]: readonly [readonly Statement[], readonly Statement[]],
	next: Next,
	values: Values,
): Move {
	const test = convertTo(condition, 'boolean')
	if (test?.kind === 'literal') return { values, next: listed(test.value === true ? then : otherwise, next) }
	const split = leaves(run.routine, then) || leaves(run.routine, otherwise)
	const [first, second] = [then, otherwise].map((body) => apart(run, listed(body, split ? next : stop), values))
	if (first === undefined || second === undefined) return { done: values }
	const both = merged(run, condition, first, second)
	return split ? { done: both } : { values: both, next }
}

/** Turns are written out one by one where that comes to an end; otherwise one of them stands for all. */
function loop(run: Run, first: Loop, next: Next, values: Values): Move {
	if (leaves(run.routine, first.body, 'loop')) return { values, next: { kind: 'turn', loop: first, next } }
	const follow = (on: Run): Values => apart(on, { kind: 'turn', loop: first, next: stop }, values)
	if (run.isTrial) return { values: follow(run), next }
	const known = tried(run, follow)
	if (known !== undefined) return { values: known, next }
	const from = first.counter && values.get(first.counter.name)
	const counter = first.counter && from && { ...first.counter, from, to: number(first.counter.to) }
	return { values: unwritten(run, first.body, counter, values), next }
}

const unwritten = (run: Run, body: readonly Statement[], counter: Counter | undefined, values: Values): Values =>
	looped(run, counter, values, (bound) => apart(run, listed(body, { kind: 'over' }), bound))

const over = (values: Values, on: boolean): Stop => ({
	done: new Map([...values, [goesOn, { kind: 'literal', value: on, type: boolean }]]),
})

/** The next turn of a loop, or what comes behind it. */
function turn(run: Run, { body, turns, counter }: Loop, next: Next, values: Values): Move {
	const again: Next = listed(body, { kind: 'turn', loop: { body, turns: turns + 1, counter }, next })
	if (turns > MAX_TURNS) {
		refuse(run, unknownTurns)
		return { done: values }
	}
	if (counter === undefined || turns === 0) return { values, next: again }
	const { name, to, step: by } = counter
	const last = constantOf(values.get(name))
	if (last === undefined) {
		refuse(run, 'it has a FOR whose number of turns is not known')
		return { done: values }
	}
	const value = last + by
	if (by > 0 ? value > to : value < to) return { values, next }
	return { values: new Map([...values, [name, number(value)]]), next: again }
}

/** FOR: its turns are written out where they are few and known. */
function counted(run: Run, one: ForStatement, next: Next, values: Values): Move {
	const [from, to, step] = [one.from, one.to, one.step].map((node) =>
		node === undefined ? number(1) : valueIn(run, node, values),
	)
	const [first, last, by] = [from, to, step].map(constantOf)
	if (isInTrouble(run) || from === undefined || to === undefined) return { done: values }
	if (by === undefined || by === 0) {
		refuse(run, 'it has a FOR whose STEP is not known')
		return { done: values }
	}
	const turns = first === undefined || last === undefined ? undefined : Math.floor((last - first) / by) + 1
	if (turns !== undefined && turns <= 0) return { values, next }
	if (last === undefined || turns === undefined || turns > MAX_TURNS) {
		const problem = unwritable(run, one)
		if (problem !== undefined) refuse(run, problem)
		const counter = { name: one.variable, from, to, step: by }
		return problem === undefined ? { values: unwritten(run, one.body, counter, values), next } : { done: values }
	}
	const counter = { name: one.variable, to: last, step: by }
	return loop(run, { body: one.body, turns: 0, counter }, next, new Map([...values, [one.variable, from]]))
}

/** Why one turn of a FOR cannot stand for all. Whether TO is computed anew before each turn is not documented. */
function unwritable({ routine }: Run, { body, to, variable }: ForStatement): string | undefined {
	if (leaves(routine, body, 'loop')) return 'it leaves a FOR whose number of turns is not known by RETURN or GOTO'
	const changed = changes(routine, body)
	return namesIn(to).some((name) => name === variable || changed.has(name))
		? 'it has a FOR whose end changes with its turns'
		: undefined
}

/** EXIT goes behind the loop around it, CONTINUE to its next turn. */
function left(run: Run, how: 'exit' | 'continue', from: Next, values: Values): Move {
	let next = from
	while (next.kind === 'statements') next = next.next
	if (next.kind === 'turn') return { values, next: how === 'exit' ? next.next : next }
	if (next.kind === 'over') return over(values, how === 'continue')
	refuse(run, `it has ${how.toUpperCase()}, WHILE or UNTIL outside of a loop`)
	return { done: values }
}

function jumped(run: Run, how: 'gosub' | 'goto', label: string, next: Next, values: Values): Move {
	const body = labelled(run.routine, label)
	if (body === undefined) {
		refuse(run, `it jumps to the label ${label}, which does not stand among its outermost statements`)
		return { done: values }
	}
	if (how === 'goto') return { values, next: listed(body, returnOf(next)) }
	if (leaves(run.routine, [{ kind: 'gosub', label, span: run.span }]))
		return { values, next: listed(body, { kind: 'back', next }) }
	return { values: apart(run, listed(body, { kind: 'back', next: stop }), values), next }
}

/** Where RETURN goes. */
function returnOf(from: Next): Next {
	let next = from
	while (next.kind === 'statements' || next.kind === 'turn') next = next.next
	return next
}

function returned(run: Run, value: Expression | undefined, next: Next, values: Values): Move {
	const target = returnOf(next)
	if (target.kind === 'end') return ended(run, target.wanted, values, value)
	if (value === undefined) return { values, next: target }
	refuse(run, 'it returns a value from within a GOSUB')
	return { done: values }
}

const number = (value: number): Expression => ({ kind: 'literal', value: BigInt(value), type: int(32) })

function constantOf(expression: Expression | undefined): number | undefined {
	if (expression?.kind !== 'literal') return undefined
	const { value } = expression
	if (typeof value === 'bigint') return Number(value)
	return typeof value === 'number' && Number.isInteger(value) ? value : undefined
}
