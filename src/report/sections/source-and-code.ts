/** The text of each element beside the generated code; lines of the same element carry its number. */

import type { CodeRun } from '../code-lines.ts'
import { codeRuns } from '../code-lines.ts'
import type { Element, Elements } from '../elements.ts'
import type { Html } from '../html.ts'
import { counted, html } from '../html.ts'
import type { JobInput } from '../input.ts'
import { sourceOf } from '../source-text.ts'
import { outcomeBadge, shortType } from '../words.ts'

/** A longer stretch that comes from no element (imports, printed helpers) is folded. */
const foldFrom = 14
/** Texts of elements are open at once in a job with few of them. */
const fewElements = 10

export function sourceAndCode(input: JobInput, elements: Elements): Html {
	const { code } = input
	const runs = code === undefined ? [] : codeRuns(code, elements.byId)
	const open = elements.all.length <= fewElements
	return html`<section class="both" aria-label="Source and generated code"><h3>Source beside generated code</h3>
<p class="hint">Point at a stage or a line, or tap it, and its counterpart is marked.</p>
<div class="panes"><div class="pane" role="region" aria-label="Source" tabindex="0"><h4>${input.report.source.file}</h4>${elements.all.map((element) => stage(element, elements, input, runs, open))}</div>
<div class="pane" role="region" aria-label="Generated code" tabindex="0">${codePane(input, runs, elements)}</div></div></section>`
}

function stage(element: Element, elements: Elements, input: JobInput, runs: readonly CodeRun[], open: boolean): Html {
	const parts = sourceOf(element, elements.all, input.source)
	const made = runs.filter((run) => run.element === element).reduce((sum, run) => sum + run.lines.length, 0)
	const place = element.provenance?.lines
	const text =
		parts === undefined
			? html`<p class="hint">The export is not here any more, or not as it was when this was made.</p>`
			: html`${parts.map((part) => (part.kind === 'gap' ? html`<p class="gap">… ${part.text}</p>` : numbered(part.first, part.lines)))}`
	return html`<details class="stage" id="${elements.anchor(element)}" data-e="${element.number}"${open ? html` open` : undefined}><summary><strong>${element.name}</strong> <span class="type">${shortType(element.type)}</span> ${outcomeBadge(element.outcome)} <span class="where">${place === undefined ? undefined : `lines ${place.start}–${place.end}`}${made === 0 ? ', no lines of its own' : ` → ${counted(made, 'generated line')}`}</span></summary>${text}</details>`
}

function codePane({ code, report }: JobInput, runs: readonly CodeRun[], elements: Elements): Html {
	if (code === undefined)
		return html`<h4>No generated code</h4><p class="hint">${report.kind === 'container' ? 'A shared container is generated with each job that uses it.' : 'Nothing was generated for this job, or it is not in the output folder any more.'}</p>`
	return html`<h4>${code.path}</h4>${code.edited ? html`<p class="warn">This file was edited since it was generated; marks may stand beside their lines.</p>` : undefined}<div class="code">${runs.map((run) => codeRun(run, elements))}</div>`
}

function codeRun({ element, first, lines }: CodeRun, elements: Elements): Html {
	const text = numbered(first, lines)
	const last = first + lines.length - 1
	if (element !== undefined)
		return html`<div class="run" data-e="${element.number}"><a class="from" href="${elements.href(element)}">from ${element.name}</a>${text}</div>`
	if (lines.length < foldFrom) return html`<div class="common">${text}</div>`
	return html`<details class="fold common"><summary>lines ${first}–${last}: ${first === 1 ? 'heading, arguments, helpers' : 'from no element of its own'}</summary>${text}</details>`
}

/** The program numbers the lines when someone opens the page: a mark for each line would double the size of the document. */
const numbered = (first: number, lines: readonly string[]): Html =>
	html`<pre data-n="${first}">
${lines.join('\n')}</pre>`
