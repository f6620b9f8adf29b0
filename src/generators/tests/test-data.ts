/** Inputs and expected outputs of a job's tests, given by whoever ran the reference interpreter. */
import type { Schema } from '#model/types.ts'
import type { Row } from '#model/values.ts'

/** What a place holds: the whole text of a file, or the rows of a table or statement. */
export type PlaceData =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'rows'; readonly schema: Schema; readonly rows: readonly Row[] }

/** One run of the job. Places are named as in `jobs.json`: `<flow>/<operator>`. */
export interface Scenario {
	/** In words: `an order without customer`. Unique in the job. */
	readonly name: string
	/** Every place that the job reads. Text for a text file, rows for anything else. */
	readonly inputs: ReadonlyMap<string, PlaceData>
	/** Job arguments by name, as in `jobs.json`. */
	readonly parameters: Readonly<Record<string, string>>
	/** Places that must hold exactly this afterwards: the lines of a text file in any order, rows as a bag. */
	readonly expected: ReadonlyMap<string, PlaceData>
}

export interface TestData {
	readonly scenarios: readonly Scenario[]
}
