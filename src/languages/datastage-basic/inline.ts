/** A routine that only computes, as one expression: its statements are followed with expressions in place of values. */
import type { Expression } from '#model/expressions.ts'
import type { Span } from '#model/provenance.ts'
import { type Builder, problem } from './lower-call.ts'
import { emptyText, firstRun, type Values } from './routine-run.ts'
import type { Routine } from './routine-syntax.ts'
import { followed, given } from './routine-walk.ts'
import type { CallNode } from './syntax.ts'

/** The value of a call, or a null with a problem that tells why the routine is no expression. */
export function inlineRoutine(builder: Builder, routine: Routine, node: CallNode): Expression {
	const name = routine.name.toLowerCase()
	const refuse = (why: string): Expression => refused(builder, routine, node.span, why)
	const [trouble] = routine.problems
	if (trouble !== undefined) return refuse(trouble.message)
	if (builder.inside.includes(name) || builder.inside.length > 8) return refuse('it calls itself')
	if (node.args.length !== routine.parameters.length)
		return refuse(`it takes ${routine.parameters.length} arguments, not ${node.args.length}`)
	const values = new Map<string, Expression>([['Ans', emptyText(node.span)]])
	for (const [at, parameter] of routine.parameters.entries()) {
		const argument = node.args[at]
		if (argument !== undefined) values.set(parameter, builder.lower(argument))
	}
	const inner: Builder = { ...builder, inside: [...builder.inside, name] }
	return given(followed(firstRun(inner, routine, node.span), values, 'value'), node.span)
}

/**
 * Variables of a subroutine when it has ended; its arguments are among them under their names. Undefined, with a problem, where it
 * does more than compute and set the user status of the job.
 */
export function followSubroutine(builder: Builder, routine: Routine, before: Values): Values | undefined {
	const span: Span = { start: 0, end: 0 }
	const [trouble] = routine.problems
	if (trouble === undefined) return followed(firstRun(builder, routine, span), before, 'variables')
	refused(builder, routine, span, trouble.message)
	return undefined
}

const refused = (builder: Builder, { name }: Routine, span: Span, why: string): Expression =>
	problem(builder, `the routine ${name} is not translated: ${why}`, span, 'expression/unknown-function')
