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

/** Slowly Changing Dimension: exports name the purpose of each column by a number that no document explains. */
export const slowlyChanging = because(
	'the purposes of its columns (business key, type 1, type 2, current indicator, dates) are stored as numbers whose meaning is not documented; write the comparison with the dimension by hand',
)

/** Generic: any operator of the engine. */
export const generic = because(
	'it runs an operator of the old engine that its options name; write what the operator does by hand',
)
