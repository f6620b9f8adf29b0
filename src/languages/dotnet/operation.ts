/**
 * What an operation of scripts is: its meaning once for the reference (`evaluate`, exact) and once as Python text. Both run row
 * by row, so the Python may raise: an exception of the script is an exception of the Python.
 */

import type { DifferenceId } from '#model/differences.ts'
import type { Expression } from '#model/expressions.ts'
import type { ScriptIntent, ScriptType } from '#model/scripts.ts'
import type { RunFacts } from '../catalogue.ts'
import type { Py } from '../python.ts'
import type { ScriptValue } from './runtime.ts'

/** What the outside answers when a script asks for something. */
export type ScriptOutside = (request: ScriptRequest) => ScriptValue

export interface ScriptRequest {
	/** Name of the printed helper that does it. */
	readonly helper: string
	readonly args: readonly ScriptValue[]
	/** Names of the parameters in the script. */
	readonly names: readonly string[]
}

export interface CallTypes {
	readonly args: readonly ScriptType[]
	readonly result: ScriptType
}

export interface CallContext extends CallTypes {
	readonly run: RunFacts
	readonly outside: ScriptOutside
}

export type Args = readonly (ScriptValue | undefined)[]
/** Texts of the arguments: as many as the operation takes, which the binder has checked. */
export type Texts = readonly [Py, Py, Py, Py, Py, Py, ...Py[]]

/** A call of an operation of the expression catalogue, if it takes these arguments. */
export type ApplyColumn = (operation: string, args: readonly Expression[]) => Expression | undefined

export interface ScriptOperation {
	readonly id: string
	/** The receiver of an instance member comes first. */
	readonly parameters: readonly ScriptType[]
	readonly result: ScriptType
	/** The last parameter may repeat, or be left out. */
	readonly isVariadic?: boolean
	readonly evaluate: (args: Args, context: CallContext) => ScriptValue
	readonly python: (args: Texts, types: CallTypes) => Py
	/** The same meaning as an expression over columns, where there is one: null in, null out, and nothing raised otherwise. */
	readonly column?: (args: readonly Expression[], apply: ApplyColumn) => Expression | undefined
	readonly intent?: ScriptIntent
	/** It does something, or depends on more than its arguments. */
	readonly isEffect?: boolean
	/** What it gives depends on how often it was called before: rows must come one after another, in one place. */
	readonly isSequence?: boolean
	/** The printed helper by which it reaches outside, and which arguments are paths there. */
	readonly helper?: string
	readonly paths?: readonly number[]
	readonly differences?: readonly DifferenceId[]
	/** Positions of arguments that must be literals: formats, patterns. */
	readonly literals?: readonly number[]
	/** Why a literal argument cannot be used. */
	readonly refuses?: (literals: readonly (ScriptValue | undefined)[]) => string | undefined
}

export type OperationRest = Partial<ScriptOperation> & Pick<ScriptOperation, 'evaluate' | 'python'>

export const define = (
	id: string,
	parameters: readonly ScriptType[],
	result: ScriptType,
	rest: OperationRest,
): ScriptOperation => ({ id, parameters, result, ...rest })

/** How a script spells a call of an operation. */
export interface Member {
	/** Kind of the receiver (`string`, `int32`, `list`, `DateTime` …), as `ownerOf` names it, or the static type. */
	readonly owner: string
	readonly name: string
	readonly isStatic: boolean
	readonly operation: ScriptOperation
}

/** A property has no arguments but its receiver. */
export function instance(owner: string, name: string, operation: ScriptOperation): Member {
	return { owner, name, isStatic: false, operation }
}

export function fixed(owner: string, name: string, operation: ScriptOperation): Member {
	return { owner, name, isStatic: true, operation }
}
