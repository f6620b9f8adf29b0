/** Operators that compare texts by how like they are. */
import type { KeyPair, OperatorBase, TakenColumn } from './operator-base.ts'

/** How texts are made ready to be compared: `separators` become one blank between words. */
export interface Likeness {
	readonly separators: string
	readonly caseless: boolean
}

/**
 * Columns that are compared by their texts, a null as one without words. The similarity of two texts is the share of characters
 * that stay when one is edited into the other: 1 − edits ÷ length, with the edit distance of Levenshtein and the length of the
 * longer text; 0 where there is nothing to compare. That of two rows takes edits and lengths of all their pairs together.
 */
export interface SimilarPair extends Likeness {
	readonly left: string
	readonly right: string
	/** Rows whose columns are less like are no match. */
	readonly minimum: number
	/** Name of a column that takes the similarity, a single float. */
	readonly similarity?: string
}

/**
 * Finds the reference rows that are most like a row. Ports: `in`, `reference` → `out`: all input columns, with those of a match;
 * a row without any leaves once, with nulls and a similarity and confidence of 0. Of equally similar ones the first counts. In
 * pairs, left = input.
 */
export interface SimilarLookupOperator extends OperatorBase {
	readonly kind: 'similar-lookup'
	/** Columns that a match has to share; a null meets none. */
	readonly equal: readonly KeyPair[]
	/** One at least. */
	readonly similar: readonly SimilarPair[]
	/** A match is at least so similar, and more than 0. */
	readonly minimum: number
	/** The most matches of a row. */
	readonly matches: number
	/** Columns of the reference (side `right`). */
	readonly take: readonly TakenColumn[]
	/** Name of a single float: the similarity of the rows. */
	readonly similarity: string
	/** Name of a single float: the similarity divided by the number of reference rows that are at least as similar. */
	readonly confidence: string
}

/** A column by which rows are grouped, in the words of {@link SimilarPair}. */
export interface SimilarColumn extends Likeness {
	readonly column: string
	readonly minimum: number
	readonly similarity?: string
}

/**
 * Groups rows that are like each other. Ports: `in` → `out`: every row, with the group that it is in. In order of arrival, a row
 * joins the group whose first row it is most like, the earlier one of equals; where none is similar enough it begins a group.
 */
export interface SimilarGroupOperator extends OperatorBase {
	readonly kind: 'similar-group'
	/** Columns that are equal in a group, nulls among them. */
	readonly equal: readonly string[]
	readonly similar: readonly SimilarColumn[]
	readonly minimum: number
	/** Names of 32-bit columns: the number of the row from 1, and that of the first row of its group. */
	readonly number: string
	readonly group: string
	/** Name of a single float: how like the row is to the first of its group, 1 for that itself. */
	readonly similarity: string
	/** Columns that take the value that the first row of the group has in another. */
	readonly leading: readonly { readonly name: string; readonly column: string }[]
}

/** Pairs whose equality makes a match, whatever else it takes. */
export const similarKeys = ({ equal, similar }: SimilarLookupOperator): readonly KeyPair[] => [
	...equal,
	...similar.map(({ left, right }): KeyPair => ({ left, right, collation: 'binary' })),
]
