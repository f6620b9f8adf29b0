import type { Provenance } from './provenance.ts'

export type Outcome = 'exact' | 'declared' | 'opaque' | 'dropped'

/** One element of the export (stage, activity, component, task, container) and what became of it. */
export interface AccountingItem {
	/** The source's own path, unique in the job. */
	readonly id: string
	/** The source's own type name: `PxJoin`, `Microsoft.Lookup`, `Microsoft.ExecuteSQLTask`. */
	readonly type: string
	readonly name: string
	readonly outcome: Outcome
	/** Why it is opaque or dropped; which differences it declares. */
	readonly reason?: string
	readonly provenance: Provenance
}

export interface AccountingTotals {
	readonly total: number
	readonly exact: number
	readonly declared: number
	readonly opaque: number
	readonly dropped: number
}

/** Counts outcomes; `total` is the number of items, so the sum always adds up. */
export function totals(items: readonly AccountingItem[]): AccountingTotals {
	const count = (outcome: Outcome): number => items.filter((item) => item.outcome === outcome).length
	return {
		total: items.length,
		exact: count('exact'),
		declared: count('declared'),
		opaque: count('opaque'),
		dropped: count('dropped'),
	}
}
