/** Reconciliations that a unit's folder holds, `evidence/reconcile/*.json`: made by `reglue reconcile`, committed by people. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { ReconcileReport } from '#evidence/reconcile/reconcile.ts'
import type { ReconcileRecord, Target } from '#evidence/reconcile/record.ts'
import { recordVersion, withRecords } from '#evidence/reconcile/record.ts'
import type { EvidenceReport } from '#evidence/report.ts'
import type { JobEntry } from '#generators/jobs-file.ts'
import type { GeneratedJob } from './run/select-job.ts'

const count = z.number().int().nonnegative()
const recordSchema = z.object({
	version: z.literal(recordVersion),
	job: z.string(),
	target: z.string(),
	script: z.string(),
	rules: z.record(z.string(), z.string()),
	rows: z.object({ expected: count, actual: count }),
	missing: count,
	extra: count,
	changed: count,
	equal: z.boolean(),
})

const folderOf = (unitFolder: string): string => path.join(unitFolder, 'evidence', 'reconcile')

/** Files of all records of a unit, sorted. */
export function recordFiles(unitFolder: string): readonly string[] {
	const folder = folderOf(unitFolder)
	if (!existsSync(folder)) return []
	return readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.sort()
		.map((name) => path.join(folder, name))
}

/** Evidence of a job with what was reconciled of its targets. A file that is no record proves nothing. */
export function withReconciled(evidence: EvidenceReport, entry: JobEntry, unitFolder: string): EvidenceReport {
	const script = path.resolve(unitFolder, entry.script)
	const records = recordFiles(unitFolder).flatMap(readRecord)
	const own = records.filter(({ job }) => job === entry.name)
	return existsSync(script) ? withRecords(evidence, targetsOf(entry), own, hashOf(script)) : evidence
}

function readRecord(file: string): readonly ReconcileRecord[] {
	try {
		const { data } = recordSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
		return data === undefined ? [] : [data]
	} catch {
		return []
	}
}

const targetsOf = ({ places }: JobEntry): readonly Target[] =>
	places
		.filter(({ role, kind }) => role === 'write' && kind !== 'folder')
		.map(({ id, element }) => ({ id, name: element }))

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

/**
 * Keeps a comparison as evidence for a target of a job.
 *
 * @param name of the target: its stage or component, its old path or table, or its id in jobs.json
 * @returns the file, or why there is none
 */
export function keepRecord(
	{ entry, folder }: GeneratedJob,
	name: string,
	report: ReconcileReport,
	rules: ReconcileRecord['rules'],
): { readonly file: string } | { readonly problem: string } {
	const targets = entry.places.filter(({ role }) => role === 'write')
	const found = targets.filter(({ id, element, legacy }) =>
		[id, element, element.split('/').at(-1), legacy].includes(name),
	)
	const [place, ...others] = found
	const names = targets.map(({ element }) => element).join(', ')
	if (place === undefined) return { problem: `${entry.title} has no target ${name}; it has ${names}` }
	if (others.length > 0) return { problem: `${entry.title} has several targets ${name}; name one of ${names}` }
	const { rows, missing, extra, changed, equal } = report
	const record: ReconcileRecord = {
		version: recordVersion,
		job: entry.name,
		target: place.id,
		script: hashOf(path.resolve(folder, entry.script)),
		rules,
		rows,
		missing,
		extra,
		changed,
		equal,
	}
	const file = path.join(folderOf(folder), `${entry.name}-${entry.places.indexOf(place) + 1}.json`)
	mkdirSync(path.dirname(file), { recursive: true })
	writeFileSync(file, `${JSON.stringify(record, undefined, 1)}\n`)
	return { file }
}
