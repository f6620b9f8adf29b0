import type { EvidenceReport, Level } from '#evidence/report.ts'
import type { Html } from '../html.ts'
import { count, counted, html, nothing } from '../html.ts'
import type { JobInput } from '../input.ts'
import { levelWords, percent } from '../words.ts'

const steps: readonly Level[] = ['E0', 'E1', 'E2', 'E3', 'E4', 'E5']

/** How far the job is proven, on what, and what stopped the next level. */
export function evidenceSection({ report }: JobInput): Html {
	const { evidence } = report
	return html`<section aria-label="Evidence"><h3>Evidence</h3>
<ol class="steps">${steps.map((level) => step(level, evidence))}</ol>
${evidence.stopped_by === undefined ? undefined : html`<p class="warn"><strong>What stopped the next level:</strong> ${evidence.stopped_by}</p>`}
${outputs(evidence)}${branches(evidence)}${testCases(evidence)}${reconciled(evidence)}
<p class="hint">Confidence ${report.confidence.toFixed(2)}${report.predicted ? ', a prediction: nothing has run' : ''}.</p></section>`
}

function step(level: Level, { reached }: EvidenceReport): Html {
	const done = reached.includes(level)
	return html`<li class="${done ? 'done' : 'open'}"><strong>${level}</strong> ${levelWords[level]} <span class="mark">${done ? 'reached' : 'not reached'}</span></li>`
}

function outputs({ outputs: all, rows_compared, effects_compared }: EvidenceReport): Html {
	if (all.length === 0)
		return html`<p>No rows were compared${effects_compared === 0 ? '' : `, but ${counted(effects_compared, 'effect')}`}.</p>`
	return html`<p>${counted(rows_compared, 'row')} and ${counted(effects_compared, 'effect')} (statements, mails, file operations) compared.</p>
<div class="scroll" role="region" aria-label="Outputs" tabindex="0"><table class="plain"><thead><tr><th scope="col">Output</th><th scope="col" class="number">Reference rows</th><th scope="col" class="number">Script rows</th><th scope="col">Verdict</th></tr></thead><tbody>${all.map(
		({ name, expected, actual, equal }) =>
			html`<tr><th scope="row">${name}</th><td class="number">${count(expected)}</td><td class="number">${count(actual)}</td><td>${equal ? html`<span class="badge good">equal</span>` : html`<span class="badge bad">differs</span>`}</td></tr>`,
	)}</tbody></table></div>`
}

function branches({ branches: { covered, total, unreached } }: EvidenceReport): Html {
	if (total === 0) return html`<p>No branches were counted.</p>`
	const width = (100 * covered) / total
	return html`<p>Branches reached by the synthesised rows: <strong>${count(covered)} of ${count(total)}</strong> (${percent(covered, total)}).</p><svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="exact" width="${Math.round(width * 100) / 100}" height="8"/></svg>${unreached.length === 0 ? undefined : html`<details><summary>${counted(unreached.length, 'branch', 'branches')} not reached</summary><ul>${unreached.map((one) => html`<li>${one}</li>`)}</ul></details>`}`
}

const reconciledWords = { equal: 'good', different: 'bad', outdated: '', missing: '' } as const

/** What was compared with the files of the legacy engine. */
function reconciled({ reconciled: targets }: EvidenceReport): Html {
	if (targets === undefined) return nothing
	return html`<h4>Compared with the legacy engine</h4><ul>${targets.map(
		({ target, status, rows, differing, rules }) => {
			const how = Object.entries(rules).map(([name, value]) => `${name}: ${value}`)
			const numbers = rows === 0 && differing === 0 ? '' : `: ${counted(rows, 'row')}, ${count(differing)} differing`
			return html`<li><span class="badge ${reconciledWords[status]}">${status}</span> ${target}${numbers}${how.length === 0 ? undefined : html` <span class="where">${how.join('; ')}</span>`}</li>`
		},
	)}</ul>`
}

const caseWords = { passed: 'good', failed: 'bad', 'not-run': '' } as const

/** Test cases of the team. Their rows are the team's, and stay out of a document that is passed on: only numbers are told. */
function testCases({ cases }: EvidenceReport): Html {
	if (cases === undefined || cases.length === 0) return nothing
	return html`<h4>Test cases of the team</h4><ul>${cases.map(
		({ name, file, status, outputs: compared, problem }) =>
			html`<li><span class="badge ${caseWords[status]}">${status}</span> ${name} <span class="where">${file}</span>${problem === undefined ? undefined : html`<p>${problem}</p>`}${compared
				.filter(({ equal }) => !equal)
				.map(
					({ name: output, missing, extra, changed }) =>
						html`<p>${output}: ${counted(missing, 'row')} missing, ${count(extra)} too many, ${count(changed)} changed</p>`,
				)}</li>`,
	)}</ul>`
}
