import type { Operation } from '../catalogue.ts'
import { clockFunctions } from './operations/clock.ts'
import { comparisons } from './operations/comparison.ts'
import { elementFunctions } from './operations/elements.ts'
import { formatFunctions } from './operations/formats.ts'
import { numberFunctions } from './operations/numbers.ts'
import { patternFunctions } from './operations/patterns.ts'
import { textFunctions } from './operations/texts.ts'

/** Operations of this language, by subject. What means the same in the parallel engine is taken from there. */
export const basicOperations: readonly Operation[] = [
	...comparisons,
	...numberFunctions,
	...textFunctions,
	...elementFunctions,
	...patternFunctions,
	...formatFunctions,
	...clockFunctions,
]
