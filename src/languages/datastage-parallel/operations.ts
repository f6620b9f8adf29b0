import type { Operation } from '../catalogue.ts'
import { operators } from './operations/arithmetic.ts'
import { conversionCodes } from './operations/conversion-codes.ts'
import { conversionFunctions } from './operations/conversions.ts'
import { dateFunctions } from './operations/dates.ts'
import { numberFunctions } from './operations/numbers.ts'
import { stringChanges } from './operations/strings-changes.ts'
import { stringCodes } from './operations/strings-codes.ts'
import { stringParts } from './operations/strings-parts.ts'
import { stringPatterns } from './operations/strings-patterns.ts'
import { stringTests } from './operations/strings-tests.ts'
import { stringTrims } from './operations/strings-trim.ts'
import { timeFunctions } from './operations/times.ts'
import { vectorFunctions } from './operations/vectors.ts'

/** Operations of this language, by subject. */
export const parallelOperations: readonly Operation[] = [
	...operators,
	...stringTests,
	...stringParts,
	...stringChanges,
	...stringTrims,
	...stringCodes,
	...numberFunctions,
	...conversionFunctions,
	...dateFunctions,
	...timeFunctions,
	...stringPatterns,
	...conversionCodes,
	...vectorFunctions,
]
