import type { SimilarLookupOperator } from '#model/similarity.ts'
import type { Row, Value } from '#model/values.ts'
import { declareBranches } from '../branches.ts'
import type { Interpreter } from '../context.ts'
import { indexRows, sideKeys } from '../matching.ts'
import { withColumns } from '../policies.ts'
import { compareTexts, similarityOf } from '../similarity.ts'

export const similarLookup: Interpreter<'similar-lookup'> = (operator, inputs, context) => {
	const hit = declareBranches(context, operator, ['matched', 'not matched'])
	const references = inputs['reference'] ?? []
	const find =
		operator.equal.length === 0
			? () => references
			: indexRows(references, sideKeys(operator.equal, 'right'), false).finder(sideKeys(operator.equal, 'left'))
	const out = (inputs['in'] ?? []).flatMap((row) => {
		const found = find(row)
			.map((reference) => score(operator, row, reference))
			.filter(({ isMatch }) => isMatch)
			.toSorted((one, other) => other.similarity - one.similarity)
		hit(found.length === 0 ? 'not matched' : 'matched')
		if (found.length === 0) return [give(operator, row, { reference: {}, similarity: 0, each: [] }, 0)]
		return found.slice(0, operator.matches).map((one) => {
			const asSimilar = found.filter(({ similarity }) => similarity >= one.similarity).length
			return give(operator, row, one, one.similarity / asSimilar)
		})
	})
	return { out }
}

interface Score {
	readonly reference: Row
	readonly similarity: number
	/** By pair. */
	readonly each: readonly number[]
}

function score(operator: SimilarLookupOperator, row: Row, reference: Row): Score & { readonly isMatch: boolean } {
	const compared = operator.similar.map((pair) =>
		compareTexts(row[pair.left] ?? null, reference[pair.right] ?? null, pair),
	)
	const similarity = similarityOf(compared)
	const each = compared.map((one) => similarityOf([one]))
	const isEach = operator.similar.every(({ minimum }, index) => (each[index] ?? 0) >= minimum)
	return { reference, similarity, each, isMatch: similarity > 0 && similarity >= operator.minimum && isEach }
}

function give(operator: SimilarLookupOperator, row: Row, found: Score, confidence: number): Row {
	return withColumns(row, [
		...operator.take.map(({ name, column }): [string, Value] => [name, found.reference[column] ?? null]),
		[operator.similarity, Math.fround(found.similarity)],
		[operator.confidence, Math.fround(confidence)],
		...operator.similar.flatMap(({ similarity }, index): [string, Value][] =>
			similarity === undefined ? [] : [[similarity, Math.fround(found.each[index] ?? 0)]],
		),
	])
}
