/** A reconciliation as a page of its own: nothing is loaded, nothing runs. */
import type { JsonValue } from '#model/json-values.ts'
import type { Difference } from '../difference.ts'
import type { ReconcileReport } from './reconcile.ts'

const style = `:root{color-scheme:light dark;--line:#8884;--good:#1a7f37;--bad:#cf222e}
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.3rem;overflow-wrap:anywhere}.equal{color:var(--good)}.different{color:var(--bad)}
.scroll{overflow-x:auto}table{border-collapse:collapse;margin:1rem 0}
th,td{border:1px solid var(--line);padding:.25rem .6rem;text-align:left;vertical-align:top}td.n{text-align:right}
@media(prefers-color-scheme:dark){:root{--good:#3fb950;--bad:#f85149}}`

/** @param title what was compared, secrets left out */
export function reconcileHtml(report: ReconcileReport, title: string): string {
	const { rows, missing, extra, changed, columns, samples, aggregates } = report
	const verdict = report.equal ? 'equal' : 'different'
	const parts = [
		`<h1>${escapeText(title)}</h1>`,
		`<p class="${verdict}"><strong>${report.equal ? 'Equal.' : 'Different.'}</strong></p>`,
		table(['', 'rows'], Object.entries({ expected: rows.expected, actual: rows.actual, missing, extra, changed })),
		...oneSided('Columns that only the expected side has', report.missing_columns),
		...oneSided('Columns that only the actual side has', report.extra_columns),
		...section(
			'Differences by column',
			['column', 'rows'],
			columns.map(({ name, differences }) => [name, differences]),
		),
		...(aggregates === undefined
			? []
			: section(
					'Columns as a whole',
					['column', 'side', 'nulls', 'least', 'greatest', 'sum', 'distinct (about)'],
					(['expected', 'actual'] as const).flatMap((side) =>
						aggregates[side].columns.map((one) => [
							one.name,
							side,
							one.nulls ?? 0,
							one.least ?? '',
							one.greatest ?? '',
							one.sum ?? '',
							one.distinct,
						]),
					),
				)),
		...section('Rows that differ (a sample)', ['kind', 'row', 'columns'], samples.map(sampleCells)),
	]
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeText(title)}</title><style>${style}</style></head>
<body>
${parts.join('\n')}
</body></html>
`
}

type Cell = string | number

const section = (title: string, head: readonly string[], rows: readonly (readonly Cell[])[]): readonly string[] =>
	rows.length === 0 ? [] : [`<h2>${escapeText(title)}</h2>`, table(head, rows)]

const oneSided = (title: string, names: readonly string[]): readonly string[] =>
	names.length === 0 ? [] : [`<p>${escapeText(title)}: ${names.map(escapeText).join(', ')}</p>`]

function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
	const cell = (value: Cell): string =>
		typeof value === 'number' ? `<td class="n">${value}</td>` : `<td>${escapeText(value)}</td>`
	const lines = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`)
	const titles = head.map((title) => `<th>${escapeText(title)}</th>`).join('')
	return `<div class="scroll"><table><tr>${titles}</tr>\n${lines.join('\n')}</table></div>`
}

function sampleCells(sample: Difference): readonly Cell[] {
	const row = Object.entries(sample.row).map(([name, value]) => `${name}=${show(value)}`)
	const columns = sample.kind === 'changed' ? sample.columns : []
	const changes = columns.map(({ name, expected, actual }) => `${name}: ${show(expected)} → ${show(actual)}`)
	return [sample.kind, row.join(', '), changes.join(', ')]
}

const show = (value: JsonValue): string => (value === null ? 'null' : JSON.stringify(value))

const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
