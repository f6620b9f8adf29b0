/** `reglue.lock.json`: what a generation was made from, so that the next one knows what changed and what people edited. */
import { createHash } from 'node:crypto'
import { fingerprint } from '#analysis/fingerprint.ts'
import type { Job } from '#model/job.ts'
import type { Artifact } from './artifact.ts'

export const lockVersion = 1

/** Version of what the generators print; raised when the same job gives another text. */
const generatorVersion = '0.1.0'

export interface LockFile {
	readonly version: typeof lockVersion
	readonly generator: string
	/** Fingerprints by job id. */
	readonly jobs: Readonly<Record<string, string>>
	/** Git blob ids of the artifacts as they were generated, by path below the output folder. */
	readonly blobs: Readonly<Record<string, string>>
	/** Generated lines and where they come from, by path. `[first line, last line, element, file, first line there, last line there]`. */
	readonly traces: Readonly<Record<string, readonly TraceEntry[]>>
}

export type TraceEntry = readonly [number, number, string, string, number, number]

export function lockFile(jobs: readonly Job[], artifacts: readonly Artifact[]): LockFile {
	const sorted = [...artifacts].sort((left, right) => (left.path < right.path ? -1 : 1))
	return {
		version: lockVersion,
		generator: generatorVersion,
		jobs: Object.fromEntries(
			[...jobs].sort((left, right) => (left.id < right.id ? -1 : 1)).map((job) => [job.id, jobFingerprint(job)]),
		),
		blobs: Object.fromEntries(sorted.map(({ path, text }) => [path, blobId(text)])),
		traces: Object.fromEntries(
			sorted
				.filter(({ traces }) => traces.length > 0)
				.map(({ path, traces }) => [
					path,
					traces.map(
						({ lines, element, provenance }): TraceEntry => [
							lines.start,
							lines.end,
							element,
							provenance.file,
							provenance.lines.start,
							provenance.lines.end,
						],
					),
				]),
		),
	}
}

/** The id that git gives a file of that text. */
export function blobId(text: string): string {
	const bytes = Buffer.from(text, 'utf8')
	return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}

/** A digest of what the job means: not of layout, line numbers, order of records, dates or the tool's version. */
function jobFingerprint(job: Job): string {
	const { flows, control, parameters, variables, connections, name, kind } = job
	return fingerprint({
		name,
		kind,
		control,
		flows: flows.map((flow) => ({
			name: flow.name,
			operators: unordered(flow.operators),
			links: unordered(flow.links),
		})),
		parameters: unordered(parameters),
		variables: unordered(variables),
		connections: unordered(connections),
	})
}

const unordered = (parts: readonly unknown[]): readonly string[] => parts.map(fingerprint).sort()

export const lockPath = (unit: string): string => `${unit}/reglue.lock.json`
