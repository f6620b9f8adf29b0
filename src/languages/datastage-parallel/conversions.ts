import type { Conversion } from '../catalogue.ts'
import { textRead, textWrite } from './conversion-files.ts'
import { implicitConversion } from './conversion-implicit.ts'

/** Conversions of this language, one line each. */
export const parallelConversions: readonly Conversion[] = [implicitConversion, textRead, textWrite]
