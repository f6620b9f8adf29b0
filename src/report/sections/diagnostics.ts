import type { DiagnosticReport } from '#evidence/report.ts'
import type { Html } from '../html.ts'
import { counted, html, nothing } from '../html.ts'
import type { JobInput } from '../input.ts'

const order: readonly DiagnosticReport['severity'][] = ['error', 'warning', 'info']

/** What a person should know or do, the gravest first; what only informs is folded. */
export function diagnosticsSection({ report }: JobInput): Html {
	if (report.diagnostics.length === 0) return nothing
	const bySeverity = Map.groupBy(report.diagnostics, ({ severity }) => severity)
	return html`<section aria-label="Diagnostics"><h3>Diagnostics</h3>${order.map((severity) => group(severity, bySeverity.get(severity) ?? []))}</section>`
}

function group(severity: DiagnosticReport['severity'], all: readonly DiagnosticReport[]): Html {
	if (all.length === 0) return nothing
	const list = html`<ul class="diagnostics">${all.map(one)}</ul>`
	return severity === 'info'
		? html`<details><summary>${counted(all.length, 'note')}</summary>${list}</details>`
		: html`<h4>${counted(all.length, severity)}</h4>${list}`
}

function one({ code, severity, what, why, remedy, file, line }: DiagnosticReport): Html {
	return html`<li><p><span class="badge severity-${severity}">${severity}</span> <strong>${what}</strong></p><p>${why} ${remedy}</p><p class="where">${code}, ${file}:${line}</p></li>`
}
