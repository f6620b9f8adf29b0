/**
 * What an operation and a conversion are. Each has its meaning written once for the reference (`evaluate`, exact)
 * and once for Spark (`pyspark`); `npm run test:operations` keeps the two equal.
 *
 * Rules for the Spark text:
 * - built-in functions of pyspark.sql.functions (as `F`) only, and it never raises under ANSI mode (`try_*`);
 * - failed = the result is null while no argument of a null-propagating operation is; where that does not tell
 *   (a custom null rule, or a value that stays non-null), `fails` gives a boolean text, never null;
 * - arguments arrive as texts of the Spark type of their model type (`sparkType`), the result has that of `result`.
 */
import type { DataType } from '#model/types.ts'
import type { Result, TimestampValue, Value } from '#model/values.ts'
import type { Py } from './python.ts'

/** What is fixed for one run: the clock and the names that macros give. */
export interface RunFacts {
	/** The run's only clock, UTC. */
	readonly at: TimestampValue
	readonly job: string
	readonly project: string
	readonly host: string
	readonly invocation: string
}

export interface TypeContext {
	readonly types: readonly DataType[]
	readonly result: DataType
	/** Literal arguments by position, `undefined` where the argument is not a literal. */
	readonly literals: readonly (Value | undefined)[]
}

export interface EvaluateContext extends TypeContext {
	readonly run: RunFacts
}

export interface PysparkContext extends TypeContext {
	/** Timestamp column text of the run's clock. */
	readonly runAt: Py
	/** String column text of another fact of the run. */
	readonly runFact: (name: Exclude<keyof RunFacts, 'at'>) => Py
}

/** Why a call does not type-check, in words for a diagnostic. */
export interface TypeProblem {
	readonly problem: string
}

export interface OperationParameter {
	readonly name: string
	/** Type kinds that the operation takes as they are; callers convert anything else first. */
	readonly kinds: readonly DataType['kind'][]
	readonly optional?: boolean
	/** May repeat (last parameter only). */
	readonly variadic?: boolean
	/** Must be a literal, e.g. a date part. */
	readonly literal?: boolean
}

/**
 * Arguments of an operation. The arity is checked before any of its functions is called, so destructuring gives each as present;
 * an optional or variadic parameter looks at `length` (or at `rest`) first.
 */
export type Arguments<T> = readonly [T, T, T, T, T, T, T, T, ...T[]]

export interface Operation {
	/** `ssis.substring`, `datastage.field`, `shared.and`. */
	readonly id: string
	readonly parameters: readonly OperationParameter[]
	/** Result type from argument types and literals. */
	result(types: Arguments<DataType>, literals: readonly (Value | undefined)[]): DataType | TypeProblem
	/** `propagate`: a null argument gives null without calling `evaluate`. `custom`: `evaluate` sees nulls. */
	readonly nulls: 'propagate' | 'custom'
	readonly canFail: boolean
	/** Can it fail for these types? Absent: as `canFail` says. */
	readonly canFailWith?: (context: TypeContext) => boolean
	/** Its value may be null although no argument is, and that is no failure. */
	readonly givesNull?: boolean
	/** Exact reference meaning; arguments never are errors. */
	evaluate(args: Arguments<Value>, context: EvaluateContext): Result
	readonly pyspark: (args: Arguments<Py>, context: PysparkContext) => Py
	/** Never-null boolean text: did it fail? Needed where null alone does not tell. */
	readonly fails?: (args: Arguments<Py>, context: PysparkContext) => Py
	/** Where its meaning is documented. */
	readonly source: string
}

export interface ConversionContext {
	readonly from: DataType
	readonly to: DataType
	readonly format: string | undefined
	readonly run: RunFacts
}

export type PysparkConversionContext = Omit<ConversionContext, 'run'> & Pick<PysparkContext, 'runAt'>

export interface SpelledField {
	readonly format: string | undefined
	readonly width: number
}

/** A family of conversions between types under one dialect's rules. Null stays null. */
export interface Conversion {
	/** `ssis.cast`, `ssis.flat-file-read`, `datastage.implicit`, `datastage.text-write`. */
	readonly id: string
	/** Is the pair allowed at all? */
	allows(from: DataType, to: DataType): boolean
	canFail(from: DataType, to: DataType, format: string | undefined): boolean
	/** `value` is never null. A text that is too long for `to` is not cut here unless the dialect's cast does so silently. */
	evaluate(value: Exclude<Value, null>, context: ConversionContext): Result
	readonly pyspark: (value: Py, context: PysparkConversionContext) => Py
	/** A field of so many characters that is read as that value, where an everyday text is none; undefined: there is none. */
	readonly spell?: (value: Exclude<Value, null>, field: SpelledField) => string | undefined
	/** A text longer than `to` is cut without a word. Absent: it stays whole, and the column's own policy decides. */
	readonly cuts?: boolean
	/** Never-null boolean text; absent: failed = result null while the operand is not. */
	readonly fails?: (value: Py, context: PysparkConversionContext) => Py
	readonly source: string
}

export function isTypeProblem(result: DataType | TypeProblem): result is TypeProblem {
	return 'problem' in result
}
