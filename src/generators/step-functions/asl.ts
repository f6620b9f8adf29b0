/** What of the Amazon States Language is written here (https://states-language.net), with JSONata as query language. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

export interface ChoiceRule {
	readonly Comment?: string
	readonly Condition: string
	readonly Next: string
}

export interface Catcher {
	readonly ErrorEquals: readonly string[]
	readonly Output?: string
	readonly Next: string
}

interface StateBase {
	readonly Comment?: string
}

export interface PassState extends StateBase {
	readonly Type: 'Pass'
	readonly Assign?: Readonly<Record<string, Json>>
	Output?: Json
	readonly Next?: string
	readonly End?: true
}

export interface TaskState extends StateBase {
	readonly Type: 'Task'
	readonly Resource: string
	readonly Arguments: Json
	readonly Retry?: Json
	readonly Output: string
	readonly Catch?: readonly Catcher[]
	readonly Next: string
}

export interface ChoiceState extends StateBase {
	readonly Type: 'Choice'
	readonly Choices: readonly ChoiceRule[]
	readonly Default: string
}

export interface ParallelState extends StateBase {
	readonly Type: 'Parallel'
	readonly Branches: readonly StateMachine[]
	readonly Output: string
	readonly Catch?: readonly Catcher[]
	readonly Next: string
}

/** Runs a machine of its own for each item. */
export interface MapState extends StateBase {
	readonly Type: 'Map'
	readonly Items: Json
	readonly MaxConcurrency: number
	readonly ItemProcessor: Json
	readonly Output: string
	readonly Catch?: readonly Catcher[]
	readonly Next: string
}

export interface WaitState extends StateBase {
	readonly Type: 'Wait'
	readonly Seconds: number
	readonly Next: string
}

export interface SucceedState extends StateBase {
	readonly Type: 'Succeed'
	readonly Output: Json
}

export interface FailState extends StateBase {
	readonly Type: 'Fail'
	readonly Error: string
	readonly Cause: string
}

export type State =
	| PassState
	| TaskState
	| ChoiceState
	| ParallelState
	| MapState
	| WaitState
	| SucceedState
	| FailState

export interface StateMachine {
	readonly Comment?: string
	readonly QueryLanguage?: 'JSONata'
	readonly StartAt: string
	readonly States: Readonly<Record<string, State>>
}

/** A JSONata text as a field of a state. */
export const jsonata = (code: string): string => `{% ${code} %}`

/** The state that this one hands on: everything so far, and what it adds. */
export const added = (fields: string): string => `$merge([$states.input, {${fields}}])`
