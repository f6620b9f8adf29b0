import { wellFormed } from '#generators/well-formed.ts'
import type { Job } from '#model/job.ts'

/** What keeps a job's script from being well-formed (E1), each with the line it is about. */
export function formProblems(job: Job, path: string, text: string): readonly string[] {
	return wellFormed(job, [{ path, text, traces: [] }]).map(
		({ code, message, line }) => `${path}:${line}: ${code}: ${message}`,
	)
}
