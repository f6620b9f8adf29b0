/** The Aggregator of server jobs: grouped columns, and functions of others in the derivations of its output link. */
import type { Expression } from '#model/expressions.ts'
import type { AggregateFunction, AggregateOperator, Measure } from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import { float, int, text } from '#model/types.ts'
import type { DsColumn } from '../columns.ts'
import { isSet, textOf } from '../columns.ts'
import { cast, columnExpression } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { freeColumn, project } from '../mapping.ts'
import type { StageContext, StageOutput, StageStreams } from '../stage-context.ts'
import { leaving, noStreams } from '../stages/inputs.ts'
import { named, valueColumn } from './texts.ts'

const functions: Readonly<Record<string, AggregateFunction>> = {
	sum: 'sum',
	average: 'mean',
	avg: 'mean',
	count: 'count-rows',
	min: 'min',
	minimum: 'min',
	max: 'max',
	maximum: 'max',
	first: 'first',
	last: 'last',
	// The root of the variance over the count itself, not one less (IBM: Aggregator stage, aggregating data).
	stddev: 'population-variance',
	standarddeviation: 'population-variance',
}

interface Wanted {
	readonly column: DsColumn
	readonly source: string
	/** Absent: the column groups. */
	readonly function: AggregateFunction | undefined
	readonly numeric: boolean
}

export function lower(context: StageContext): StageStreams {
	const [input, ...others] = context.inputs
	const [output, ...more] = context.outputs
	if (input === undefined || output === undefined || others.length + more.length > 0) {
		context.refuse('it has not one input and one output link')
		return noStreams
	}
	const wanted = output.link.columns.flatMap((column) => readColumn(context, output, column, input.link.columns) ?? [])
	const missing = wanted.find(({ source }) => !input.stream.schema.columns.some(({ name }) => name === source))
	if (missing !== undefined) context.refuse(`it names the column ${missing.source}, which its input does not have`)
	if (wanted.some(({ function: one }) => one === 'first' || one === 'last'))
		context.differ('RG-D001', `${context.stage.name} takes the first or last row of a group`)
	return new Map([[output.pin.id, aggregated(context, input.stream, output, wanted)]])
}

function readColumn(
	context: StageContext,
	{ pin }: StageOutput,
	column: DsColumn,
	declared: readonly DsColumn[],
): Wanted | undefined {
	const item = (pin.record.collections.get('Columns') ?? []).find(
		({ values }) => textOf(values, 'Name') === column.name,
	)
	const written = (column.derivation ?? column.name).trim()
	const match = /^(?:(\w[\w ]*?)\s*\(\s*)?(?:[\w$]+\.)?([\w$]+)\s*\)?$/.exec(written)
	const source = match?.[2] ?? ''
	const name = match?.[1]?.toLowerCase().replaceAll(/[ _]/g, '')
	const found = name !== undefined && Object.hasOwn(functions, name) ? functions[name] : undefined
	const groups = name === undefined && item !== undefined && isSet(item.values, 'Group')
	if (match === null || (found === undefined && !groups)) {
		context.refuse(`the column ${column.name} is "${written}", neither grouped nor a function that is translated`)
		return undefined
	}
	const kind = (declared.find((one) => one.name === source) ?? column).type.kind
	const numeric =
		found === 'sum' ||
		found === 'mean' ||
		found === 'population-variance' ||
		((found === 'min' || found === 'max') && kind !== 'string')
	return { column, source, function: found, numeric }
}

/** Numbers are added up as numbers; what leaves is text again. */
function aggregated(context: StageContext, stream: Stream, output: StageOutput, wanted: readonly Wanted[]): Stream {
	const { lines } = output.link
	const numbers = new Map<string, string>()
	for (const { source, numeric } of wanted)
		if (numeric && !numbers.has(source)) numbers.set(source, freeColumn(stream.schema, `${source}_number`))
	const computed = [...numbers].map(([source, name]) =>
		valueColumn(
			context,
			{ name, type: float(64) },
			{ expression: cast('basic.convert', columnExpression({ name: source, type: text() }), float(64)), text: source },
			lines,
		),
	)
	const ready =
		computed.length === 0 ? stream : project(context, stream, computed, { part: 'numbers', passThrough: 'all', lines })
	const measures = wanted.flatMap((one) => (one.function === undefined ? [] : [measureOf(one, one.function, numbers)]))
	const keys = wanted.filter((one) => one.function === undefined)
	const operator: AggregateOperator = {
		...context.base(),
		kind: 'aggregate',
		keys: keys.map(({ column, source }) => ({ column: source, name: column.name, collation: 'binary' })),
		measures,
		rowForNoInput: false,
		ordered: false,
	}
	context.flow.add(operator, { in: ready })
	const columns: readonly Column[] = [
		...keys.map(({ column }) => ({ name: column.name, type: text(), nullable: true })),
		...measures,
	]
	const rows = leaving(ready, operator, {
		columns: columns.map(({ name, type }) => ({ name, type, nullable: true })),
		open: false,
	})
	const deviations = new Set(measures.flatMap((one) => (one.function === 'population-variance' ? one.name : [])))
	const texts = wanted.map(({ column: { name } }) => {
		const type = columns.find((column) => column.name === name)?.type ?? text()
		const known = columnExpression({ name, type })
		const value = deviations.has(name) ? root(known) : known
		const expression = type.kind === 'string' ? value : cast('basic.convert', value, text())
		return valueColumn(context, { name, type: text() }, { expression, text: name }, lines)
	})
	return named(context, project(context, rows, texts, { part: output.link.name, lines }), output)
}

const root = (variance: Expression): Expression => ({
	kind: 'call',
	operation: 'datastage.sqrt',
	args: [variance],
	type: variance.type,
})

function measureOf(
	{ column, source, numeric }: Wanted,
	name: AggregateFunction,
	numbers: ReadonlyMap<string, string>,
): Measure {
	const counts = name === 'count-rows'
	return {
		name: column.name,
		type: counts ? int(64) : numeric ? float(64) : text(),
		nullable: !counts,
		function: name,
		...(counts ? {} : { column: numeric ? (numbers.get(source) ?? source) : source }),
		whenEmpty: counts ? 0n : null,
		collation: 'binary',
	}
}
