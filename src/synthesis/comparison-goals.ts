/** Rows of two states that differ in one value alone, or only by a null: so that every comparison of a pair is seen to matter. */
import { comparedPairs } from '#model/dimension.ts'
import type { Expression } from '#model/expressions.ts'
import type { KeyPair } from '#model/operator-base.ts'
import type { DataFlow, Operator } from '#model/operators.ts'
import { equalWishes } from './change-goals.ts'
import type { Composer } from './compose.ts'
import type { Wish } from './goals.ts'
import { wishesBefore } from './goals.ts'

/** A few dozen rows have to do. */
const most = 32

/**
 * For each value that two rows of a key are compared by: the wishes for it alone to differ, and for it to be null in one or both;
 * for each part of the key: to be null in both.
 */
export const comparisonWishes = (flow: DataFlow, composer: Composer): readonly (readonly Wish[])[] =>
	flow.operators.flatMap((operator) => wishesOfComparison(operator, composer)).slice(0, most)

function wishesOfComparison(operator: Operator, composer: Composer): readonly (readonly Wish[])[] {
	const comparison = comparisonOf(operator)
	if (comparison === undefined) return []
	const { keys, values } = comparison
	const ports = operator.kind === 'change-capture' ? (['before', 'after'] as const) : (['in', 'dimension'] as const)
	const compared = (pairs: readonly KeyPair[]): readonly Wish[] => equalWishes(operator.id, pairs, ports, composer)
	const oneOf = (pairs: readonly KeyPair[], alternatives: (wish: Wish) => readonly (readonly Wish[])[]) =>
		pairs.flatMap((pair) => {
			const beside = compared([...keys, ...values].filter((one) => one !== pair))
			return compared([pair])
				.flatMap(alternatives)
				.map((own) => [...beside, ...own])
		})
	const before = wishesBefore(operator, composer)
	return [...oneOf(values, apart), ...oneOf(keys, bothNull)].map((wishes) => [...before, ...wishes])
}

interface Comparison {
	readonly keys: readonly KeyPair[]
	readonly values: readonly KeyPair[]
}

function comparisonOf(operator: Operator): Comparison | undefined {
	switch (operator.kind) {
		case 'change-capture':
			return operator
		case 'slowly-changing':
			return { keys: operator.keys, values: operator.changes.flatMap((change) => change.values) }
		case 'maintain-dimension':
			return { keys: operator.keys, values: comparedPairs(operator.columns) }
		default:
			return undefined
	}
}

const isNull = (expression: Expression): Wish => ({ kind: 'outcome', expression, wanted: ['null'] })

const bothNull = (wish: Wish): readonly (readonly Wish[])[] =>
	wish.kind === 'equal' ? [[isNull(wish.left), isNull(wish.right)]] : []

/** Two values that could be equal, and are not, or only by being null. */
function apart(wish: Wish): readonly (readonly Wish[])[] {
	if (wish.kind !== 'equal') return []
	const differ: Wish = { kind: 'unequal', left: wish.left, right: wish.right }
	return [[differ], [isNull(wish.left), differ], [isNull(wish.right), differ], ...bothNull(wish)]
}
