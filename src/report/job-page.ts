import { elementsOf } from './elements.ts'
import type { Html } from './html.ts'
import { html, nothing } from './html.ts'
import type { JobInput } from './input.ts'
import { accountingSection } from './sections/accounting.ts'
import { diagnosticsSection } from './sections/diagnostics.ts'
import { differencesSection } from './sections/differences.ts'
import { evidenceSection } from './sections/evidence.ts'
import { mappingSection } from './sections/mapping.ts'
import { picturesSection } from './sections/pictures.ts'
import { sourceAndCode } from './sections/source-and-code.ts'
import { categoryBadge, categoryWords, kindWord, levelBadge, levelWords } from './words.ts'

/** Everything about one job. @param page what it is called in the document, such as `j12` */
export function jobPage(input: JobInput, page: string): Html {
	const { report, model } = input
	const elements = elementsOf(input, page)
	const tool = report.dialect === 'ssis' ? 'SSIS' : 'DataStage'
	return html`<header class="job-head"><p><a href="#portfolio">← All jobs</a></p>
<h2 tabindex="-1">${report.name}</h2>
<p>${categoryBadge(report.category, report.predicted)} ${levelBadge(report.evidence.level)} <span>${categoryWords[report.category]}; ${levelWords[report.evidence.level]}</span></p>
<dl class="facts"><div><dt>Kind</dt><dd>${tool} ${kindWord(report.kind)}${model === undefined ? undefined : `, ${model.toolVersion}`}</dd></div><div><dt>Unit</dt><dd>${report.unit}</dd></div><div><dt>Export</dt><dd>${report.source.file}</dd></div></dl>
${description(model?.description.trim() ?? '')}</header>
${picturesSection(input, elements)}
<div class="columns">${evidenceSection(input)}${accountingSection(input, elements)}</div>
${differencesSection(input, elements)}
${mappingSection(input)}
${diagnosticsSection(input)}
${sourceAndCode(input, elements)}`
}

/** Descriptions are sometimes the history of a job. */
function description(text: string): Html {
	if (text === '') return nothing
	const paragraph = html`<p class="description">${text}</p>`
	return text.length <= 400 ? paragraph : html`<details><summary>Description</summary>${paragraph}</details>`
}
