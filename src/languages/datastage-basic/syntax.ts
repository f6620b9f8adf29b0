/** The untyped tree of a BASIC expression, as written. */
import type { Span } from '#model/provenance.ts'
import type { ExpressionProblem } from '../datastage-parallel/syntax.ts'

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
export interface SignNode extends NodeBase {
	readonly kind: 'sign'
	readonly operator: '-' | '+'
	readonly operand: SyntaxNode
}
export interface BinaryNode extends NodeBase {
	readonly kind: 'binary'
	readonly operator: ArithmeticOperator | ComparisonOperator | ':' | 'and' | 'or' | 'matches'
	readonly left: SyntaxNode
	readonly right: SyntaxNode
}
/** `x[start, length]`, `x[last]`, `x[delimiter, occurrence, fields]`: one to three parts. */
export interface BracketNode extends NodeBase {
	readonly kind: 'bracket'
	readonly operand: SyntaxNode
	readonly parts: readonly SyntaxNode[]
}
/** `x<field, value, subvalue>`. */
export interface ElementNode extends NodeBase {
	readonly kind: 'element'
	readonly operand: SyntaxNode
	readonly parts: readonly SyntaxNode[]
}
/** `x "10R2"`: a value formatted. */
export interface FormatNode extends NodeBase {
	readonly kind: 'format'
	readonly operand: SyntaxNode
	readonly format: SyntaxNode
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
	| SignNode
	| BinaryNode
	| BracketNode
	| ElementNode
	| FormatNode
	| IfNode
	| BrokenNode

export interface Parsed {
	readonly tree: SyntaxNode
	readonly problems: readonly ExpressionProblem[]
}

/** Names that an expression reads. */
export function namesIn(node: SyntaxNode): readonly string[] {
	switch (node.kind) {
		case 'name':
			return [node.name]
		case 'call':
			return node.args.flatMap(namesIn)
		case 'sign':
			return namesIn(node.operand)
		case 'binary':
			return [node.left, node.right].flatMap(namesIn)
		case 'bracket':
		case 'element':
			return [node.operand, ...node.parts].flatMap(namesIn)
		case 'format':
			return [node.operand, node.format].flatMap(namesIn)
		case 'if':
			return [node.condition, node.then, node.otherwise].flatMap(namesIn)
		case 'text':
		case 'number':
		case 'broken':
			return []
	}
}
