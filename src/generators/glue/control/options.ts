/** What printing a control flow needs, and what it gives. */
import type { ControlFlow, TaskEvent } from '#model/control-flow.ts'
import type { Names } from '../../names.ts'
import type { Node } from '../../text/tree.ts'
import type { ScriptContext } from '../script-context.ts'

export interface PrintedControl {
	/** Functions of the tasks and of handlers, in their order. */
	readonly functions: readonly Node[]
	/** Statements of `run`, or of the container. */
	readonly body: Node
}

/** Names of the handlers that an event reaches, in the order in which it does. */
export type Events = Readonly<Partial<Record<TaskEvent, readonly string[]>>>

export interface ControlOptions {
	/** Prints the body of a data flow task. */
	readonly flowBody: (flow: string) => Node
	readonly script: ScriptContext
	/** Names of functions. */
	readonly names: Names
	/** Handlers of what is around the control flow. */
	readonly around: Events
	/** How many errors it takes to fail, 0 = no number does. */
	readonly maximumErrors: number
	/** Prints the control flow inside a task. */
	readonly inside: (control: ControlFlow, options: ControlOptions) => PrintedControl
}

/** Parameters of every function that a task is. */
export const taskParameters = (script: ScriptContext): string =>
	`spark: SparkSession, params: dict[str, str]${script.hasVariables ? ', variables: Variables' : ''}`

/** The same as arguments. */
export const taskArguments = (script: ScriptContext): string =>
	`spark, params${script.hasVariables ? ', variables' : ''}`
