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

/** A variable of the loop around it. */
export interface BoundExpression extends ExpressionBase {
	readonly kind: 'bound'
	readonly loop: number
	readonly name: string
}

export interface LoopVariable {
	readonly name: string
	readonly type: DataType
	/** Its value before the first turn. */
	readonly initial: Expression
	/** What a turn makes of it, from variables of this loop and the loops around it; absent: it stays as it is. */
	readonly next?: Expression
}

/**
 * The value of a variable when a loop has ended. All variables change at once with each turn, as long as `goesOn` is true; when
 * it still is after `limit` turns, the expression fails.
 */
export interface LoopExpression extends ExpressionBase {
	readonly kind: 'loop'
	/** No other loop around it or in it has this number. */
	readonly loop: number
	readonly variables: readonly LoopVariable[]
	/** Name of a variable that is true or false, never null. */
	readonly goesOn: string
	/** Name of the variable that is asked for. */
	readonly result: string
	/** No more turns than these, where that is known before the first. */
	readonly turns?: Expression
	readonly limit: number
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
	| BoundExpression
	| LoopExpression
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
		case 'loop':
			// What a turn makes of the variables is not evaluated with the row, but with what the turn before has made.
			return [...expression.variables.map(({ initial }) => initial), ...(expression.turns ? [expression.turns] : [])]
		case 'literal':
		case 'column':
		case 'parameter':
		case 'variable':
		case 'bound':
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
