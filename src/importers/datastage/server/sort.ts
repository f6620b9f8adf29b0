/** The Sort stage of server jobs: `Sort Specifications` lists columns with their directions. */
import type { SortKey, SortOperator } from '#model/operators.ts'
import { float, text } from '#model/types.ts'
import { cast, columnExpression } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { freeColumn, project } from '../mapping.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { leaving, noStreams } from '../stages/inputs.ts'
import type { StageLink } from '../structure.ts'
import { onLink, valueColumn } from './texts.ts'

export function lower(context: StageContext): StageStreams {
	const [input, ...others] = context.inputs
	const [output, ...more] = context.outputs
	if (input === undefined || output === undefined || others.length + more.length > 0) {
		context.refuse('it has not one input and one output link')
		return noStreams
	}
	const written = [...context.stage.properties, ...output.pin.properties, ...input.pin.properties].find(([name]) =>
		/sort\s*_?spec/i.test(name),
	)?.[1]
	const rows = sortedBy(context, input.stream, input.link, written)
	return rows === undefined ? noStreams : new Map([[output.pin.id, onLink(context, rows, output)]])
}

/** Rows in the order of `column direction, …`, ascending unless it says otherwise; undefined, with the stage refused, where it cannot be read. */
export function sortedBy(
	context: StageContext,
	stream: Stream,
	link: StageLink,
	written: string | undefined,
): Stream | undefined {
	const wanted = (written ?? '')
		.split(',')
		.map((part) => /^\s*([\w$]+)(?:\s+(a|d|asc|desc|ascending|descending))?\s*$/i.exec(part))
	if (written === undefined || wanted.includes(null)) {
		context.refuse(written === undefined ? 'it has no sort specification' : `its sort specification is "${written}"`)
		return undefined
	}
	const numbers: ReturnType<typeof valueColumn>[] = []
	const keys = wanted.flatMap((match): readonly SortKey[] => {
		const name = match?.[1] ?? ''
		const column = stream.schema.columns.find((one) => one.name === name)
		if (column === undefined) context.refuse(`it sorts by ${name}, which its input does not have`)
		// A column that is declared a number sorts as one.
		const declared = link.columns.find((one) => one.name === name)?.type.kind ?? 'string'
		const isText = declared === 'string' || declared === 'date' || declared === 'time' || declared === 'timestamp'
		const key = isText ? name : freeColumn(stream.schema, `${name}_number`)
		if (!isText) {
			const number = cast('basic.convert', columnExpression({ name, type: text() }), float(64))
			numbers.push(valueColumn(context, { name: key, type: float(64) }, { expression: number, text: name }, link.lines))
		}
		const direction = /^d/i.test(match?.[2] ?? '') ? 'descending' : 'ascending'
		return [{ column: key, direction, nulls: 'first', collation: 'binary' }]
	})
	const ready =
		numbers.length === 0 ? stream : project(context, stream, numbers, { part: 'numbers', passThrough: 'all' })
	const operator: SortOperator = { ...context.base(), kind: 'sort', keys, stable: true, unique: false }
	context.flow.add(operator, { in: ready })
	return leaving(ready, operator)
}
