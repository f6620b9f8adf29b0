import type { Row, Value } from '#model/values.ts'

/** One thing that the control flow did outside, in order. */
export interface Effect {
	readonly kind: 'sql'
	/** Id of the task. */
	readonly task: string
	readonly connection: string
	readonly statement: string
	/** Values of the input parameters, in order. */
	readonly parameters: readonly Value[]
}

/** What the outside answers to a statement. */
export interface Answer {
	/** Rows of the result set, columns in their order. */
	readonly rows?: readonly Row[]
	/** Values of output and return parameters, by variable. */
	readonly values?: ReadonlyMap<string, Value>
	/** The statement failed, with this message. */
	readonly failed?: string
}

/** Stands for every database that the job talks to. */
export type Outside = (effect: Effect) => Answer

/** Answers nothing: no rows, no values, no failure. */
export const silent: Outside = () => ({})
