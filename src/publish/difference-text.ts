/** A declared difference in the text of a pull request: what differs, the rows that show it, what was decided. */
import type { JobReport } from '#evidence/report.ts'
import type { DifferenceRows } from '#model/difference-rows.ts'
import { rowsSentence, shownLines } from '#model/difference-words.ts'
import { cell, code, md, table } from './markdown.ts'

type Declared = JobReport['differences'][number]

/** An item of a task list; ticked when it was accepted. */
export function differenceItem(difference: Declared): string {
	const { id, element, detail, decision, rows } = difference
	const box = decision === 'accepted' ? 'x' : ' '
	const shown = rows === undefined ? '' : ` ${md(rowsSentence(rows))}`
	// Importers end the detail with a full stop or without one.
	const text = `${md(detail.replace(/\.$/, ''))}${decisionText(difference)}.`
	return `- [${box}] Declared difference **${id}** at ${code(element)}: ${text}${shown}${rowsTable(rows)}`
}

function decisionText({ decision, by, at }: Declared): string {
	return decision === undefined ? '' : ` (${decision} by ${md(by ?? '')}, ${md(at ?? '')})`
}

/** Belongs to the item of the list, so it is indented. */
function rowsTable(rows: DifferenceRows | undefined): string {
	const lines = rows === undefined ? [] : shownLines(rows)
	if (lines.length === 0) return ''
	const filled = (text: string): string => (text === '' ? '' : cell(text))
	const text = table(
		['Target', 'Row', 'Column', 'Old job', 'New job'],
		lines.map((line) => [cell(line.output), ...[line.row, line.column, line.old, line.new].map(filled)]),
	)
	return `\n\n${text.replace(/^/gm, '  ')}\n`
}
