/** A routine that only computes, as one expression: its statements are followed with expressions in place of values. */
import type { Expression } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'
import type { Span } from '#model/provenance.ts'
import { int, text } from '#model/types.ts'
import { chosen } from './conditional.ts'
import { type Builder, problem } from './lower-call.ts'
import type { CallStatement, ForStatement, Routine, Statement } from './routine-syntax.ts'
import type { CallNode, SyntaxNode } from './syntax.ts'

type Values = ReadonlyMap<string, Expression>

/** Turns of a loop that are written out one by one, and the size of what may come of a routine. */
const MAX_TURNS = 60
const MAX_SIZE = 3000

interface Run {
	readonly builder: Builder
	readonly routine: Routine
	readonly span: Span
}

/** The value of a call, or a null with a problem that tells why the routine is no expression. */
export function inlineRoutine(builder: Builder, routine: Routine, node: CallNode): Expression {
	const name = routine.name.toLowerCase()
	const [trouble] = routine.problems
	if (trouble !== undefined) return refuse(builder, routine, node.span, trouble.message)
	if (builder.inside.includes(name) || builder.inside.length > 8)
		return refuse(builder, routine, node.span, 'it calls itself')
	if (node.args.length !== routine.parameters.length)
		return refuse(
			builder,
			routine,
			node.span,
			`it takes ${routine.parameters.length} arguments, not ${node.args.length}`,
		)
	const values = new Map<string, Expression>([['Ans', empty(node.span)]])
	for (const [at, parameter] of routine.parameters.entries()) {
		const argument = node.args[at]
		if (argument !== undefined) values.set(parameter, builder.lower(argument))
	}
	const inner: Builder = { ...builder, inside: [...builder.inside, name] }
	return follow({ builder: inner, routine, span: node.span }, routine.body, values)
}

/**
 * Variables of a subroutine when it has ended; its arguments are among them under their names. RETURN may only be its last
 * statement. Undefined, with a problem, where it does more than compute and set the user status of the job.
 */
export function followSubroutine(builder: Builder, routine: Routine, given: Values): Values | undefined {
	const run: Run = { builder, routine, span: { start: 0, end: 0 } }
	const [trouble] = routine.problems
	const last = routine.body.at(-1)
	const body = last?.kind === 'return' ? routine.body.slice(0, -1) : routine.body
	if (trouble !== undefined) refuse(builder, routine, run.span, trouble.message)
	else if (leaves(body)) refuse(builder, routine, run.span, 'it has a RETURN before its end')
	else return pass(run, body, given)
	return undefined
}

const empty = (span: Span): Expression => ({ kind: 'literal', value: '', type: text(), span })

function refuse(builder: Builder, routine: Routine, span: Span, why: string): Expression {
	return problem(builder, `the routine ${routine.name} is not translated: ${why}`, span, 'expression/unknown-function')
}

/** What the routine gives when these statements come next. */
function follow(run: Run, body: readonly Statement[], values: Values): Expression {
	const [first, ...rest] = body
	const trouble = run.builder.problems.some(({ code }) => code !== 'expression/doubtful')
	if (first === undefined || trouble) return values.get('Ans') ?? empty(run.span)
	switch (first.kind) {
		case 'return':
			return first.value === undefined ? (values.get('Ans') ?? empty(run.span)) : lower(run, first.value, values)
		case 'if': {
			const condition = lower(run, first.condition, values)
			if (!leaves(first.then) && !leaves(first.otherwise)) {
				const then = pass(run, first.then, values)
				const otherwise = pass(run, first.otherwise, values)
				return follow(run, rest, merged(run, condition, then, otherwise))
			}
			const then = follow(run, [...first.then, ...rest], values)
			const otherwise = follow(run, [...first.otherwise, ...rest], values)
			return bounded(run, chosen(run.builder, condition, then, otherwise, run.span))
		}
		case 'for': {
			const turns = turnsOf(run, first, values)
			return turns === undefined ? (values.get('Ans') ?? empty(run.span)) : follow(run, [...turns, ...rest], values)
		}
		default:
			return follow(run, rest, pass(run, [first], values))
	}
}

/** Values after statements that no RETURN leaves. */
function pass(run: Run, body: readonly Statement[], before: Values): Values {
	let values = before
	for (const one of body) {
		switch (one.kind) {
			case 'assign':
				values = new Map([...values, [one.name, bounded(run, lower(run, one.value, values))]])
				break
			case 'if': {
				const condition = lower(run, one.condition, values)
				values = merged(run, condition, pass(run, one.then, values), pass(run, one.otherwise, values))
				break
			}
			case 'for':
				values = pass(run, turnsOf(run, one, values) ?? [], values)
				break
			case 'loop':
				refuse(run.builder, run.routine, run.span, 'it has a LOOP, whose number of turns is not known')
				break
			case 'call':
				values = called(run, one, values)
				break
			case 'other':
				refuse(run.builder, run.routine, run.span, `it has the statement ${one.word}, which does more than compute`)
				break
			case 'return':
				break
		}
	}
	return values
}

