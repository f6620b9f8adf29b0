/** Calls of catalogue operations: arity, conversion of the arguments, result type. */
import type { CallExpression, Expression } from '#model/expressions.ts'
import type { Span } from '#model/provenance.ts'
import { type DataType, text, typeName } from '#model/types.ts'
import type { Arguments, Operation } from '../catalogue.ts'
import { isTypeProblem } from '../catalogue.ts'
import { sharedOperations } from '../shared/operations.ts'
import { spelled } from '../spelled.ts'
import { convertTo, isNull, usualType } from './coerce.ts'
import { parallelOperations } from './operations.ts'
import type { ParallelSymbols } from './symbols.ts'
import type { ExpressionProblem, SyntaxNode } from './syntax.ts'

export interface Builder {
	readonly symbols: ParallelSymbols
	readonly problems: ExpressionProblem[]
	readonly lower: (node: SyntaxNode, target?: DataType) => Expression
}

const operations: ReadonlyMap<string, Operation> = new Map(
	[...sharedOperations, ...parallelOperations].map((entry) => [entry.id, entry]),
)

export const hasOperation = (id: string): boolean => operations.has(id)

/** An expression that stands for a failed one; the problem that is reported makes the whole opaque. */
export const unusable = (span: Span): Expression => ({ kind: 'literal', value: null, type: text(), span })

/** A call, or a null with a problem reported. `as` is a result type that the place demands. */
export function call(
	builder: Builder,
	id: string,
	given: readonly Expression[],
	span: Span,
	as?: DataType,
): Expression {
	const meaning = operations.get(id)
	if (meaning === undefined) throw new Error(`no operation has the id ${id}`)
	const report = (message: string): Expression => {
		builder.problems.push({ code: 'expression/type', message, span })
		return unusable(span)
	}
	const name = id.slice(id.indexOf('.') + 1)
	const least = meaning.parameters.filter((parameter) => parameter.optional !== true).length
	if (given.length < least || given.length > meaning.parameters.length) {
		return report(
			`${name} takes ${least === meaning.parameters.length ? least : `${least} to ${meaning.parameters.length}`} arguments, not ${given.length}`,
		)
	}
	const args: Expression[] = []
	for (const [at, argument] of given.entries()) {
		const parameter = meaning.parameters[at]
		const [first] = parameter?.kinds ?? []
		if (parameter === undefined || first === undefined) return report(`${name} takes fewer arguments`)
		if (parameter.literal === true && argument.kind !== 'literal')
			return report(`${name} takes a constant as its ${parameter.name}`)
		const fits = parameter.kinds.includes(argument.type.kind) && !(isNull(argument) && parameter.kinds.length === 1)
		const converted = fits ? argument : convertTo(argument, usualType(first))
		if (converted === undefined)
			return report(`${name} does not take a ${typeName(argument.type)} as its ${parameter.name}`)
		args.push(converted)
	}
	const literals = args.map((argument) => (argument.kind === 'literal' ? argument.value : undefined))
	const type = meaning.result(args.map((argument) => argument.type) as unknown as Arguments<DataType>, literals)
	if (isTypeProblem(type)) return report(type.problem)
	const expression: CallExpression = { kind: 'call', operation: id, args, type: as ?? type, span }
	return spelled(expression)
}
