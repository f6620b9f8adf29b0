/** Which branches of a job were taken: conditions both ways, routes, `if`s, hits and misses, rejects, nulls. */

export interface Branch {
	/** Id of the operator or precedence. */
	readonly operator: string
	/** Id of the accounted element it came from. */
	readonly element: string
	/** What has to happen: `condition true`, `key missing`, `column AMOUNT null`. */
	readonly what: string
}

export interface CountedBranch extends Branch {
	/** How many rows (or times) took it. */
	readonly count: number
}

export interface CoverageSummary {
	readonly covered: number
	readonly total: number
	readonly unreached: readonly Branch[]
}

/** Collects branches while the interpreter runs. One tracker may serve many runs: counts add up. */
export interface Tracker {
	/** Makes a branch known, so that it counts as unreached until it is hit. */
	declare(branch: Branch): void
	hit(operator: string, what: string): void
	branches(): readonly CountedBranch[]
}

export function createTracker(): Tracker {
	const known = new Map<string, Branch>()
	const counts = new Map<string, number>()
	return {
		declare(branch) {
			known.set(branchId(branch.operator, branch.what), branch)
		},
		hit(operator, what) {
			const id = branchId(operator, what)
			counts.set(id, (counts.get(id) ?? 0) + 1)
		},
		branches: () => [...known].map(([id, branch]) => ({ ...branch, count: counts.get(id) ?? 0 })),
	}
}

/** Identity of a branch within its job. A line feed cannot stand in an operator's id that a tool let a person type. */
export const branchId = (operator: string, what: string): string => `${operator}\n${what}`

export function summarise(branches: readonly CountedBranch[]): CoverageSummary {
	const unreached = branches.filter((branch) => branch.count === 0)
	return {
		covered: branches.length - unreached.length,
		total: branches.length,
		unreached: unreached.map(({ operator, element, what }) => ({ operator, element, what })),
	}
}

/** Adds up the branches of several runs of one job. */
export function mergeCoverage(runs: readonly (readonly CountedBranch[])[]): readonly CountedBranch[] {
	const merged = new Map<string, CountedBranch>()
	for (const branch of runs.flat()) {
		const id = branchId(branch.operator, branch.what)
		merged.set(id, { ...branch, count: (merged.get(id)?.count ?? 0) + branch.count })
	}
	return [...merged.values()]
}
