/**
 * How much of the long suites runs. `REGLUE_FULL=1` runs them all; with `REGLUE_SAMPLE=1` beside it, as the check of every
 * change does, of the longest only a sample.
 */
export const isFull = process.env['REGLUE_FULL'] === '1'

export const isWhole = isFull && process.env['REGLUE_SAMPLE'] !== '1'

/** All in a whole run; otherwise every so manieth, the first one among them. */
export const sampled = <T>(all: readonly T[], every: number): readonly T[] =>
	isWhole ? all : all.filter((_one, index) => index % every === 0)
