import type { Operation } from '../catalogue.ts'
import { characterOperations } from './characters.ts'
import { logicOperations } from './logic.ts'
import { nullOperations } from './nulls.ts'

/** Operations whose documented meaning is the same in every language to the last null. */
export const sharedOperations: readonly Operation[] = [...logicOperations, ...nullOperations, ...characterOperations]
