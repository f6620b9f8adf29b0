import type { Diagnostic } from '#model/diagnostics.ts'
import type { Job } from '#model/job.ts'
import type { ScdPurpose } from '#model/scd-purposes.ts'

export type ExportFormat =
	| 'dsx'
	| 'ds-xml'
	| 'isx'
	| 'ds-flow'
	| 'ds-asset'
	| 'dtsx'
	| 'ispac'
	| 'conmgr'
	| 'params'
	| 'dtsconfig'
	| 'dtproj'

/** One file, as bytes: importers never touch the file system. */
export interface ExportFile {
	/** Path below the repository root, `/` as separator; it becomes part of ids and provenance. */
	readonly path: string
	readonly bytes: Uint8Array
}

export interface ImportRequest {
	readonly file: ExportFile
	/** Files of the same project that this one may refer to (`.conmgr`, `.params`, `.dtproj` beside a `.dtsx`). */
	readonly companions: readonly ExportFile[]
	/** What the team says that numbers of purposes mean in Slowly Changing Dimension stages of DataStage. */
	readonly scdPurposes?: Readonly<Record<string, ScdPurpose>>
}

export interface ImportResult {
	readonly jobs: readonly Job[]
	/** About the file as a whole; what concerns one job stands in the job. */
	readonly diagnostics: readonly Diagnostic[]
}

/** Reads one export format. Pure: the same bytes give the same result. Never throws for bad input. */
export interface Importer {
	readonly format: ExportFormat
	/** Endings of file names, lower case, with the dot. */
	readonly endings: readonly string[]
	/** A companion yields no jobs of its own. */
	readonly companion: boolean
	/** Looks at the first kilobytes: is it this format, whatever the name says? */
	detect(path: string, head: Uint8Array): boolean
	read(request: ImportRequest): ImportResult
}
