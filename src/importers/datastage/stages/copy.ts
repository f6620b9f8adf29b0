import { mapOutput } from '../mapping.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { noStreams, onlyInput } from './inputs.ts'

/** Copy: every output gets all rows, with columns dropped or renamed. Without any change it leaves no operator behind. */
export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	return new Map(context.outputs.map((output) => [output.pin.id, mapOutput(context, output, only.stream)]))
}
