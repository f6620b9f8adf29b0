import type { Span } from './provenance.ts'
import type { DataType } from './types.ts'
import type { Value } from './values.ts'

interface ExpressionBase {
	readonly type: DataType
	/** Where in the source text it stands. */
	readonly span?: Span
}

export interface LiteralExpression extends ExpressionBase {
	readonly kind: 'literal'
	readonly value: Value
}

/** A column of the operator's (main) input, or one derived earlier in the same operator where that works one by one. */
export interface ColumnExpression extends ExpressionBase {
	readonly kind: 'column'
	readonly name: string
}

/** A job parameter, by its full name (`Set.Param` for a member of a parameter set). Its value is fixed for a run. */
export interface ParameterExpression extends ExpressionBase {
	readonly kind: 'parameter'
	readonly name: string
}

/** A variable of the control flow (SSIS `User::X`), read when the data flow starts. */
export interface VariableExpression extends ExpressionBase {
	readonly kind: 'variable'
	readonly name: string
}

/** An operation of the catalogue applied to arguments. */
export interface CallExpression extends ExpressionBase {
	readonly kind: 'call'
	readonly operation: string
	readonly args: readonly Expression[]
}

/** Only the chosen branch is evaluated. `onNull`: what a null condition yields (DataStage: the else branch; SSIS: null). */
export interface IfExpression extends ExpressionBase {
	readonly kind: 'if'
	readonly condition: Expression
	readonly then: Expression
	readonly otherwise: Expression
	readonly onNull: 'otherwise' | 'null'
}

/** Conversion to `type` by a named rule of the catalogue of conversions, with an optional format of that rule's language. */
export interface CastExpression extends ExpressionBase {
	readonly kind: 'cast'
	readonly rule: string
	readonly operand: Expression
	readonly format?: string
}

/** Text that was read but not understood; evaluating it fails. */
export interface OpaqueExpression extends ExpressionBase {
	readonly kind: 'opaque'
	readonly text: string
	readonly reason: string
}

export type Expression =
	| LiteralExpression
	| ColumnExpression
	| ParameterExpression
	| VariableExpression
	| CallExpression
	| IfExpression
	| CastExpression
	| OpaqueExpression

/** An expression together with the text it was read from; documents show both. */
export interface SourcedExpression {
	readonly expression: Expression
	/** As written in the export. */
	readonly text: string
}

/** Parts of an expression that are expressions themselves, in order. */
export function children(expression: Expression): readonly Expression[] {
	switch (expression.kind) {
		case 'call':
			return expression.args
		case 'if':
			return [expression.condition, expression.then, expression.otherwise]
		case 'cast':
			return [expression.operand]
		case 'literal':
		case 'column':
		case 'parameter':
		case 'variable':
		case 'opaque':
			return []
	}
}

/** Visits an expression and everything below it, parents first. */
export function visit(expression: Expression, see: (part: Expression) => void): void {
	see(expression)
	for (const child of children(expression)) visit(child, see)
}

/** Names of the columns that an expression reads, each once, in order of appearance. */
export function columnsRead(expression: Expression): readonly string[] {
	const names = new Set<string>()
	visit(expression, (part) => {
		if (part.kind === 'column') names.add(part.name)
	})
	return [...names]
}
