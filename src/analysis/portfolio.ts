/** Looks across jobs: which are copies of one another. */
import type { Job } from '#model/job.ts'
import { shapeFingerprint } from './fingerprint.ts'

export interface CloneGroup {
	/** Ids of jobs that mean the same but for their names. */
	readonly jobs: readonly string[]
}

export function cloneGroups(jobs: readonly Job[]): readonly CloneGroup[] {
	const groups = new Map<string, string[]>()
	for (const job of jobs) {
		const shape = shapeFingerprint(job)
		groups.set(shape, [...(groups.get(shape) ?? []), job.id])
	}
	return [...groups.values()].filter((ids) => ids.length > 1).map((ids) => ({ jobs: ids }))
}
