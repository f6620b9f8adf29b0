/** Stages that give their rows on: between processes, and from several links into one. */
import type { StageContext, StageStreams } from '../stage-context.ts'
import { noStreams } from '../stages/inputs.ts'
import { united } from '../stages/rejects.ts'
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

/** The Link Collector takes rows from its links in turn: in no order that the next stage may rely on. */
export function collector(context: StageContext): StageStreams {
	const [output, ...more] = context.outputs
	const [first] = context.inputs
	if (output === undefined || first === undefined || more.length > 0) {
		context.refuse('it has not one output link')
		return noStreams
	}
	const properties = [...context.stage.properties, ...context.stage.record.values, ...output.pin.properties]
	if (properties.some(([, value]) => /^sort(?:\s*\/\s*|\s+)?merge$/i.test(value.trim())))
		context.refuse('it merges sorted links')
	const names = first.stream.schema.columns.map(({ name }) => name)
	const fits = context.inputs.every(({ stream }) =>
		names.every((name) => stream.schema.columns.some((column) => column.name === name)),
	)
	if (!fits) context.refuse('its links have different columns')
	if (context.inputs.length > 1)
		context.differ('RG-D001', `${context.stage.name} takes rows from its links as they come`)
	return new Map([
		[
			output.pin.id,
			onLink(
				context,
				united(
					context,
					context.inputs.map(({ stream }) => stream),
					'rows',
				),
				output,
			),
		],
	])
}
