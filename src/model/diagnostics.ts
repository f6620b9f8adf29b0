import type { DiagnosticCode } from './diagnostic-codes.ts'
import { diagnosticCodes } from './diagnostic-codes.ts'
import type { Provenance } from './provenance.ts'

export type Severity = 'error' | 'warning' | 'info'

/**
 * Something to tell a person. Three parts, as a good colleague would say it: what is wrong, why, and what to do.
 * Printers render it for the terminal, a check annotation, a pull request; the data stays the same.
 */
export interface Diagnostic {
	readonly code: DiagnosticCode
	readonly severity: Severity
	readonly what: string
	readonly why: string
	readonly remedy: string
	readonly provenance: Provenance
}

/** Makes a diagnostic; severity and the usual remedy come from the code's entry in the catalogue. */
export function diagnose(
	code: DiagnosticCode,
	provenance: Provenance,
	words: { readonly what: string; readonly why: string; readonly remedy?: string },
): Diagnostic {
	const entry = diagnosticCodes[code]
	return {
		code,
		severity: entry.severity,
		what: words.what,
		why: words.why,
		remedy: words.remedy ?? entry.remedy,
		provenance,
	}
}
