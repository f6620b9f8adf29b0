import { diagnosticCodes } from '#model/diagnostic-codes.ts'
import { visibility } from '#model/difference-visibility.ts'
import type { DifferenceId } from '#model/differences.ts'
import { differences } from '#model/differences.ts'
import { legacyMeanings } from '#model/legacy-meanings.ts'

/** Prints the declared differences that a reviewer may meet. */
export function renderDifferences(): string {
	const sections = Object.entries(differences).map(
		([id, { title, why, check }]) =>
			`## ${id}: ${title}\n\n${why}\n\n**Check:** ${check}\n\n**Rows:** ${rowsText(id as DifferenceId)}\n`,
	)
	return `<!-- Printed from src/model/differences.ts by npm run docs. -->

# Declared differences

A declared difference is a way in which a new job knowingly differs from the old one. The job runs, and differs as stated; each occurrence is named at its element, in the mapping document and in the pull request. The ids are stable.

Where the meaning of the old job is known, or some meaning that it may have had, the reference interpreter takes it on at this one element, on the same test rows, and the rows of the targets that change are shown with the difference: in the mapping document, the pull request, the report. *Rows* says what is taken, or why there is nothing to show.

${sections.join('\n')}`
}

function rowsText(id: DifferenceId): string {
	const one = visibility[id]
	return 'legacy' in one ? `shown, supposing that ${legacyMeanings[one.legacy]}.` : `cannot be shown: ${one.hidden}.`
}

/** Prints every diagnostic code with what to do. */
export function renderDiagnostics(): string {
	const rows = Object.entries(diagnosticCodes).map(
		([code, { severity, remedy }]) => `| \`${code}\` | ${severity} | ${remedy} |`,
	)
	return `<!-- Printed from src/model/diagnostic-codes.ts by npm run docs. -->

# Diagnostics

Each diagnostic says what is wrong, why, and what to do, with its place in the export. The codes are stable.

| code | severity | what to do |
| --- | --- | --- |
${rows.join('\n')}
`
}
