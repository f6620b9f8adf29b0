/** The `--json` report of `migrate`, `analyze` and `verify`: docs/report.md describes it; its keys are snake_case. */
import type { Outcome } from '#model/accounting.ts'
import type { DifferenceRows } from '#model/difference-rows.ts'
import type { Difference } from './difference.ts'

export const reportVersion = 1

export interface Report {
	readonly version: typeof reportVersion
	readonly files: readonly FileReport[]
	readonly jobs: readonly JobReport[]
	readonly totals: ReportTotals
}

export interface FileReport {
	readonly file: string
	readonly sha256: string
	readonly format: string
	readonly jobs: readonly string[]
	readonly diagnostics: readonly DiagnosticReport[]
}

export interface DiagnosticReport {
	readonly code: string
	readonly severity: 'error' | 'warning' | 'info'
	readonly what: string
	readonly why: string
	readonly remedy: string
	readonly file: string
	readonly line: number
	readonly path: string
}

export type Category = 'AUTO' | 'SEMI-AUTO' | 'MANUAL'
export type Level = 'none' | 'E0' | 'E1' | 'E2' | 'E3' | 'E4' | 'E5'

export interface JobReport {
	readonly id: string
	readonly name: string
	readonly kind: string
	readonly dialect: string
	readonly unit: string
	readonly source: { readonly file: string; readonly job: string }
	readonly category: Category
	/** The category is a prediction of the analysis: nothing has run. */
	readonly predicted: boolean
	readonly confidence: number
	readonly accounting: {
		readonly total: number
		readonly exact: number
		readonly declared: number
		readonly opaque: number
		readonly dropped: number
		readonly items: readonly {
			readonly id: string
			readonly type: string
			readonly outcome: Outcome
			readonly reason?: string
		}[]
	}
	/** Paths below the output folder. */
	readonly artifacts: readonly string[]
	readonly diagnostics: readonly DiagnosticReport[]
	readonly differences: readonly {
		readonly id: string
		readonly element: string
		readonly detail: string
		/** For `decisions.yml`: a decision with it holds while the element means the same. */
		readonly element_fingerprint?: string
		/** What the unit's `decisions.yml` says. Absent: nobody has decided. */
		readonly decision?: 'accepted' | 'rejected'
		readonly by?: string
		readonly at?: string
		/** Test rows that show it, as the old job gives them and as the new one does, or why there are none. */
		readonly rows?: DifferenceRows
	}[]
	readonly evidence: EvidenceReport
	/** Nothing is paid for: no model, no cloud. */
	readonly cost: { readonly usd: number }
}

export interface EvidenceReport {
	readonly level: Level
	readonly reached: readonly Level[]
	readonly rows_compared: number
	readonly effects_compared: number
	readonly outputs: readonly {
		readonly name: string
		readonly expected: number
		readonly actual: number
		readonly equal: boolean
	}[]
	readonly branches: {
		readonly covered: number
		readonly total: number
		readonly unreached: readonly string[]
		/** Not counted: nothing from outside decides what their data flow does, and its one run does not take them. Absent: none. */
		readonly never?: readonly string[]
	}
	/** Variables that test runs begin with a smaller value, as the job's own asks for more rows than a test run follows. */
	readonly shortened?: readonly { readonly variable: string; readonly value: string }[]
	readonly stopped_by?: string
	/** Test cases of the team (`verify --spec`). Absent: none was given. */
	readonly cases?: readonly CaseReport[]
	/** Targets compared with what the legacy engine wrote (`reconcile --job`). Absent: none was. */
	readonly reconciled?: readonly ReconciledReport[]
}

export interface ReconciledReport {
	readonly target: string
	/** `outdated`: another script wrote what was compared. `missing`: nobody has compared this target. */
	readonly status: 'equal' | 'different' | 'outdated' | 'missing'
	readonly rows: number
	readonly differing: number
	/** How values were compared, where not in the usual way: columns that were left out, a tolerance. */
	readonly rules: Readonly<Record<string, string>>
}

/** One test case that a team had for the legacy job. */
export interface CaseReport {
	readonly name: string
	readonly file: string
	/** `not-run`: it does not fit the job; `problem` says why. */
	readonly status: 'passed' | 'failed' | 'not-run'
	readonly outputs: readonly {
		/** `stage.link`. */
		readonly name: string
		readonly expected: number
		readonly actual: number
		readonly equal: boolean
		readonly missing: number
		readonly extra: number
		readonly changed: number
		/** Only the number of rows was compared. */
		readonly count_only: boolean
		readonly columns_of_one_side: readonly string[]
		readonly samples: readonly Difference[]
	}[]
	readonly problem?: string
}

export interface ReportTotals {
	readonly files: number
	readonly jobs: number
	readonly elements: number
	readonly exact: number
	readonly declared: number
	readonly opaque: number
	readonly dropped: number
	readonly levels: Readonly<Record<string, number>>
	readonly categories: Readonly<Record<string, number>>
}

/** Sums up; levels and categories in a fixed order, so that the same jobs give the same text. */
export function totalsOf(files: readonly FileReport[], jobs: readonly JobReport[]): ReportTotals {
	const sum = (key: 'total' | 'exact' | 'declared' | 'opaque' | 'dropped') =>
		jobs.reduce((total, job) => total + job.accounting[key], 0)
	return {
		files: files.length,
		jobs: jobs.length,
		elements: sum('total'),
		exact: sum('exact'),
		declared: sum('declared'),
		opaque: sum('opaque'),
		dropped: sum('dropped'),
		levels: tally(jobs.map((job) => job.evidence.level)),
		categories: tally(jobs.map((job) => job.category)),
	}
}

function tally(values: readonly string[]): Readonly<Record<string, number>> {
	const counts: Record<string, number> = {}
	for (const value of [...values].sort()) counts[value] = (counts[value] ?? 0) + 1
	return counts
}

export function toText(report: Report): string {
	return `${JSON.stringify(report, undefined, 1)}\n`
}
