/** Stages that have no equal in the new job, each with the reason that a person can act on. */
import type { StageContext, StageStreams } from '../stage-context.ts'
import { noStreams } from './inputs.ts'

const because =
	(reason: string) =>
	(context: StageContext): StageStreams => {
		context.refuse(reason)
		return noStreams
	}

/** Write Range Map. */
export const writeRangeMap = because(
	'it writes a file of key ranges by which other jobs partition their rows; Spark partitions by itself, so take the stage out together with the range partitioning of those jobs',
)

/** Bloom Filter. */
export const bloomFilter = because(
	'its filter lives in files of the old engine from run to run, and takes some new keys for known ones; look the keys up in the target instead',
)

/** Generic: any operator of the engine. */
export const generic = because(
	'it runs an operator of the old engine that its options name; write what the operator does by hand',
)
