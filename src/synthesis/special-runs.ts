/** Rows that are special in what is beside them: among the many rows of the main run nobody would see what becomes of them. */
import type { DataFlow, ReadOperator } from '#model/operators.ts'
import { everydayBatches, lonelyRows, solutionBatch } from './batches.ts'
import { comparisonWishes } from './comparison-goals.ts'
import type { Composer } from './compose.ts'
import { alterationWishes, conditionWishes, keyAlterationWishes } from './condition-goals.ts'
import { groupBatches, groupKeys, oddRows } from './group-rows.ts'
import type { Trial } from './growth.ts'
import { makeGrowth } from './growth.ts'
import type { Random } from './random.ts'
import type { Assignment } from './search.ts'
import { solve } from './search.ts'
import { secondRows } from './second-rows.ts'
import type { SpecialRun } from './shared-runs.ts'
import type { SourceRows } from './sources.ts'
import type { ValueSpace } from './space.ts'

/** Everyday rows beside those on which a part of a condition decides. */
const everydayApart = 2

interface Making {
	readonly flow: DataFlow
	/** Follows the first branch of a union. */
	readonly composer: Composer
	/** One for each branch of the unions. */
	readonly composers: readonly Composer[]
	readonly sources: readonly ReadOperator[]
	readonly space: ValueSpace
	readonly bases: readonly Assignment[]
	readonly random: Random
	/** For rows in an order of their own: what is drawn for others does not change them. */
	readonly drawn: Random
	readonly attempt: (rows: SourceRows) => Trial
}

export function specialRuns(making: Making): readonly SpecialRun[] {
	const { flow, composer, composers, sources, space, bases, random, drawn, attempt } = making
	const grown = (batches: readonly SourceRows[], beside: readonly SourceRows[] = []): SourceRows => {
		const growth = makeGrowth(attempt)
		growth.offer(beside, 'always')
		growth.offer(batches, 'always')
		return growth.rows()
	}
	const second = secondRows(flow, composer, sources, space, (wishes, beside) => solve(wishes, beside, drawn))
	const kinds = [conditionWishes, keyAlterationWishes, alterationWishes, comparisonWishes]
	const wishes = kinds.flatMap((find) => find(flow, composer))
	const groups = groupBatches(flow, composer, sources, space, (one) => solve(one, space, random, everydayApart))
	const parts = wishes
		.flatMap((one, index) => solve(one, space, random, everydayApart + index) ?? [])
		.map((solution) => solutionBatch(solution, sources, space))
	const runs: SpecialRun[] = []
	if (wishes.length + groups.length > 0) {
		// Beside as few rows as can be: where a row stands for its group, many others would hide it.
		const everyday = everydayBatches(sources, space).slice(0, everydayApart)
		runs.push({ name: 'each part of a condition or key', rows: grown([...parts, ...groups], everyday) })
	}
	// Turns of their own, so that the rows below meet none of those above, and may share a run with them.
	const turn = everydayApart + wishes.length + 3 * groups.length
	const lonely = flow.operators.some(({ kind }) => kind === 'aggregate')
		? [...lonelyRows(sources, space, bases, groupKeys(flow, composers), turn)]
		: []
	runs.push(...lonely.map(([name, rows]) => ({ name, rows })))
	for (const [name, batches] of [...oddRows(flow, composer, sources, space, bases, turn + lonely.length), ...second]) {
		if (batches.length > 0) runs.push({ name, rows: grown(batches) })
	}
	return runs
}
