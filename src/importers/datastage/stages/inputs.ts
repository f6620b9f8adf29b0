import type { Stream } from '../flow.ts'
import { sortOnLink } from '../sorting.ts'
import type { StageContext, StageInput } from '../stage-context.ts'

/** The stage's only data input, sorted as its link asks; refuses the stage when there is none or more than one. */
export function onlyInput(context: StageContext): { readonly input: StageInput; readonly stream: Stream } | undefined {
	const [input, ...others] = context.inputs
	if (input === undefined || others.length > 0) {
		context.refuse(`it has ${context.inputs.length} input links, not one`)
		return undefined
	}
	return { input, stream: sortOnLink(context, input.pin, input.stream) }
}

/** All inputs in pin order, each sorted as its link asks. */
export function sortedInputs(context: StageContext): readonly StageInput[] {
	return context.inputs.map((input) => ({ ...input, stream: sortOnLink(context, input.pin, input.stream) }))
}

export const noStreams: ReadonlyMap<string, Stream> = new Map()

/** The stream that leaves an operator by its port `out`. */
export function leaving(
	stream: Stream,
	operator: { readonly id: string },
	schema = stream.schema,
	port = 'out',
): Stream {
	return { ...stream, from: { operator: operator.id, port }, schema }
}
