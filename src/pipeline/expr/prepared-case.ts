import type { Expression } from '#model/expressions.ts'
import type { JsonValue } from '#model/json-values.ts'
import type { DataType } from '#model/types.ts'
import type { Value } from '#model/values.ts'

/** A value that an expression sees, as a case file gives it: type name of the language, and JSON. */
export interface CaseInput {
	readonly type: string
	readonly value: JsonValue
}

export interface Case {
	readonly id: string
	readonly expression: string
	readonly inputs: Readonly<Record<string, CaseInput>>
	/** JSON, or `ERROR:kind`; absent for a single expression of the command line. */
	readonly expected?: string
	/** Type name of the language, where the case fixes it. */
	readonly resultType?: string
}

/** What a name in the expression stands for. */
export interface PreparedName {
	readonly kind: 'column' | 'parameter' | 'variable'
	readonly name: string
	readonly type: DataType
	readonly value: Value
}

/** A case in the words of the model, whatever its language. */
export interface PreparedCase {
	/** Absent when the text was not understood. */
	readonly expression?: Expression
	readonly names: readonly PreparedName[]
	/** Why there is no expression; the kind is what case files write after `ERROR:`. */
	readonly problem?: { readonly kind: string; readonly message: string; readonly unsupported: boolean }
	/** The value in the JSON form of the language's case files. */
	output(value: Value): JsonValue
}

export interface CaseLanguage {
	readonly id: 'ssis' | 'datastage-parallel' | 'datastage-basic'
	prepare(given: Case): PreparedCase
}
