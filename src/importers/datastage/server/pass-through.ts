/** Stages that give their rows on: between processes, and from several links into one. */
import type { StageContext, StageStreams } from '../stage-context.ts'
import { noStreams } from '../stages/inputs.ts'
import { united } from '../stages/rejects.ts'
import { sortedBy } from './sort.ts'
import { onLink } from './texts.ts'

/** The Inter-process stage buffers rows between two processes. */
export function interProcess(context: StageContext): StageStreams {
	const [input, ...others] = context.inputs
	const [output, ...more] = context.outputs
	if (input === undefined || output === undefined || others.length + more.length > 0) {
		context.refuse('it has not one input and one output link')
		return noStreams
	}
	return new Map([[output.pin.id, onLink(context, input.stream, output)]])
}

/**
 * The Link Collector takes rows from its links in turn, in no order that the next stage may rely on; with the algorithm Sort/Merge
 * it makes one sorted link of links that are sorted by its key (IBM: Link Collector stages, properties).
 */
export function collector(context: StageContext): StageStreams {
	const [output, ...more] = context.outputs
	const [first] = context.inputs
	if (output === undefined || first === undefined || more.length > 0) {
		context.refuse('it has not one output link')
		return noStreams
	}
	const properties = [...context.stage.properties, ...context.stage.record.values, ...output.pin.properties]
	const merges = properties.some(([, value]) => /^sort(?:\s*\/\s*|\s+)?merge$/i.test(value.trim()))
	const names = first.stream.schema.columns.map(({ name }) => name)
	const fits = context.inputs.every(({ stream }) =>
		names.every((name) => stream.schema.columns.some((column) => column.name === name)),
	)
	if (!fits) context.refuse('its links have different columns')
	if (context.inputs.length > 1 && !merges)
		context.differ('RG-D001', `${context.stage.name} takes rows from its links as they come`)
	const streams = context.inputs.map(({ stream }) => stream)
	const rows = united(context, streams, 'rows')
	if (!merges) return new Map([[output.pin.id, onLink(context, rows, output)]])
	const key = properties.find(([name, value]) => /^sort\s*_?keys?$/i.test(name) && value.trim() !== '')?.[1]
	if (key === undefined) context.refuse('it merges sorted links by no key that the export tells')
	const merged = key === undefined ? undefined : sortedBy(context, rows, first.link, key)
	return merged === undefined ? noStreams : new Map([[output.pin.id, onLink(context, merged, output)]])
}
