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
	return html`<article class="card"><h4><span class="badge outcome-declared">${id}</span> ${known?.title ?? 'A difference of a later version'}</h4>${known === undefined ? undefined : html`<p>${known.why}</p><p><strong>How to check:</strong> ${known.check}</p>`}<ul>${places.map(({ element, detail }) => place(elements, element, detail))}</ul></article>`
})}</section>`
}

function place(elements: Elements, id: string, detail: string): Html {
	const element = elements.byId.get(id)
	return element === undefined
		? html`<li>${detail}</li>`
		: html`<li data-e="${element.number}"><a href="${elements.href(element)}">${element.name}</a>: ${detail}</li>`
}
