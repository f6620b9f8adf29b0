import type { Diagnostic } from '#model/diagnostics.ts'

/** A diagnostic for the terminal: place and code first, then what, why and what to do. */
export function diagnosticText(diagnostic: Diagnostic): string {
	const { file, lines } = diagnostic.provenance
	return `${visible(file)}:${lines.start}: ${diagnostic.severity} ${diagnostic.code}: ${visible(diagnostic.what)}\n    why: ${visible(diagnostic.why)}\n    do:  ${visible(diagnostic.remedy)}`
}

/** Control characters and escape sequences from an export must not drive the terminal. */
export function visible(text: string): string {
	return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
		character === '\n' ? ' ' : `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
	)
}
