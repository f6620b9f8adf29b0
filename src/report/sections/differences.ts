import type { DifferenceRows } from '#model/difference-rows.ts'
import { rowsSentence, shownLines } from '#model/difference-words.ts'
import { differences } from '#model/differences.ts'
import type { Elements } from '../elements.ts'
import type { Html } from '../html.ts'
import { html, nothing } from '../html.ts'
import type { JobInput } from '../input.ts'

/** Each declared difference once, with what the catalogue says of it and where it occurs. */
export function differencesSection({ report }: JobInput, elements: Elements): Html {
	if (report.differences.length === 0) return nothing
	const groups = [...Map.groupBy(report.differences, ({ id }) => id)]
	return html`<section aria-label="Declared differences"><h3>Declared differences</h3>
<p>The new job runs and differs from the old one in these stated ways. A person accepts them or not.</p>
${groups.map(([id, places]) => {
	const known = Object.hasOwn(differences, id) ? differences[id as keyof typeof differences] : undefined
	return html`<article class="card"><h4><span class="badge outcome-declared">${id}</span> ${known?.title ?? 'A difference of a later version'}</h4>${known === undefined ? undefined : html`<p>${known.why}</p><p><strong>How to check:</strong> ${known.check}</p>`}<ul>${places.map((one) => place(elements, one))}</ul></article>`
})}</section>`
}

type Declared = JobInput['report']['differences'][number]

function place(elements: Elements, { element: id, detail, rows, decision, by, at }: Declared): Html {
	const element = elements.byId.get(id)
	const decided =
		decision === undefined
			? undefined
			: html` <span class="badge decision-${decision}">${decision} by ${by ?? ''}, ${at ?? ''}</span>`
	const what =
		element === undefined ? html`${detail}` : html`<a href="${elements.href(element)}">${element.name}</a>: ${detail}`
	const shown = rows === undefined ? undefined : rowsShown(rows)
	return html`<li${element === undefined ? undefined : html` data-e="${element.number}"`}>${what}${decided}${shown}</li>`
}

/** What changes in the targets, value by value. */
function rowsShown(rows: DifferenceRows): Html {
	const lines = shownLines(rows)
	const sentence = html`<p class="${rows.kind === 'shown' ? 'shown' : 'quiet'}">${rowsSentence(rows)}</p>`
	if (lines.length === 0) return sentence
	return html`${sentence}<div class="scroll" tabindex="0" role="region" aria-label="Rows that differ"><table class="changed-rows"><thead><tr><th scope="col">Target</th><th scope="col">Row</th><th scope="col">Column</th><th scope="col">Old job</th><th scope="col">New job</th></tr></thead><tbody>${lines.map(
		(line) =>
			html`<tr><td>${line.output}</td><td><code>${line.row}</code></td><td>${line.column}</td><td><code>${line.old}</code></td><td><code>${line.new}</code></td></tr>`,
	)}</tbody></table></div>`
}
