import type { Stream } from '../../flow.ts'
import type { StageContext, StageStreams } from '../../stage-context.ts'
import { noStreams } from '../inputs.ts'
import { connectorOf } from './databases.ts'
import { readRows } from './read.ts'
import { rejectStream } from './rejects.ts'
import { writeRows } from './write.ts'

/** A connector of a database: it reads into its output links, or writes the rows of its input links. */
export function lower(context: StageContext): StageStreams {
	const connector = connectorOf(context.stage.type)
	if (connector === undefined) {
		context.refuse(`the connector ${context.stage.type} is not known`)
		return noStreams
	}
	const several = context.inputs.length + context.outputs.length > 1
	if (context.inputs.length === 0) {
		return new Map(
			context.outputs.flatMap((output): readonly (readonly [string, Stream])[] => {
				const stream = readRows(context, output, connector, several ? output.link.name : undefined)
				return stream === undefined ? [] : [[output.pin.id, stream]]
			}),
		)
	}
	for (const input of context.inputs) {
		writeRows(context, input, connector, context.inputs.length > 1 ? input.link.name : undefined)
	}
	const [input] = context.inputs
	const streams = new Map<string, Stream>()
	for (const output of context.outputs) {
		if (output.link.kind !== 'reject') context.refuse('it writes rows and gives others on')
		else if (input === undefined || context.inputs.length > 1)
			context.refuse('several input links share its reject link')
		else streams.set(output.pin.id, rejectStream(context, input, output, isKeyed(context)))
	}
	return streams
}

const isKeyed = ({ flow, stage }: StageContext): boolean =>
	flow.operators.some(
		(operator) =>
			operator.kind === 'write' &&
			operator.element === stage.element &&
			operator.target.kind === 'table' &&
			operator.target.mode !== 'insert',
	)
