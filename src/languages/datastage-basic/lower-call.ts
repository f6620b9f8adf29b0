/** Calls of catalogue operations: arity, conversion of the arguments, result type. */
import type { Expression } from '#model/expressions.ts'
import type { Span } from '#model/provenance.ts'
import { type DataType, text } from '#model/types.ts'
import type { Arguments, Operation } from '../catalogue.ts'
import { isTypeProblem } from '../catalogue.ts'
import { parallelOperations } from '../datastage-parallel/operations.ts'
import type { ExpressionProblem } from '../datastage-parallel/syntax.ts'
import { sharedOperations } from '../shared/operations.ts'
import { spelled } from '../spelled.ts'
import { type BasicKind, convertTo } from './coerce.ts'
import { basicOperations } from './operations.ts'
import type { BasicSymbols } from './symbols.ts'
import type { SyntaxNode } from './syntax.ts'

export interface Builder {
	readonly symbols: BasicSymbols
	readonly problems: ExpressionProblem[]
	/** Routines that are being inlined, so that none calls itself. */
	readonly inside: readonly string[]
	/** Loops that have been made so far: each has a number of its own. */
	readonly made: { loops: number }
	readonly lower: (node: SyntaxNode) => Expression
	/** Lowers a tree among other names: the body of a routine has its variables as values. */
	readonly within: (node: SyntaxNode, symbols: BasicSymbols, inside: readonly string[]) => Expression
}

const operations: ReadonlyMap<string, Operation> = new Map(
	[...sharedOperations, ...parallelOperations, ...basicOperations].map((entry) => [entry.id, entry]),
)

/** Stands for an expression that failed; the problem that is reported makes the whole opaque. */
export function problem(
	builder: Builder,
	message: string,
	span: Span,
	code: ExpressionProblem['code'] = 'expression/type',
): Expression {
	builder.problems.push({ code, message, span })
	return { kind: 'literal', value: null, type: text(), span }
}

const kinds: readonly BasicKind[] = ['string', 'float', 'int', 'boolean']

/** A call, or a null with a problem reported. Numbers are wanted as doubles where an operation takes any. */
export function call(builder: Builder, id: string, given: readonly Expression[], span: Span): Expression {
	const meaning = operations.get(id)
	if (meaning === undefined) throw new Error(`no operation has the id ${id}`)
	const name = id.slice(id.indexOf('.') + 1)
	const least = meaning.parameters.filter((parameter) => parameter.optional !== true).length
	if (given.length < least || given.length > meaning.parameters.length)
		return problem(builder, `${name} does not take ${given.length} arguments`, span)
	const args: Expression[] = []
	for (const [at, argument] of given.entries()) {
		const parameter = meaning.parameters[at]
		if (parameter === undefined) continue
		const converted = argumentOf(argument, parameter.kinds)
		if (converted === undefined) return problem(builder, `${name} does not take this ${parameter.name}`, span)
		if (parameter.literal === true && converted.kind !== 'literal')
			return problem(builder, `${name} takes a constant as its ${parameter.name}`, span)
		args.push(converted)
	}
	const literals = args.map((argument) => (argument.kind === 'literal' ? argument.value : undefined))
	const type = meaning.result(args.map((argument) => argument.type) as unknown as Arguments<DataType>, literals)
	if (isTypeProblem(type)) return problem(builder, type.problem, span)
	return spelled({ kind: 'call', operation: id, args, type, span })
}

function argumentOf(argument: Expression, wanted: readonly DataType['kind'][]): Expression | undefined {
	const mixed = wanted.length > 1 && wanted.includes('float') && argument.type.kind === 'int'
	if (mixed) return convertTo(argument, 'float')
	if (wanted.includes(argument.type.kind)) return argument
	const kind = kinds.find((one) => wanted.includes(one))
	return kind === undefined ? undefined : convertTo(argument, kind)
}
