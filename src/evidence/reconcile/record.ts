/** What a reconciliation proved about one target of a generated job, kept in the unit's folder: evidence E5. */
import { levelOf } from '../grade.ts'
import type { EvidenceReport, Level, ReconciledReport } from '../report.ts'
import type { ReconcileReport } from './reconcile.ts'

export const recordVersion = 1

/** A file of `<unit>/evidence/reconcile/`. */
export interface ReconcileRecord {
	readonly version: typeof recordVersion
	/** Slug of the job. */
	readonly job: string
	/** Id of the place that the job writes, as in `jobs.json`. */
	readonly target: string
	/** SHA-256 of the script that wrote it: with another script the record proves nothing. */
	readonly script: string
	/** Hides nothing: how values were compared. */
	readonly rules: Readonly<Record<string, string>>
	readonly rows: ReconcileReport['rows']
	readonly missing: number
	readonly extra: number
	readonly changed: number
	readonly equal: boolean
}

export interface Target {
	/** Id of the place. */
	readonly id: string
	readonly name: string
}

/**
 * E5 needs every target of the job to equal what the legacy engine wrote, one of them with a row at least, and each by a
 * record of the very script. A target without a record, or with an old one, is told.
 */
export function withRecords(
	evidence: EvidenceReport,
	targets: readonly Target[],
	records: readonly ReconcileRecord[],
	script: string,
): EvidenceReport {
	if (records.length === 0) return evidence
	const reconciled = targets.map((target) => stateOf(target, records, script))
	const passed =
		reconciled.length > 0 &&
		reconciled.every(({ status }) => status === 'equal') &&
		reconciled.some(({ rows }) => rows > 0)
	const reached: readonly Level[] = passed ? [...new Set<Level>([...evidence.reached, 'E5'])] : evidence.reached
	return { ...evidence, reached, level: levelOf(new Set(reached)), reconciled }
}

function stateOf({ id, name }: Target, records: readonly ReconcileRecord[], script: string): ReconciledReport {
	const own = records.filter(({ target }) => target === id)
	const current = own.find((record) => record.script === script)
	if (current === undefined)
		return { target: name, status: own.length === 0 ? 'missing' : 'outdated', rows: 0, differing: 0, rules: {} }
	const { rows, missing, extra, changed, equal, rules } = current
	return {
		target: name,
		status: equal ? 'equal' : 'different',
		rows: rows.expected,
		differing: missing + extra + changed,
		rules,
	}
}
