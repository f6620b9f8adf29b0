import type { UnionOperator } from '#model/operators.ts'
import { findDsColumn, schemaOf } from '../columns.ts'
import type { Stream } from '../flow.ts'
import { propertyOf, readKeys } from '../keys.ts'
import { mapOutput } from '../mapping.ts'
import { declareCollation, sortKeys } from '../sorting.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { leaving, noStreams, sortedInputs } from './inputs.ts'

const kinds: Readonly<Record<string, UnionOperator['how']>> = {
	funnel: 'arrival',
	sequence: 'sequence',
	sortfunnel: 'sorted',
}

/**
 * Funnel: rows of all inputs, columns matched by name (IBM: Funnel stage). Continuous takes rows as they arrive,
 * Sequence one link after the other, Sort merges sorted links.
 */
export function lower(context: StageContext): StageStreams {
	const output = context.outputs[0]
	if (output === undefined || context.outputs.length > 1) {
		context.refuse(`it has ${context.outputs.length} output links, not one`)
		return noStreams
	}
	const how = kinds[propertyOf(context.stage.properties, 'operator') || 'funnel']
	if (how === undefined) context.refuse(`its type is ${propertyOf(context.stage.properties, 'operator')}`)
	declareCollation(context)
	const columns =
		output.link.columns.length > 0 ? output.link.columns : (context.inputs[0]?.stream.schema.columns ?? [])
	if (context.inputs.some(({ stream }) => stream.schema.open) && output.link.open) {
		context.refuse('its inputs carry columns that the export does not name')
	}
	const inputs = sortedInputs(context).map((input) => adapted(context, input.stream, output, input.link.name))
	const operator: UnionOperator = {
		...context.base(),
		kind: 'union',
		how: how ?? 'arrival',
		inputs: inputs.length,
		keys:
			how === 'sorted' && inputs[0] !== undefined
				? sortKeys(context, inputs[0], readKeys(context.stage.properties))
				: [],
		columns: schemaOf(columns, false).columns.map((column) => ({
			column,
			from: inputs.map((input) => sourceOf(input, column.name)),
		})),
	}
	context.flow.add(operator, Object.fromEntries(inputs.map((stream, index) => [`in${index}`, stream])))
	const first = inputs[0]
	if (first === undefined) {
		context.refuse('it has no input link')
		return noStreams
	}
	const result = leaving(first, operator, schemaOf(columns, false))
	return new Map([
		[
			output.pin.id,
			{ ...result, name: output.link.name, provenance: context.provenance(output.link.lines, output.link.name) },
		],
	])
}

function sourceOf(stream: Stream, name: string): string | null {
	return findDsColumn(stream.schema.columns, name)?.name ?? null
}

/** An input converted to the types of the output; its own names decide, since a derivation names only one of the links. */
function adapted(context: StageContext, stream: Stream, output: StageContext['outputs'][number], link: string): Stream {
	const closed = { ...output, link: { ...output.link, name: `from ${link}`, open: false } }
	return mapOutput(context, closed, stream, (column) => column.name)
}
