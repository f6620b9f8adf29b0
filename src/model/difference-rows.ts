/** The rows that a declared difference changes, shown to whoever accepts it. */
import type { JsonObject, JsonValue } from './json-values.ts'

export type RowDifference =
	| { readonly kind: 'missing' | 'extra'; readonly row: JsonObject }
	| {
			readonly kind: 'changed'
			/** The row as expected. */
			readonly row: JsonObject
			readonly columns: readonly { readonly name: string; readonly expected: JsonValue; readonly actual: JsonValue }[]
	  }

/** What changes in one target. In `samples`, expected = old job, actual = new job. */
export interface ChangedOutput {
	readonly name: string
	/** Rows of the new job, and how many of them the old one has otherwise or not, and the other way round. */
	readonly rows: number
	readonly changed: number
	/** The same rows stand in another order. */
	readonly order: boolean
	readonly samples: readonly RowDifference[]
}

/** For one occurrence of a declared difference. */
export type DifferenceRows =
	| {
			readonly kind: 'shown'
			/** What the old job is taken to do, as an entry of the legacy meanings says it. */
			readonly legacy: string
			/** The test rows that show it. */
			readonly scenario: string
			readonly outputs: readonly ChangedOutput[]
			/** Where the old job would end on these rows, though the new one does not. */
			readonly stops?: string
	  }
	| { readonly kind: 'unseen'; readonly legacy: string }
	| { readonly kind: 'hidden'; readonly because: string }
