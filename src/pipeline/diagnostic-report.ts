import type { DiagnosticReport } from '#evidence/report.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { redact } from '#model/redact.ts'

/** A diagnostic as the report holds it. */
export function diagnosticReport({ code, severity, what, why, remedy, provenance }: Diagnostic): DiagnosticReport {
	return {
		code,
		severity,
		what: redact(what),
		why: redact(why),
		remedy,
		file: provenance.file,
		line: provenance.lines.start,
		path: provenance.path,
	}
}
