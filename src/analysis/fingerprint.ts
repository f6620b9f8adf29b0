/**
 * What an element means, as one hash: equal fingerprints, nothing to regenerate. Layout, order of records, dates, versions and
 * places in the file do not count; names do, since scripts and documents print them.
 */
import { createHash } from 'node:crypto'
import type { Job } from '#model/job.ts'
import { toJson } from '#model/json.ts'

/** Keys that tell where something stands, not what it means. */
const positions = new Set(['provenance', 'span', 'toolVersion', 'diagnostics'])

/** Hash of any part of the model, positions left out. 64 hexadecimal digits. */
export function fingerprint(part: unknown): string {
	return createHash('sha256')
		.update(toJson(meaning(part)))
		.digest('hex')
}

/** Hash of a job without its name and place: equal for copies of one job. */
export function shapeFingerprint(job: Job): string {
	return fingerprint({
		...job,
		id: '',
		name: '',
		description: '',
		accounting: job.accounting.map(({ type, outcome }) => ({ type, outcome })),
	})
}

function meaning(part: unknown): unknown {
	if (Array.isArray(part)) return part.map(meaning)
	if (typeof part !== 'object' || part === null) return part
	const kept = Object.entries(part).filter(([key]) => !positions.has(key))
	return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, meaning(value)]))
}
