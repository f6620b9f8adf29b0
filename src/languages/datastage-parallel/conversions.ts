import type { Conversion } from '../catalogue.ts'

/** Conversions of this language, one line each. */
export const parallelConversions: readonly Conversion[] = []
