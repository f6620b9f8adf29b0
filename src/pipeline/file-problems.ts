/** Diagnostics about files that no importer saw, or that took their process with them. */
import type { FileReport } from '#evidence/report.ts'
import { diagnose } from '#model/diagnostics.ts'
import { diagnosticReport } from './diagnostic-report.ts'

/** A format that is known by name, but not read. */
export function unsupportedFile(file: string): FileReport {
	return report(
		file,
		'file/unsupported-format',
		'The format of this file is not read.',
		'this version reads .dsx and .dtsx',
	)
}

/** The process that read the file ended before it had an answer. */
export function deadUnit(file: string, why: string): FileReport {
	return report(file, 'file/worker', 'The file could not be worked on.', why)
}

function report(file: string, code: 'file/unsupported-format' | 'file/worker', what: string, why: string): FileReport {
	const diagnostic = diagnose(code, { file, path: '', lines: { start: 1, end: 1 } }, { what, why })
	return { file, sha256: '', format: 'unknown', jobs: [], diagnostics: [diagnosticReport(diagnostic)] }
}
