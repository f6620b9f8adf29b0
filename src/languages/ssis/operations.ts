import type { Operation } from '../catalogue.ts'

/** Operations of this language, one line each. */
export const ssisOperations: readonly Operation[] = []
