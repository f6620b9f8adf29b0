import type { Diagnostic } from '#model/diagnostics.ts'
import type { Job } from '#model/job.ts'
import type { LineRange, Provenance } from '#model/provenance.ts'

/** A file that Reglue writes, path relative to the output folder, LF and one newline at the end. */
export interface Artifact {
	readonly path: string
	readonly text: string
	/** Which lines come from which element of the export; empty for files without one. */
	readonly traces: readonly Trace[]
}

export interface Trace {
	/** Lines of the artifact. */
	readonly lines: LineRange
	/** Id of the accounted element (`AccountingItem.id`). */
	readonly element: string
	readonly provenance: Provenance
}

/** What one pull request carries. */
export interface Unit {
	/** Slug, the unit's folder. */
	readonly name: string
	readonly jobs: readonly Job[]
}

export interface Generated {
	readonly artifacts: readonly Artifact[]
	readonly diagnostics: readonly Diagnostic[]
}
