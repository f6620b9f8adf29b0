/** What Reglue can generate for. A new target is a line here. */
import type { Generated, Unit } from './artifact.ts'
import { generate } from './glue/generate.ts'
import type { GenerateOptions } from './glue/options.ts'

/** Turns a unit into files. Pure: the same unit and options give the same bytes. */
export type Generator = (unit: Unit, options: GenerateOptions) => Generated

export const generators = {
	glue: generate,
} as const satisfies Record<string, Generator>
