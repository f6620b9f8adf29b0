/** What following a routine has at hand: the values of its variables, and how it says that it cannot go on. */
import type { Expression } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'
import type { Span } from '#model/provenance.ts'
import { int, text } from '#model/types.ts'
import { chosen } from './conditional.ts'
import { folded } from './fold.ts'
import { type Builder, problem } from './lower-call.ts'
import type { Routine } from './routine-syntax.ts'
import type { SyntaxNode } from './syntax.ts'

export type Values = ReadonlyMap<string, Expression>

/** Size of what may come of a routine, and of how many statements. */
const MAX_SIZE = 3000
const MAX_STATEMENTS = 4000

export interface Run {
	readonly builder: Builder
	readonly routine: Routine
	readonly span: Span
	/** Parts of the routine that are followed by themselves inside of each other. */
	readonly depth: number
	/** It is only tried whether writing out the turns of a loop comes to an end. */
	readonly isTrial: boolean
	readonly count: {
		statements: number
		/** Turns of loops that begin only where a value of the row says so. */
		openTurns: number
	}
}

export const firstRun = (builder: Builder, routine: Routine, span: Span): Run => ({
	builder,
	routine,
	span,
	depth: 0,
	isTrial: false,
	count: { statements: 0, openTurns: 0 },
})

export const emptyText = (span: Span): Expression => ({ kind: 'literal', value: '', type: text(), span })

export function refuse(run: Run, why: string): void {
	problem(
		run.builder,
		`the routine ${run.routine.name} is not translated: ${why}`,
		run.span,
		'expression/unknown-function',
	)
}

export const isInTrouble = ({ builder }: Run): boolean =>
	builder.problems.some(({ code }) => code !== 'expression/doubtful')

/** What `follow` gives, or undefined with all problems taken back where there were any. */
export function tried(run: Run, follow: (run: Run) => Values): Values | undefined {
	const { problems } = run.builder
	const [known, statements, openTurns] = [problems.length, run.count.statements, run.count.openTurns]
	const values = follow({ ...run, isTrial: true })
	if (!problems.slice(known).some(({ code }) => code !== 'expression/doubtful')) return values
	problems.splice(known)
	run.count.statements = statements
	run.count.openTurns = openTurns
	return undefined
}

/** Counts a statement; false, with a problem, where there have been too many. */
export function mayGoOn(run: Run): boolean {
	if (isInTrouble(run)) return false
	run.count.statements += 1
	if (run.count.statements <= MAX_STATEMENTS && run.depth < 100) return true
	refuse(run, run.count.openTurns > 0 ? unknownTurns : 'its jumps do not come to an end')
	return false
}

export const unknownTurns = 'it has a LOOP, whose number of turns is not known'

/** The value of an expression of the routine. */
export function valueIn(run: Run, node: SyntaxNode, values: Values): Expression {
	const { routines } = run.builder.symbols
	const symbols = { columns: new Map(), parameters: new Map(), values, ...(routines === undefined ? {} : { routines }) }
	const known = run.builder.problems.length
	const value = run.builder.within(node, symbols, run.builder.inside)
	const trouble = run.builder.problems.slice(known).find(({ code }) => code !== 'expression/doubtful')
	// Places inside a routine mean nothing in the expression that calls it.
	if (trouble !== undefined) run.builder.problems.splice(known, Infinity, located(run, trouble.message))
	return bounded(run, withoutSpan(folded(value)))
}

const located = ({ routine, span }: Run, message: string) =>
	({
		code: 'expression/unknown-function',
		message: `the routine ${routine.name} is not translated: ${message}`,
		span,
	}) as const

function withoutSpan(expression: Expression): Expression {
	const { span: _span, ...rest } = expression
	return rest
}

/** Variables that differ after the two branches; one that only a branch sets is unknown after the other. */
export function merged(run: Run, condition: Expression, then: Values, otherwise: Values): Values {
	const values = new Map<string, Expression>()
	for (const [name, first] of then) {
		const second = otherwise.get(name)
		if (second === undefined) continue
		const same = first === second
		values.set(name, same ? first : bounded(run, chosen(run.builder, condition, first, second, run.span)))
	}
	return values
}

/** What a loop does in a turn counts as well. */
function sizeOf(value: Expression): number {
	let size = 0
	visit(value, (part) => {
		size += 1
		if (part.kind === 'loop') for (const { next } of part.variables) size += next === undefined ? 0 : sizeOf(next)
	})
	return size
}

function bounded(run: Run, value: Expression): Expression {
	if (sizeOf(value) <= MAX_SIZE) return value
	refuse(run, run.count.openTurns > 0 ? unknownTurns : `it becomes an expression of more than ${MAX_SIZE} parts`)
	return { kind: 'literal', value: 0n, type: int(32), span: run.span }
}
