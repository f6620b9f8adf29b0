/** Rows that grow by batches: each is tried on the reference, and kept where it is of use. */
import type { Branch } from '#reference/coverage.ts'
import { branchId } from '#reference/coverage.ts'
import type { RunFailure } from '#reference/stop.ts'
import type { SourceRows } from './sources.ts'
import { mergeRows } from './sources.ts'

/** Rows per source at most; edge rows beyond this are kept only for what they newly reach. */
const mostRows = 90
const mostFailing = 6

export interface Trial {
	readonly unreached: readonly Branch[]
	readonly failure?: RunFailure
}

/** Keep a batch always, while there is room for more rows, or only for a branch that it newly takes. */
type Keep = 'always' | 'room' | 'news'

export function makeGrowth(attempt: (rows: SourceRows) => Trial) {
	let kept: SourceRows = new Map()
	const atFirst = attempt(kept)
	let open = atFirst.unreached
	/** Branches that no run took so far, those that fail included. */
	let unseen = idsOf(open)
	const failing = new Map<string, { rows: SourceRows; failure: RunFailure }>()

	/** Rows that stop at the same operator join where they show something new: a null in another column, say. */
	function noteFailure(batch: SourceRows, { failure, unreached }: Trial, beside = kept): void {
		if (failure === undefined || failure.tooLarge === true) return
		const before = failing.get(failure.operator)
		const left = idsOf(unreached)
		const isNews = [...unseen].some((branch) => !left.has(branch))
		if (before === undefined ? failing.size >= mostFailing : !isNews) return
		unseen = new Set([...unseen].filter((branch) => left.has(branch)))
		failing.set(failure.operator, {
			rows: mergeRows(before?.rows ?? beside, batch),
			failure: before?.failure ?? failure,
		})
	}

	/** Batches are tried together; where that fails, by halves, so that one bad row is found in few runs. */
	function offer(batches: readonly SourceRows[], keep: Keep): void {
		if (batches.length === 0) return
		const rows = mergeRows(kept, ...batches)
		const trial = attempt(rows)
		if (trial.failure !== undefined) {
			if (batches.length > 1) {
				const half = Math.ceil(batches.length / 2)
				offer(batches.slice(0, half), keep)
				offer(batches.slice(half), keep)
			} else noteFailure(mergeRows(...batches), trial)
			return
		}
		const isNews = trial.unreached.length < open.length
		if (keep === 'room' && batches.length > 1 && mostIn(rows) > mostRows) {
			for (const batch of batches) offer([batch], 'room')
		} else if (keep === 'always' || isNews || (keep === 'room' && mostIn(rows) <= mostRows)) {
			kept = rows
			open = trial.unreached
			const left = idsOf(open)
			unseen = new Set([...unseen].filter((branch) => left.has(branch)))
		}
	}

	/** Do these rows alone reach a branch that is still open? Then it counts as reached. */
	function reachesMore(rows: SourceRows): boolean {
		if (open.length === 0) return false
		const trial = attempt(rows)
		if (trial.failure !== undefined) {
			noteFailure(rows, trial, new Map())
			return false
		}
		const left = idsOf(trial.unreached)
		const still = open.filter(({ operator, what }) => left.has(branchId(operator, what)))
		const isNews = still.length < open.length
		open = still
		return isNews
	}

	return {
		offer,
		reachesMore,
		isOpen: (operator: string, what: string) =>
			open.some((branch) => branchId(branch.operator, branch.what) === branchId(operator, what)),
		isTooLarge: () => atFirst.failure?.tooLarge === true,
		unreached: () => open.map(({ operator, element, what }) => ({ operator, element, what })),
		rows: () => kept,
		failing: () => [...failing.values()],
	}
}

const idsOf = (branches: readonly Branch[]): ReadonlySet<string> =>
	new Set(branches.map(({ operator, what }) => branchId(operator, what)))

const mostIn = (rows: SourceRows): number => Math.max(0, ...[...rows.values()].map((one) => one.length))
