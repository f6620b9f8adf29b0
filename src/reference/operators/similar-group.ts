import type { SimilarGroupOperator } from '#model/similarity.ts'
import type { Row, Value } from '#model/values.ts'
import { declareBranches } from '../branches.ts'
import type { Interpreter } from '../context.ts'
import { keyText } from '../keys.ts'
import { withColumns } from '../policies.ts'
import { compareTexts, similarityOf } from '../similarity.ts'

/** The first row of a group. */
interface Leader {
	readonly row: Row
	readonly number: number
}

interface Place {
	readonly leader: Leader
	readonly similarity: number
	/** By column. */
	readonly each: readonly number[]
}

export const similarGroup: Interpreter<'similar-group'> = (operator, inputs, context) => {
	const hit = declareBranches(context, operator, ['begins a group', 'joins a group'])
	const groups = new Map<string, Leader[]>()
	const out = (inputs['in'] ?? []).map((row, index) => {
		const key = JSON.stringify(operator.equal.map((name) => keyText(row[name] ?? null)))
		const leaders = groups.get(key) ?? []
		groups.set(key, leaders)
		const own: Leader = { row, number: index + 1 }
		const found = mostSimilar(operator, row, leaders)
		hit(found === undefined ? 'begins a group' : 'joins a group')
		if (found === undefined) leaders.push(own)
		return give(operator, own, found ?? { leader: own, similarity: 1, each: operator.similar.map(() => 1) })
	})
	return { out }
}

function mostSimilar(operator: SimilarGroupOperator, row: Row, leaders: readonly Leader[]): Place | undefined {
	let best: Place | undefined
	for (const leader of leaders) {
		const compared = operator.similar.map((one) =>
			compareTexts(leader.row[one.column] ?? null, row[one.column] ?? null, one),
		)
		const similarity = similarityOf(compared)
		const each = compared.map((one) => similarityOf([one]))
		const isEach = operator.similar.every(({ minimum }, index) => (each[index] ?? 0) >= minimum)
		if (similarity <= 0 || similarity < operator.minimum || !isEach) continue
		if (best === undefined || similarity > best.similarity) best = { leader, similarity, each }
	}
	return best
}

function give(operator: SimilarGroupOperator, own: Leader, { leader, similarity, each }: Place): Row {
	return withColumns(own.row, [
		[operator.number, BigInt(own.number)],
		[operator.group, BigInt(leader.number)],
		[operator.similarity, Math.fround(similarity)],
		...operator.leading.map(({ name, column }): [string, Value] => [name, leader.row[column] ?? null]),
		...operator.similar.flatMap(({ similarity: name }, index): [string, Value][] =>
			name === undefined ? [] : [[name, Math.fround(each[index] ?? 0)]],
		),
	])
}
