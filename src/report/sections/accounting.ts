import type { AccountingTotals, Outcome } from '#model/accounting.ts'
import type { Element, Elements } from '../elements.ts'
import type { Html } from '../html.ts'
import { count, counted, html, join } from '../html.ts'
import type { JobInput } from '../input.ts'
import { outcomeBadge, outcomes, outcomeWords } from '../words.ts'

/** More exact elements than these are folded. */
const openUpTo = 8

/** What became of each element, and why where it is not exact; those that a person should look at come first. */
export function accountingSection({ report }: JobInput, elements: Elements): Html {
	const { accounting } = report
	const telling = gravest.flatMap((outcome) => elements.all.filter((element) => element.outcome === outcome))
	const exact = elements.all.filter(({ outcome }) => outcome === 'exact')
	return html`<section aria-label="Accounting"><h3>Accounting</h3>
<p class="sum-words">${sumInWords(accounting)}</p>${outcomeBar(accounting)}
${telling.length === 0 ? undefined : elementTable('Elements that are not exact', telling, elements)}
${exact.length === 0 ? undefined : html`<details${exact.length <= openUpTo ? html` open` : undefined}><summary>${counted(exact.length, 'exact element')}</summary>${elementTable('Exact elements', exact, elements)}</details>`}</section>`
}

const gravest: readonly Outcome[] = ['opaque', 'declared', 'dropped']

function elementTable(name: string, shown: readonly Element[], elements: Elements): Html {
	return html`<div class="scroll" role="region" aria-label="${name}" tabindex="0"><table class="plain stack"><thead><tr><th scope="col">Element</th><th scope="col">Outcome</th></tr></thead><tbody>${shown.map(
		(element) =>
			html`<tr data-e="${element.number}"><th scope="row"><a href="${elements.href(element)}">${element.name}</a><small>${element.type}</small></th><td>${outcomeBadge(element.outcome)}${element.reason === undefined ? undefined : html`<span class="reason">${element.reason}</span>`}</td></tr>`,
	)}</tbody></table></div>`
}

/** `5 exact + 2 declared difference + 0 opaque + 0 dropped by design = 7 elements`. */
export function sumInWords(totals: AccountingTotals): Html {
	const terms = outcomes.map(
		(outcome) => html`<i class="swatch ${outcome}"></i>${count(totals[outcome])} ${outcomeWords[outcome]}`,
	)
	return html`${join(terms, ' + ')} = <strong>${count(totals.total)} elements</strong>`
}

/** Shares as a bar; the text beside it says the same. */
export function outcomeBar(totals: AccountingTotals): Html {
	let start = 0
	const parts = outcomes.map((outcome) => {
		const width = totals.total === 0 ? 0 : (100 * totals[outcome]) / totals.total
		const part =
			width === 0 ? html`` : html`<rect class="${outcome}" x="${tidy(start)}" width="${tidy(width)}" height="8"/>`
		start += width
		return part
	})
	return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`
}

const tidy = (value: number): number => Math.round(value * 100) / 100
