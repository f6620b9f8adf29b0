import type { Collation } from './collation.ts'
import type { Provenance } from './provenance.ts'
import type { Value } from './values.ts'

/** What every operator has. */
export interface OperatorBase {
	/** Unique in the flow; for the main operator of an element the element's name, for others `<element>#<part>`. */
	readonly id: string
	/** Id of the accounted element (`AccountingItem.id`) that it came from. */
	readonly element: string
	/** The element's name, for comments, function names and messages. */
	readonly name: string
	readonly provenance: Provenance
	/** Declared differences that this operator carries (`RG-D…`). */
	readonly differences: readonly string[]
}

export interface KeyColumn {
	readonly column: string
	readonly collation: Collation
}

export interface KeyPair {
	readonly left: string
	readonly right: string
	readonly collation: Collation
}

/** A column that a join, a lookup or the like gives on. `whenMissing` stands where the side has no row. */
export interface TakenColumn {
	readonly name: string
	readonly side: 'left' | 'right'
	readonly column: string
	readonly whenMissing: Value
}
