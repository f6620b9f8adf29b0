import type { StageContext, StageStreams } from '../stage-context.ts'
import { noStreams } from './inputs.ts'
import { lowerSource } from './sequential-source.ts'
import { lowerTarget } from './sequential-target.ts'

/** Sequential File: delimited text, as a source with output links or as a target with an input link. */
export function lower(context: StageContext): StageStreams {
	if (context.stage.inputs.length > 0) return lowerTarget(context)
	if (context.stage.outputs.length > 0) return lowerSource(context)
	context.refuse('it has no link')
	return noStreams
}
