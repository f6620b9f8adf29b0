/** The control flow of a job: tasks, and the precedence between them. A DataStage parallel job is one data flow task. */
import type { Expression, SourcedExpression } from './expressions.ts'
import type { Provenance } from './provenance.ts'
import type { DataType } from './types.ts'

interface TaskBase {
	/** The source's own path: `Package\Load customers`. */
	readonly id: string
	/** Id of the accounted element. */
	readonly element: string
	readonly name: string
	readonly provenance: Provenance
	/** A disabled task is skipped and counts as success. */
	readonly disabled: boolean
}

export interface DataFlowTask extends TaskBase {
	readonly kind: 'data-flow'
	/** Id of the `DataFlow`. */
	readonly flow: string
}

export interface SqlParameter {
	readonly direction: 'input' | 'output' | 'return'
	readonly variable: string
	readonly type: DataType
}

export interface SqlTask extends TaskBase {
	readonly kind: 'execute-sql'
	readonly connection: string
	/** Batches (split at GO), run in order; only the first may return the result. */
	readonly batches: readonly SourcedExpression[]
	readonly parameters: readonly SqlParameter[]
	readonly result:
		| { readonly kind: 'none' }
		| {
				readonly kind: 'single-row'
				readonly bindings: readonly { readonly column: string | number; readonly variable: string }[]
		  }
		| { readonly kind: 'rows'; readonly variable: string }
}

export interface SequenceTask extends TaskBase {
	readonly kind: 'sequence'
	readonly body: ControlFlow
}

/** Assigns variables (an Expression task). */
export interface ExpressionTask extends TaskBase {
	readonly kind: 'expression'
	readonly variable: string
	readonly value: SourcedExpression
}

export interface OpaqueTask extends TaskBase {
	readonly kind: 'opaque'
	readonly sourceType: string
	readonly reason: string
	readonly text: string
	/** Tasks inside it (an unsupported loop): read and shown, never reached. */
	readonly body?: ControlFlow
}

export type Task = DataFlowTask | SqlTask | SequenceTask | ExpressionTask | OpaqueTask

/** An edge: `to` may start when `from` has ended as stated and/or the expression holds. */
export interface Precedence {
	readonly id: string
	readonly from: string
	readonly to: string
	/** Absent: the outcome does not matter, only the expression does. */
	readonly outcome?: 'success' | 'failure' | 'completion'
	readonly condition?: SourcedExpression
	/** Outcome and condition: both needed, or either. */
	readonly combine: 'and' | 'or'
	readonly provenance: Provenance
}

export interface ControlFlow {
	/** In an order in which every task stands after those before it. */
	readonly tasks: readonly Task[]
	readonly precedences: readonly Precedence[]
	/** Tasks with several precedences wait for all of them, or for any. */
	readonly joins: readonly { readonly task: string; readonly needs: 'all' | 'any' }[]
}

/** A variable of the control flow. */
export interface Variable {
	/** Full name: `User::RowCount`. Case-sensitive. */
	readonly name: string
	readonly type: DataType
	readonly initial: Expression
	/** Evaluated anew at each read, instead of `initial`. */
	readonly expression?: SourcedExpression
	readonly provenance: Provenance
}
