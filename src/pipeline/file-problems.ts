/** Diagnostics about files that took their process with them. */
import type { FileReport } from '#evidence/report.ts'
import { diagnose } from '#model/diagnostics.ts'
import { diagnosticReport } from './diagnostic-report.ts'

/** The process that read the file ended before it had an answer. */
export function deadUnit(file: string, why: string): FileReport {
	return report(file, 'file/worker', 'The file could not be worked on.', why)
}

function report(file: string, code: 'file/worker', what: string, why: string): FileReport {
	const diagnostic = diagnose(code, { file, path: '', lines: { start: 1, end: 1 } }, { what, why })
	return { file, sha256: '', format: 'unknown', jobs: [], diagnostics: [diagnosticReport(diagnostic)] }
}
