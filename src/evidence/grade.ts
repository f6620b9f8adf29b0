/** Levels, category and confidence: docs/evidence.md says in words what these functions compute. */
import type { AccountingTotals } from '#model/accounting.ts'
import type { Category, Level } from './report.ts'

const ladder = ['E0', 'E1', 'E2', 'E3'] as const

/** The highest of E0 to E3 without a gap below it; E4 and E5 count only above E3. */
export function levelOf(reached: ReadonlySet<Level>): Level {
	let level: Level = 'none'
	for (const step of ladder) {
		if (!reached.has(step)) return level
		level = step
	}
	if (reached.has('E5')) return 'E5'
	return reached.has('E4') ? 'E4' : level
}

export interface CategoryFacts {
	readonly accounting: Pick<AccountingTotals, 'opaque'>
	readonly level: Level
	/** A model wrote or mended part of the script. */
	readonly writtenByModel: boolean
	/** The old engine refuses the job as it is. */
	readonly refused: boolean
	/** The script failed, or its rows differed from the reference. */
	readonly failed: boolean
}

/** Is it among the declared differences that the old engine never ran the job? Somebody repairs it or leaves it out. */
export const isRefused = (differences: readonly { readonly id: string }[]): boolean =>
	differences.some(({ id }) => id === 'RG-D146')

/** What a person has to do: nothing, decide something, or write something. */
export function categoryOf({ accounting, level, writtenByModel, refused, failed }: CategoryFacts): Category {
	if (accounting.opaque > 0 || failed) return 'MANUAL'
	if (isAtLeast(level, 'E3')) return writtenByModel || refused ? 'SEMI-AUTO' : 'AUTO'
	return isAtLeast(level, 'E1') ? 'SEMI-AUTO' : 'MANUAL'
}

/** Before anything has run: what the accounting promises. */
export function predictedCategory(accounting: Pick<AccountingTotals, 'opaque' | 'declared'>): Category {
	if (accounting.opaque > 0) return 'MANUAL'
	return accounting.declared > 0 ? 'SEMI-AUTO' : 'AUTO'
}

const order: readonly Level[] = ['none', 'E0', 'E1', 'E2', 'E3', 'E4', 'E5']

export function isAtLeast(level: Level, least: Level): boolean {
	return order.indexOf(level) >= order.indexOf(least)
}

/** How far each level is trusted: equal rows weigh most, a run that nothing compared a good deal less. */
const trust: Readonly<Record<Level, number>> = { none: 0.1, E0: 0.3, E1: 0.5, E2: 0.7, E3: 0.9, E4: 0.95, E5: 1 }

export interface ConfidenceFacts {
	readonly accounting: AccountingTotals
	readonly level: Level
	readonly branches: { readonly covered: number; readonly total: number }
	readonly failed: boolean
}

/**
 * `accounted × trust(level) × (0.7 + 0.3 × coverage)`, to two digits: `accounted` = share of elements that are exact or
 * dropped by design, a declared difference counting 0.9; coverage counts from E2 on. A failed run or wrong rows: at most 0.1.
 */
export function confidenceOf({ accounting, level, branches, failed }: ConfidenceFacts): number {
	const { exact, dropped, declared, total } = accounting
	const accounted = total === 0 ? 1 : (exact + dropped + 0.9 * declared) / total
	const coverage = branches.total === 0 ? 1 : branches.covered / branches.total
	const covered = isAtLeast(level, 'E2') ? 0.7 + 0.3 * coverage : 1
	const confidence = Math.round(100 * accounted * trust[level] * covered) / 100
	return failed ? Math.min(confidence, 0.1) : confidence
}
