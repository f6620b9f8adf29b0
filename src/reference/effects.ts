import type { DataType } from '#model/types.ts'
import type { Row, Value } from '#model/values.ts'

/** One thing that the control flow did outside, in order. */
export type Effect = SqlEffect | HelperEffect

export interface SqlEffect {
	readonly kind: 'sql'
	/** Id of the task, or of the operator that runs it for a row. */
	readonly task: string
	readonly connection: string
	readonly statement: string
	/** Values of the input parameters, in order. */
	readonly parameters: readonly Value[]
	/** It runs for a row, whose columns of these types take the values that its parameters give. */
	readonly gives?: ReadonlyMap<string, DataType>
}

/** A call of a printed helper, with the names that its parameters have in the script. */
export interface HelperEffect {
	readonly kind: 'helper'
	readonly task: string
	readonly helper: string
	readonly args: Readonly<Record<string, EffectArgument>>
}

export type EffectArgument = Value | readonly Value[] | Readonly<Record<string, Value>>

/** What the outside answers to a statement or a call. */
export interface Answer {
	/** Rows of the result set, columns in their order. */
	readonly rows?: readonly Row[]
	/** Values of output and return parameters, by variable or column. */
	readonly values?: ReadonlyMap<string, Value>
	/** What a helper gives back. */
	readonly value?: Value | readonly Value[]
	/** It failed, with this message. */
	readonly failed?: string
}

/** Stands for everything that the job talks to. */
export type Outside = (effect: Effect) => Answer

/** Answers nothing: no rows, no values, no failure. */
export const silent: Outside = () => ({})
