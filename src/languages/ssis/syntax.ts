/** What the parser makes of an expression's text. */
import type { DiagnosticCode } from '#model/diagnostic-codes.ts'
import type { Span } from '#model/provenance.ts'
import type { ErrorKind } from '#model/values.ts'
import type { Literal } from './literal.ts'
import type { SsisType } from './types.ts'

export const binaryOperators = [
	'||',
	'&&',
	'|',
	'^',
	'&',
	'==',
	'!=',
	'<',
	'>',
	'<=',
	'>=',
	'+',
	'-',
	'*',
	'/',
	'%',
] as const
export type BinaryOperator = (typeof binaryOperators)[number]
export type UnaryOperator = '-' | '!' | '~'

export type Node =
	| { readonly kind: 'literal'; readonly literal: Literal; readonly span: Span }
	/** `component`: written before a dot, or `lineage`: by id instead of name. */
	| { readonly kind: 'column'; readonly name: string; readonly component?: string; readonly span: Span }
	| { readonly kind: 'lineage'; readonly id: string; readonly span: Span }
	| VariableNode
	| { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[]; readonly span: Span }
	| { readonly kind: 'null'; readonly type: SsisType; readonly span: Span }
	| { readonly kind: 'cast'; readonly type: SsisType; readonly operand: Node; readonly span: Span }
	| { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Node; readonly span: Span }
	| {
			readonly kind: 'binary'
			readonly operator: BinaryOperator
			readonly left: Node
			readonly right: Node
			readonly span: Span
	  }
	| {
			readonly kind: 'conditional'
			readonly condition: Node
			readonly then: Node
			readonly otherwise: Node
			readonly span: Span
	  }
	/** Stands where something could not be read; a problem tells what. */
	| { readonly kind: 'error'; readonly span: Span }

export interface VariableNode {
	readonly kind: 'variable'
	/** `User`, `System`, `$Package`, `$Project`; absent in the short form. */
	readonly namespace?: string
	readonly name: string
	readonly span: Span
}

/** Why an expression was not understood, with its place in the text. */
export interface ExpressionProblem {
	/** How the engine would refuse it: bad text, bad types, or a constant that is out of range. */
	readonly kind: ErrorKind
	readonly code: Extract<DiagnosticCode, `expression/${string}`>
	readonly message: string
	readonly span: Span
}
