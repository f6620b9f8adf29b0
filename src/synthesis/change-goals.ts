/** Goals of operators that compare two states of rows: every change, with a row of the same key before it and without one. */
import type { Change, ChangeApplyOperator, ChangeCaptureOperator, SlowlyChangingOperator } from '#model/changes.ts'
import type { MaintainDimensionOperator } from '#model/dimension.ts'
import { comparedPairs } from '#model/dimension.ts'
import type { Expression } from '#model/expressions.ts'
import type { KeyPair } from '#model/operator-base.ts'
import { int, text } from '#model/types.ts'
import { endsWords, nothingDiffers } from '#reference/operators/maintain-dimension.ts'
import type { Composer } from './compose.ts'
import type { Goal, Wish } from './goals.ts'

const changes: readonly Change[] = ['copy', 'insert', 'delete', 'edit']

export function changeGoals(
	operator: ChangeCaptureOperator | ChangeApplyOperator,
	composer: Composer,
): readonly Goal[] {
	const equal = (pairs: readonly KeyPair[], other: string): readonly Wish[] =>
		equalWishes(operator.id, pairs, ['before', other], composer)
	const goal = (what: string, wishes: readonly Wish[]): Goal => ({ operator: operator.id, what, wishes })
	if (operator.kind === 'change-capture') {
		const keys = equal(operator.keys, 'after')
		return [goal('copy', [...keys, ...equal(operator.values, 'after')]), goal('edit', keys)]
	}
	const keys = equal(operator.keys, 'changes')
	const code = composer.at(operator.id, 'changes', column(operator.code))
	const isCode = (change: Change): readonly Wish[] =>
		code === undefined
			? []
			: [{ kind: 'equal', left: code, right: { kind: 'literal', value: operator.codes[change], type: int(64) } }]
	return [
		goal('delete', [...keys, ...isCode('delete'), ...equal(operator.deleteValues, 'changes')]),
		goal('delete of other values', [...keys, ...isCode('delete')]),
		...changes.flatMap((change) => [
			goal(change, [...keys, ...isCode(change)]),
			goal(`${change} without row`, isCode(change)),
		]),
	]
}

/** A row that its version equals, and one whose attributes are left to chance. */
export function dimensionGoals(operator: SlowlyChangingOperator, composer: Composer): readonly Goal[] {
	const equal = (pairs: readonly KeyPair[]): readonly Wish[] =>
		equalWishes(operator.id, pairs, ['in', 'dimension'], composer)
	const keys = equal(operator.keys)
	const others = (name: string): readonly Wish[] =>
		operator.changes.filter((change) => change.name !== name).flatMap(({ values }) => equal(values))
	return [
		{ operator: operator.id, what: 'nothing differs', wishes: [...keys, ...others('')] },
		...operator.changes.map(({ name }) => ({
			operator: operator.id,
			what: name,
			wishes: [...keys, ...others(name)],
		})),
	]
}

/** A row that equals the current one of its key, and one that differs in each way alone. */
export function maintenanceGoals(operator: MaintainDimensionOperator, composer: Composer): readonly Goal[] {
	const equal = (pairs: readonly KeyPair[]): readonly Wish[] =>
		equalWishes(operator.id, pairs, ['in', 'dimension'], composer)
	const goal = (what: string, pairs: readonly KeyPair[]): Goal => ({
		operator: operator.id,
		what,
		wishes: equal([...operator.keys, ...pairs]),
	})
	const roles = (['overwritten', 'versioned'] as const).filter(
		(role) => comparedPairs(operator.columns, role).length > 0,
	)
	return [
		goal(nothingDiffers, comparedPairs(operator.columns)),
		...roles.map((role) =>
			goal(endsWords[role], comparedPairs(operator.columns, role === 'overwritten' ? 'versioned' : 'overwritten')),
		),
	]
}

/** Wishes for rows of both sides to have the same values. */
export function equalWishes(
	operator: string,
	pairs: readonly KeyPair[],
	[one, other]: readonly [string, string],
	composer: Composer,
): readonly Wish[] {
	return pairs.flatMap((pair): readonly Wish[] => {
		const left = composer.at(operator, one, column(pair.left))
		const right = composer.at(operator, other, column(pair.right))
		return left === undefined || right === undefined ? [] : [{ kind: 'equal', left, right }]
	})
}

/** Only where a column comes straight from a source does its type matter, and there the source knows it. */
const column = (name: string): Expression => ({ kind: 'column', name, type: text() })