/** Subroutines that write to the log of the old engine, which nothing else reads. */
const logging: ReadonlySet<string> = new Set(['dsloginfo', 'dslogwarn', 'dslogtocontroller'])

/** Name under which the user status stands among the variables: none of BASIC can be called so. */
export const userStatus = '$UserStatus'

function called(run: Run, { name, args }: CallStatement, values: Values): Values {
	const { builder, routine, span } = run
	const key = name.toLowerCase()
	const [first] = args
	if (key === 'dssetuserstatus' && first !== undefined && values.has(userStatus))
		return new Map([...values, [userStatus, lower(run, first, values)]])
	if (logging.has(key)) {
		const message = `${routine.name} writes to the log by ${name}, which is left out`
		builder.problems.push({ code: 'expression/doubtful', message, span })
	} else refuse(builder, routine, span, `it calls ${name}, which does more than compute`)
	return values
}

const lower = (run: Run, node: SyntaxNode, values: Values): Expression => {
	const { routines } = run.builder.symbols
	const symbols = { columns: new Map(), parameters: new Map(), values, ...(routines === undefined ? {} : { routines }) }
	const known = run.builder.problems.length
	const value = run.builder.within(node, symbols, run.builder.inside)
	const trouble = run.builder.problems.slice(known).find(({ code }) => code !== 'expression/doubtful')
	// Places inside a routine mean nothing in the expression that calls it.
	if (trouble !== undefined) run.builder.problems.splice(known, Infinity, located(run, trouble.message))
	return withoutSpans(value)
}

const located = ({ routine, span }: Run, message: string) =>
	({
		code: 'expression/unknown-function',
		message: `the routine ${routine.name} is not translated: ${message}`,
		span,
	}) as const

function withoutSpans(expression: Expression): Expression {
	const { span: _span, ...rest } = expression
	return rest
}

/** Does a RETURN stand somewhere in it? */
const leaves = (body: readonly Statement[]): boolean =>
	body.some((one) => {
		if (one.kind === 'if') return leaves(one.then) || leaves(one.otherwise)
		return one.kind === 'return' || ((one.kind === 'for' || one.kind === 'loop') && leaves(one.body))
	})

/** Variables that differ after the two branches; one that only a branch sets is unknown after the other. */
function merged(run: Run, condition: Expression, then: Values, otherwise: Values): Values {
	const values = new Map<string, Expression>()
	for (const [name, first] of then) {
		const second = otherwise.get(name)
		if (second === undefined) continue
		const same = first === second
		values.set(name, same ? first : bounded(run, chosen(run.builder, condition, first, second, run.span)))
	}
	return values
}

/** The body once for each turn, where the bounds are constants. */
function turnsOf(run: Run, loop: ForStatement, values: Values): readonly Statement[] | undefined {
	const [from, to, step] = [loop.from, loop.to, loop.step].map((node) =>
		node === undefined ? 1 : constantOf(lower(run, node, values)),
	)
	if (from === undefined || to === undefined || step === undefined || step === 0) {
		refuse(run.builder, run.routine, run.span, 'it has a FOR whose number of turns is not known')
		return undefined
	}
	const turns = Math.floor((to - from) / step) + 1
	if (turns > MAX_TURNS) {
		refuse(run.builder, run.routine, run.span, `it has a FOR of more than ${MAX_TURNS} turns`)
		return undefined
	}
	return Array.from({ length: Math.max(turns, 0) }, (_none, turn) => from + turn * step).flatMap((value) => [
		{ kind: 'assign', name: loop.variable, value: numberNode(value, loop.span), span: loop.span } as const,
		...loop.body,
	])
}

const numberNode = (value: number, span: Span): SyntaxNode => {
	const size: SyntaxNode = { kind: 'number', digits: String(Math.abs(value)), span }
	return value < 0 ? { kind: 'sign', operator: '-', operand: size, span } : size
}

function constantOf(expression: Expression): number | undefined {
	if (expression.kind !== 'literal') return undefined
	const { value } = expression
	if (typeof value === 'bigint') return Number(value)
	return typeof value === 'number' && Number.isInteger(value) ? value : undefined
}

function bounded(run: Run, value: Expression): Expression {
	let size = 0
	visit(value, () => (size += 1))
	if (size <= MAX_SIZE) return value
	refuse(run.builder, run.routine, run.span, `it becomes an expression of more than ${MAX_SIZE} parts`)
	return { kind: 'literal', value: 0n, type: int(32), span: run.span }
}
