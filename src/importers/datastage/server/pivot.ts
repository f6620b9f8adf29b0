/** The Pivot stage of server jobs: an output column that names several columns makes as many rows of one (IBM: Pivot stages). */
import type { UnpivotOperator } from '#model/reshaping.ts'
import { columnExpression } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { project } from '../mapping.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { leaving, noStreams } from '../stages/inputs.ts'
import { onLink, textColumn, valueColumn } from './texts.ts'

export function lower(context: StageContext): StageStreams {
	const [input, ...others] = context.inputs
	const [output, ...more] = context.outputs
	if (input === undefined || output === undefined || others.length + more.length > 0) {
		context.refuse('it has not one input and one output link')
		return noStreams
	}
	const known = new Set(input.stream.schema.columns.map(({ name }) => name))
	const columns = output.link.columns.map(({ name, derivation }) => ({
		name,
		from: (derivation ?? name).split(',').map((part) => part.trim().replace(/^[\w$]+\./, '')),
	}))
	const made = columns.filter(({ from }) => from.length > 1)
	const passing = columns.filter(({ from }) => from.length === 1)
	for (const { name, from } of columns)
		for (const source of from)
			if (!known.has(source)) context.refuse(`the column ${name} comes from ${source}, which its input does not have`)
	if (made.length === 0) context.refuse('no output column names several columns')
	const stream = renamed(context, input.stream, passing, made)
	const rows = Math.max(...made.map(({ from }) => from.length), 0)
	const operator: UnpivotOperator = {
		...context.base(),
		kind: 'unpivot',
		passes: passing.map(({ name }) => name),
		made: made.map(({ name }) => textColumn(name)),
		rows: Array.from({ length: rows }, (_none, at) => ({ from: made.map(({ from }) => from[at] ?? null), key: null })),
		nulls: 'keep',
	}
	context.flow.add(operator, { in: stream })
	const schema = { columns: [...operator.passes.map(textColumn), ...operator.made], open: false }
	return new Map([[output.pin.id, onLink(context, leaving(stream, operator, schema), output)]])
}

interface Pivoted {
	readonly name: string
	readonly from: readonly string[]
}

/** A column that passes may have another name behind the stage: then it gets it before, beside those that become rows. */
function renamed(context: StageContext, stream: Stream, passing: readonly Pivoted[], made: readonly Pivoted[]): Stream {
	const { lines } = context.stage.record
	const plain = (name: string, source: string) =>
		valueColumn(context, textColumn(name), { expression: columnExpression(textColumn(source)), text: source }, lines)
	if (passing.every(({ name, from }) => from[0] === name)) return stream
	const taken = new Set(made.flatMap(({ from }) => from))
	const clash = passing.find(({ name, from }) => from[0] !== name && taken.has(name))
	if (clash !== undefined) context.refuse(`it gives ${clash.from[0] ?? ''} on as ${clash.name}, which becomes rows`)
	const columns = [
		...passing.map(({ name, from }) => plain(name, from[0] ?? name)),
		...[...taken].map((name) => plain(name, name)),
	]
	const once = [...new Map(columns.map((column) => [column.name, column])).values()]
	return project(context, stream, once, { part: 'names', lines })
}
