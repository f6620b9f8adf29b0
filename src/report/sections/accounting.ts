import type { AccountingTotals } from '#model/accounting.ts'
import type { Elements } from '../elements.ts'
import type { Html } from '../html.ts'
import { count, html } from '../html.ts'
import type { JobInput } from '../input.ts'
import { outcomeBadge, outcomes, outcomeWords } from '../words.ts'

/** What became of each element, and why where it is not exact. */
export function accountingSection({ report }: JobInput, elements: Elements): Html {
	const { accounting } = report
	return html`<section aria-label="Accounting"><h3>Accounting</h3>
<p>${sumInWords(accounting)}</p>${outcomeBar(accounting)}
<div class="scroll" role="region" aria-label="Elements" tabindex="0"><table class="plain"><thead><tr><th scope="col">Element</th><th scope="col">Type</th><th scope="col">Outcome</th><th scope="col">Reason</th></tr></thead><tbody>${elements.all.map(
		(element) =>
			html`<tr data-e="${element.number}"><th scope="row"><a href="${elements.href(element)}">${element.name}</a></th><td>${element.type}</td><td>${outcomeBadge(element.outcome)}</td><td>${element.reason}</td></tr>`,
	)}</tbody></table></div></section>`
}

/** `5 exact + 2 declared difference + 0 opaque + 0 dropped by design = 7 elements`. */
export function sumInWords(totals: AccountingTotals): Html {
	const terms = outcomes.map((outcome) => `${count(totals[outcome])} ${outcomeWords[outcome]}`)
	return html`${terms.join(' + ')} = <strong>${count(totals.total)} elements</strong>`
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
