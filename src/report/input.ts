/** What a report is made from. The pipeline reads it; nothing here touches a file. */
import type { JobReport } from '#evidence/report.ts'
import type { TraceEntry } from '#generators/lock.ts'
import type { Job } from '#model/job.ts'

/** A generated file that does what the job did: a script, or the definition of a state machine. */
export interface Code {
	/** Below the output folder. */
	readonly path: string
	readonly text: string
	/** It differs from what was generated, so the traces may point beside their lines. */
	readonly edited: boolean
	readonly traces: readonly TraceEntry[]
}

export interface JobInput {
	readonly report: JobReport
	/** Absent where the output folder no longer holds it. */
	readonly model?: Job
	readonly code?: Code
	/** Lines of an export, if it still is what was migrated. */
	readonly source: (file: string) => readonly string[] | undefined
}
