/** The untyped tree of a parallel Transformer expression, as written. */
import type { DiagnosticCode } from '#model/diagnostic-codes.ts'
import type { Span } from '#model/provenance.ts'

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '^'
export type ComparisonOperator = '=' | '<>' | '<' | '>' | '<=' | '>='

interface NodeBase {
	readonly span: Span
}
export interface TextNode extends NodeBase {
	readonly kind: 'text'
	readonly value: string
}
export interface NumberNode extends NodeBase {
	readonly kind: 'number'
	readonly digits: string
}
/** `link.column`, a variable, a parameter, a macro, or `@NAME`. */
export interface NameNode extends NodeBase {
	readonly kind: 'name'
	readonly name: string
}
export interface CallNode extends NodeBase {
	readonly kind: 'call'
	readonly name: string
	readonly args: readonly SyntaxNode[]
}
export interface UnaryNode extends NodeBase {
	readonly kind: 'unary'
	readonly operator: '-' | '+' | 'not'
	readonly operand: SyntaxNode
}
export interface BinaryNode extends NodeBase {
	readonly kind: 'binary'
	readonly operator: ArithmeticOperator | ComparisonOperator | ':' | 'and' | 'or'
	readonly left: SyntaxNode
	readonly right: SyntaxNode
}
/** `operand[start, length]`. */
export interface SubstringNode extends NodeBase {
	readonly kind: 'substring'
	readonly operand: SyntaxNode
	readonly start: SyntaxNode
	readonly length: SyntaxNode
}
export interface IfNode extends NodeBase {
	readonly kind: 'if'
	readonly condition: SyntaxNode
	readonly then: SyntaxNode
	readonly otherwise: SyntaxNode
}
/** Something that could not be read; a problem tells why. */
export interface BrokenNode extends NodeBase {
	readonly kind: 'broken'
}

export type SyntaxNode =
	| TextNode
	| NumberNode
	| NameNode
	| CallNode
	| UnaryNode
	| BinaryNode
	| SubstringNode
	| IfNode
	| BrokenNode

/** What is wrong with an expression, and where in its text. */
export interface ExpressionProblem {
	readonly code: Extract<DiagnosticCode, `expression/${string}`>
	readonly message: string
	readonly span: Span
}

export interface Parsed {
	readonly tree: SyntaxNode
	readonly problems: readonly ExpressionProblem[]
}
