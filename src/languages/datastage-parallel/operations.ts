import type { Operation } from '../catalogue.ts'
import { operators } from './operations/arithmetic.ts'
import { stringChanges } from './operations/strings-changes.ts'
import { stringCodes } from './operations/strings-codes.ts'
import { stringParts } from './operations/strings-parts.ts'
import { stringTests } from './operations/strings-tests.ts'
import { stringTrims } from './operations/strings-trim.ts'

/** Operations of this language, by subject. */
export const parallelOperations: readonly Operation[] = [...operators, ...stringTests, ...stringParts, ...stringChanges, ...stringTrims, ...stringCodes]
