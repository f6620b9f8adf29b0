/** The first page: sums, filters, and a row for each job. */

import { isAtLeast } from '#evidence/grade.ts'
import type { JobReport, ReportTotals } from '#evidence/report.ts'
import type { Html } from './html.ts'
import { count, html } from './html.ts'
import { outcomeBar, sumInWords } from './sections/accounting.ts'
import { categories, categoryBadge, categoryWords, kindWord, levelBadge, levels, levelWords, percent } from './words.ts'

/** Rows that are shown at first; the program shows more on demand, a reader without it sees all. */
const firstRows = 100

export function portfolio(jobs: readonly JobReport[], totals: ReportTotals): Html {
	const elements = { ...totals, total: totals.elements }
	return html`<section id="portfolio" aria-label="Portfolio">${tiles(jobs, totals)}
<div class="card sum"><p>${sumInWords(elements)}</p>${outcomeBar(elements)}</div>
${filters(jobs)}
<p id="shown" role="status">${count(jobs.length)} of ${count(jobs.length)} jobs</p>
<table class="jobs"><caption class="hidden">Jobs with category, evidence and accounting</caption><thead><tr>${columns.map(
		({ key, title, number }) =>
			html`<th scope="col" class="c-${key}${number ? ' number' : ''}" data-sort="${key}">${title}</th>`,
	)}</tr></thead><tbody>${jobs.slice(0, firstRows).map((job, index) => row(job, index))}</tbody>${jobs.length <= firstRows ? undefined : html`<tbody class="rest">${jobs.slice(firstRows).map((job, index) => row(job, index + firstRows))}</tbody>`}</table>
<p class="script-only"><button type="button" id="more" hidden>Show more</button></p></section>`
}

const columns = [
	{ key: 'name', title: 'Job', number: false },
	{ key: 'kind', title: 'Kind', number: false },
	{ key: 'category', title: 'Category', number: false },
	{ key: 'level', title: 'Evidence', number: false },
	{ key: 'elements', title: 'Elements', number: true },
	{ key: 'opaque', title: 'Opaque', number: true },
	{ key: 'rows', title: 'Rows compared', number: true },
	{ key: 'branches', title: 'Branches', number: true },
	{ key: 'confidence', title: 'Confidence', number: true },
] as const

function tiles(jobs: readonly JobReport[], totals: ReportTotals): Html {
	const proven = jobs.filter(({ evidence }) => isAtLeast(evidence.level, 'E3')).length
	const sum = (of: (job: JobReport) => number): number => jobs.reduce((total, job) => total + of(job), 0)
	const covered = sum(({ evidence }) => evidence.branches.covered)
	const branches = sum(({ evidence }) => evidence.branches.total)
	const understood = totals.elements - totals.opaque
	return html`<dl class="tiles">
<div><dt>Jobs</dt><dd>${count(totals.jobs)}</dd><dd class="sub">in ${count(totals.files)} exports</dd></div>
<div><dt>Proven equal</dt><dd>${count(proven)}</dd><dd class="sub">${percent(proven, jobs.length)} at E3 or above</dd></div>
<div><dt>Elements understood</dt><dd>${percent(understood, totals.elements)}</dd><dd class="sub">${count(understood)} of ${count(totals.elements)}</dd></div>
<div><dt>Rows compared</dt><dd>${count(sum(({ evidence }) => evidence.rows_compared))}</dd><dd class="sub">and ${count(sum(({ evidence }) => evidence.effects_compared))} effects</dd></div>
<div><dt>Branches reached</dt><dd>${percent(covered, branches)}</dd><dd class="sub">${count(covered)} of ${count(branches)}</dd></div></dl>`
}

function filters(jobs: readonly JobReport[]): Html {
	const choices = (
		key: string,
		legend: string,
		values: readonly (readonly [string, string])[],
		of: (job: JobReport) => string,
	): Html => {
		const counts = Map.groupBy(jobs, of)
		const present = values.filter(([value]) => counts.has(value))
		return html`<fieldset><legend>${legend}</legend>${present.map(
			([value, meaning]) =>
				html`<label class="chip" title="${meaning}"><input type="checkbox" name="${key}" value="${value}"><span>${key === 'kind' ? kindWord(value) : value} <b data-count>${count(counts.get(value)?.length ?? 0)}</b></span></label>`,
		)}</fieldset>`
	}
	const kinds = [...new Set(jobs.map(({ kind }) => kind))].sort()
	const units = [...Map.groupBy(jobs, ({ unit }) => unit)].toSorted(([left], [right]) => (left < right ? -1 : 1))
	return html`<form class="filters script-only" role="search" aria-label="Filter jobs">
<div class="line"><label class="field grow">Search <input type="search" name="text" placeholder="Name, unit or file" autocomplete="off"></label>
<label class="field">Unit <select name="unit"><option value="">all ${count(units.length)} units</option>${units.map(([unit, own]) => html`<option value="${unit}">${unit} (${count(own.length)})</option>`)}</select></label>
<label class="field">Sort by <select name="sort"><option value="">order of the exports</option>${columns.map(({ key, title }) => html`<option value="${key}">${title}</option>`)}</select></label>
<button type="reset">Clear</button></div>
<div class="line">${choices(
		'level',
		'Evidence',
		levels.map((level) => [level, levelWords[level]]),
		({ evidence }) => evidence.level,
	)}${choices(
		'category',
		'Category',
		categories.map((category) => [category, categoryWords[category]]),
		({ category }) => category,
	)}${choices(
		'kind',
		'Kind',
		kinds.map((kind) => [kind, kindWord(kind)]),
		({ kind }) => kind,
	)}</div></form>`
}

/** What the program sorts and filters by stands in the row's cells and in three attributes. */
function row(job: JobReport, index: number): Html {
	const { accounting, evidence } = job
	const { covered, total } = evidence.branches
	return html`<tr data-level="${evidence.level}" data-category="${job.category}" data-kind="${job.kind}"><th scope="row"><a href="#j${index}">${job.name}</a><small>${job.unit}</small><small class="hidden">${job.source.file}</small></th><td data-of="Kind">${kindWord(job.kind)}</td><td data-of="Category">${categoryBadge(job.category, job.predicted)}</td><td data-of="Evidence">${levelBadge(evidence.level)}</td><td data-of="Elements" class="number">${count(accounting.total)}${outcomeBar(accounting)}</td><td data-of="Opaque" class="number">${count(accounting.opaque)}</td><td data-of="Rows compared" class="number">${count(evidence.rows_compared)}</td><td data-of="Branches" class="number">${total === 0 ? '–' : `${count(covered)}/${count(total)}`}</td><td data-of="Confidence" class="number">${job.confidence.toFixed(2)}</td></tr>
`
}
