import type { Expression } from '#model/expressions.ts'
import type { Span } from '#model/provenance.ts'
import { convertTo, meet } from './coerce.ts'
import { type Builder, problem } from './lower-call.ts'

/** A condition that is null takes the Else branch (IBM: DataStage BASIC, logical operators). */
export function chosen(
	builder: Builder,
	condition: Expression,
	then: Expression,
	otherwise: Expression,
	span: Span,
): Expression {
	const kind = meet(then, otherwise)
	const test = convertTo(condition, 'boolean')
	const [first, second] = [convertTo(then, kind), convertTo(otherwise, kind)]
	// `CASE @TRUE` is how CASE says otherwise.
	if (test?.kind === 'literal') return test.value === true ? then : otherwise
	if (test === undefined || first === undefined || second === undefined)
		return problem(builder, 'the branches of If do not fit', span)
	return { kind: 'if', condition: test, then: first, otherwise: second, onNull: 'otherwise', type: first.type, span }
}
