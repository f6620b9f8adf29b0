import { evaluate } from '#languages/evaluate.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import { valueText } from '#model/json-values.ts'
import type { Operator } from '#model/operators.ts'
import type { Target } from '#model/places.ts'
import { changeOf, inserts, makesTable } from '#model/places.ts'
import type { Row, Value } from '#model/values.ts'
import { isError } from '#model/values.ts'
import type { FlowContext, FlowOutput, Interpreter } from '../context.ts'
import { cacheKey, rowScope } from '../context.ts'
import { stop } from '../stop.ts'
import { settledRows } from '../table-state.ts'
import { linesAbove, writeLines, writeText } from '../text-writer.ts'

export const write: Interpreter<'write'> = (operator, inputs, context) => {
	const { target, schema } = operator
	if (target.kind === 'none') return {}
	const rows = (inputs['in'] ?? []).map(
		(row): Row => Object.fromEntries(schema.columns.map(({ name }): [string, Value] => [name, row[name] ?? null])),
	)
	if (target.kind === 'cache') {
		context.keep(cacheKey(target.name), rows)
		return {}
	}
	const base = { operator: operator.id, element: operator.element, schema, rows }
	if (target.kind === 'text-file') {
		const { aboveText } = target
		const above = aboveText === undefined ? target.above : linesAbove(placeText(aboveText, operator, context))
		const lines = writeLines(rows, { ...target, ...(above === undefined ? {} : { above }) }, schema)
		const order = context.order.placesOf(inputs['in'] ?? [])
		const place = placeText(target.path, operator, context)
		context.write({
			...base,
			kind: 'text-file',
			place,
			lines,
			text: writeText(lines, target),
			...(order === undefined ? {} : { order }),
		})
		return {}
	}
	if (target.kind === 'rows') {
		context.keep(target.variable, rows)
		context.write({ ...base, kind: 'rows', place: target.variable })
		return {}
	}
	if (target.kind === 'command') {
		const place = `${target.connection}:${placeText(target.sql, operator, context)}`
		context.write({ ...base, kind: 'command', place })
		return {}
	}
	if (target.kind === 'row-files') {
		context.write({ ...base, kind: 'row-files', place: placeText(target.path, operator, context) })
		return {}
	}
	if (target.kind === 'workbook') {
		context.write({ ...base, kind: 'workbook', place: placeText(target.path, operator, context) })
		return {}
	}
	const place =
		target.kind === 'table'
			? `${target.connection}:${placeText(target.table, operator, context)}`
			: placeText(target.path, operator, context)
	context.write({ ...base, ...settled(rows, target), kind: target.kind, place })
	return {}
}

/** What is left of the rows, and how they change the table. One that the job makes has no row that could be found. */
function settled(rows: readonly Row[], target: Target): Pick<FlowOutput, 'rows' | 'change'> {
	const change = changeOf(target)
	if (change === undefined) return { rows }
	if (!makesTable(target)) return { rows: settledRows(rows, change), change }
	return { rows: inserts(change) ? settledRows(rows, change) : [] }
}

/** A path, a table name or another text for this run. */
function placeText(place: SourcedExpression, operator: Operator, context: FlowContext): string {
	const value = evaluate(
		place.expression,
		rowScope(context.request, () => undefined),
	)
	if (isError(value)) return stop(operator.id, value.message)
	return value === null ? '' : valueText(value)
}
