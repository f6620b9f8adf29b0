/** A reconciliation for machines and for people. */
import type { JsonValue } from '#model/json-values.ts'
import type { Difference } from '../difference.ts'
import type { ReconcileReport } from './reconcile.ts'

/** @param verdict `accepted`: equal, or no more rows differ than were allowed */
export function reconcileJson(report: ReconcileReport, verdict: { readonly accepted: boolean }): string {
	return `${JSON.stringify({ ...report, ...verdict }, undefined, 1)}\n`
}

export function reconcileMarkdown(report: ReconcileReport): string {
	const { rows } = report
	const lines = [
		report.equal ? '**Equal.**' : '**Different.**',
		'',
		'| | rows |',
		'|---|---:|',
		`| expected | ${rows.expected} |`,
		`| actual | ${rows.actual} |`,
		`| missing | ${report.missing} |`,
		`| extra | ${report.extra} |`,
		`| changed | ${report.changed} |`,
		...columnLines('Columns that only the expected side has', report.missing_columns),
		...columnLines('Columns that only the actual side has', report.extra_columns),
		...(report.columns.length === 0 ? [] : ['', '| column | differences |', '|---|---:|']),
		...report.columns.map(({ name, differences }) => `| ${escapeCell(name)} | ${differences} |`),
		...aggregateLines(report),
		...(report.samples.length === 0 ? [] : ['', '| kind | row | columns |', '|---|---|---|']),
		...report.samples.map(sampleLine),
	]
	return `${lines.join('\n')}\n`
}

/** What Spark computed of each column; a column whose values differ shows both. */
function aggregateLines({ aggregates }: ReconcileReport): readonly string[] {
	if (aggregates === undefined) return []
	const { expected, actual } = aggregates
	const rows = expected.columns.map((column, index) => {
		const other = actual.columns[index] ?? column
		const cells = aggregateNames.map((name) => {
			const [left, right] = [String(column[name] ?? ''), String(other[name] ?? '')]
			return escapeCell(left === right ? left : `${left} → ${right}`)
		})
		return `| ${escapeCell(column.name)} | ${cells.join(' | ')} |`
	})
	const checksums = expected.checksum === actual.checksum ? 'agree' : 'differ'
	return [
		'',
		`Checksums of all rows, in any order, ${checksums}.`,
		'',
		`| column | ${aggregateNames.join(' | ')} |`,
		'|---|---|---|---|---|---|',
		...rows,
	]
}

const aggregateNames = ['nulls', 'least', 'greatest', 'sum', 'distinct'] as const

const columnLines = (title: string, names: readonly string[]): readonly string[] =>
	names.length === 0 ? [] : ['', `${title}: ${names.map(escapeCell).join(', ')}`]

function sampleLine(sample: Difference): string {
	const row = Object.entries(sample.row).map(([name, value]) => `${name}=${show(value)}`)
	const columns =
		sample.kind === 'changed'
			? sample.columns.map(({ name, expected, actual }) => `${name}: ${show(expected)} → ${show(actual)}`)
			: []
	return `| ${sample.kind} | ${escapeCell(row.join(', '))} | ${escapeCell(columns.join(', '))} |`
}

const show = (value: JsonValue): string => (value === null ? 'null' : JSON.stringify(value))

/** Cells are data: nothing in them may become markup, or end the table's row. */
function escapeCell(text: string): string {
	return text.replace(/[\\`*_{}[\]<>|#~&]/g, (character) => `&#${character.charCodeAt(0)};`).replace(/\r?\n|\r/g, ' ')
}
