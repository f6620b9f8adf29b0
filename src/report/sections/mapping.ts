import type { TargetLineage } from '#analysis/lineage.ts'
import { columnLineage } from '#analysis/lineage.ts'
import type { ColumnStep, Lineage } from '#analysis/lineage-set.ts'
import type { DataFlow } from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import { typeName } from '#model/types.ts'
import type { Html } from '../html.ts'
import { counted, html, nothing } from '../html.ts'
import type { JobInput } from '../input.ts'

/** More than these would bury the reader; the rest is counted. */
const most = { origins: 8, steps: 8 }
/** Tables of more columns are folded. */
const openUpTo = 12

type Names = ReadonlyMap<string, string>

/** For each column of each target: the source columns of its value, and every step that changes it. */
export function mappingSection({ model }: JobInput): Html {
	const tables = (model?.flows ?? []).flatMap((flow) => flowTables(flow))
	if (tables.length === 0) return nothing
	return html`<section aria-label="Source to target"><h3>Source to target</h3>${tables}</section>`
}

function flowTables(flow: DataFlow): readonly Html[] {
	const names = new Map(flow.operators.map(({ id, name }) => [id, name]))
	return columnLineage(flow)
		.filter(({ columns }) => columns.length > 0)
		.map((target) => targetTable(target, names))
}

function targetTable({ target, columns }: TargetLineage, names: Names): Html {
	return html`<details class="mapping"${columns.length <= openUpTo ? html` open` : undefined}><summary><strong>${names.get(target) ?? target}</strong> <span class="where">${counted(columns.length, 'column')}</span></summary><div class="scroll" role="region" aria-label="Columns of ${names.get(target) ?? target}" tabindex="0"><table class="plain"><thead><tr><th scope="col">Target column</th><th scope="col">Type</th><th scope="col">Source columns</th><th scope="col">Changed by</th></tr></thead><tbody>${columns.map(({ column, lineage }) => row(column, lineage, names))}</tbody></table></div></details>`
}

function row(column: Column, lineage: Lineage, names: Names): Html {
	return html`<tr><th scope="row">${column.name}</th><td>${typeName(column.type)}</td><td>${origins(lineage, names)}</td><td>${steps(lineage, names)}</td></tr>`
}

function origins({ origins: all, steps: changes }: Lineage, names: Names): Html {
	if (all.length === 0) return html`${changes.some(({ how }) => how.kind === 'unknown') ? 'not known' : 'none'}`
	const rest = all.length - most.origins
	return html`${all.slice(0, most.origins).map(({ operator, column }) => html`<div><code>${names.get(operator) ?? operator}.${column}</code></div>`)}${rest > 0 ? `and ${rest} more` : undefined}`
}

function steps({ steps: all }: Lineage, names: Names): Html {
	if (all.length === 0) return html`<span class="where">as it is</span>`
	const rest = all.length - most.steps
	return html`${all.slice(0, most.steps).map((step) => html`<div>${names.get(step.operator) ?? step.operator}: ${change(step)}</div>`)}${rest > 0 ? `and ${rest} more steps` : undefined}`
}

function change({ how }: ColumnStep): Html {
	switch (how.kind) {
		case 'expression':
			return html`<code>${how.value.text}</code>`
		case 'measure':
			return html`${how.column === undefined ? 'number of rows' : `${how.function} of ${how.column}`}`
		case 'chosen':
			return html`${how.which}`
		case 'made':
			return html`${how.what}`
		case 'unknown':
			return html`not translated`
	}
}
