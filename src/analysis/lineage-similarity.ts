/** Lineage of operators that compare texts by how like they are, or find terms in them. */
import type { SimilarGroupOperator, SimilarLookupOperator } from '#model/similarity.ts'
import type { TermExtractionOperator, TermLookupOperator } from '#model/terms.ts'
import type { Known, Lineage, MadeWhat } from './lineage-set.ts'
import { after, lookUp, together } from './lineage-set.ts'

type Entry = readonly [string, Lineage]

/** Scores are made of all columns that are compared; what is taken is the value of a reference row. */
export function similarLookUp(operator: SimilarLookupOperator, input: Known, reference: Known): readonly Entry[] {
	const { id, equal, similar, take, similarity, confidence } = operator
	const of = (pairs: readonly { readonly left: string; readonly right: string }[]): Lineage =>
		together(pairs.flatMap(({ left, right }) => [lookUp(input, left), lookUp(reference, right)]))
	const scored = [similarity, confidence].map((name) => made(id, name, 'similarity', of([...equal, ...similar])))
	const each = similar.flatMap((pair) =>
		pair.similarity === undefined ? [] : [made(id, pair.similarity, 'similarity', of([pair]))],
	)
	return [...take.map(({ name, column }): Entry => [name, lookUp(reference, column)]), ...scored, ...each]
}

export function similarGroups(operator: SimilarGroupOperator, input: Known): readonly Entry[] {
	const { id, equal, similar, number, group, similarity, leading } = operator
	const names = [...equal, ...similar.map(({ column }) => column)]
	const all = together(names.map((name) => lookUp(input, name)))
	const each = similar.flatMap((one) =>
		one.similarity === undefined ? [] : [made(id, one.similarity, 'similarity', lookUp(input, one.column))],
	)
	const first = leading.map(({ name, column }): Entry => {
		const how = { kind: 'chosen' as const, which: `${column} of the first row of the group` }
		return [name, after(lookUp(input, column), { operator: id, column: name, how })]
	})
	return [
		made(id, number, 'number', { origins: [], steps: [] }),
		made(id, group, 'number of the group', all),
		made(id, similarity, 'similarity', all),
		...first,
		...each,
	]
}

export function termLookedUp(operator: TermLookupOperator, input: Known, reference: Known): readonly Entry[] {
	const { id, term, list, text, frequency } = operator
	const words = together([lookUp(input, text), lookUp(reference, list)])
	return [[term, lookUp(reference, list)], made(id, frequency, 'count of a term', words)]
}

export function termExtracted({ id, term, score, text }: TermExtractionOperator, input: Known): readonly Entry[] {
	const from = lookUp(input, text)
	const how = { kind: 'chosen' as const, which: `a term of ${text}` }
	return [[term, after(from, { operator: id, column: term, how })], made(id, score, 'count of a term', from)]
}

const made = (operator: string, column: string, what: MadeWhat, from: Lineage): Entry => [
	column,
	after(from, { operator, column, how: { kind: 'made', what } }),
]
