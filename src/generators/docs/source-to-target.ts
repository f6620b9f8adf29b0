/** Source-to-target mapping: for each column of a target, where its value comes from and what each stage does to it. */
import type { TargetLineage } from '#analysis/lineage.ts'
import { columnLineage } from '#analysis/lineage.ts'
import type { ColumnStep, Lineage } from '#analysis/lineage-set.ts'
import type { PysparkScope } from '#languages/pyspark.ts'
import { pysparkValue } from '#languages/pyspark.ts'
import type { DataFlow } from '#model/operators.ts'
import { redact } from '#model/redact.ts'
import type { Column } from '#model/types.ts'
import { typeName } from '#model/types.ts'
import { markdownCode, markdownText } from '../text/markdown.ts'

/** More than these would bury the reader; the rest is counted. */
const limits = { origins: 8, steps: 12 }

interface Printer {
	readonly names: ReadonlyMap<string, string>
	readonly scope: PysparkScope
}

/**
 * Markdown: a heading and a table for each target of the flow. The first row of a column tells its sources, further ones
 * a step each. `scope` spells what names stand for, as in the script.
 */
export function sourceToTarget(flow: DataFlow, scope: PysparkScope): string {
	const printer = { names: new Map(flow.operators.map(({ id, name }) => [id, name])), scope }
	return columnLineage(flow)
		.filter(({ columns }) => columns.length > 0)
		.map((target) => targetTable(target, printer))
		.join('\n\n')
}

function targetTable({ target, columns }: TargetLineage, printer: Printer): string {
	return [
		`#### ${text(nameOf(target, printer))}`,
		'',
		'| Target column | Type | Source columns | Stage | As exported | As converted |',
		'|---|---|---|---|---|---|',
		...columns.flatMap(({ column, lineage }) => columnRows(column, lineage, printer)),
	].join('\n')
}

function columnRows(column: Column, lineage: Lineage, printer: Printer): readonly string[] {
	const start = [text(column.name), text(typeName(column.type)), origins(lineage, printer)]
	const shown = lineage.steps.slice(0, limits.steps).map((step) => stepCells(step, printer))
	const rest = lineage.steps.length - shown.length
	const steps = rest === 0 ? shown : [...shown, ['', `and ${rest} more steps`, '']]
	const [first = ['', 'as it is', ''], ...further] = steps
	return [[...start, ...first], ...further.map((cells) => ['', '', '', ...cells])].map(
		(cells) => `| ${cells.join(' | ')} |`,
	)
}

function origins({ origins: all, steps }: Lineage, printer: Printer): string {
	if (all.length === 0) return steps.some(({ how }) => how.kind === 'unknown') ? 'not known' : 'none'
	const shown = all
		.slice(0, limits.origins)
		.map(({ operator, column }) => markdownCode(redact(`${nameOf(operator, printer)}.${column}`)))
	const rest = all.length - shown.length
	return [...shown, ...(rest === 0 ? [] : [`and ${rest} more`])].join(', ')
}

/** Stage, as exported, as converted. A column that the stage gives under another name than the target's is named. */
function stepCells({ operator, column, how }: ColumnStep, printer: Printer): readonly [string, string, string] {
	const stage = text(`${nameOf(operator, printer)}: ${column}`)
	switch (how.kind) {
		case 'expression':
			return [stage, code(how.value.text), code(pysparkValue(how.value.expression, printer.scope).code)]
		case 'measure':
			return [stage, text(how.column === undefined ? 'number of rows' : `${how.function} of ${how.column}`), '']
		case 'chosen':
			return [stage, text(how.which), '']
		case 'made':
			return [stage, text(how.what), '']
		case 'unknown':
			return [stage, 'not translated', '']
	}
}

const nameOf = (operator: string, { names }: Printer): string => names.get(operator) ?? operator
const text = (value: string): string => markdownText(redact(value))
const code = (value: string): string => markdownCode(redact(value))
