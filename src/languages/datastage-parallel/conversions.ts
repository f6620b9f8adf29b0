import type { Conversion } from '../catalogue.ts'
import { binaryNumber, bytesText, packed, zoned } from './conversion-cobol.ts'
import { textRead, textWrite } from './conversion-files.ts'
import { implicitConversion } from './conversion-implicit.ts'

/** Conversions of this language, one line each. */
export const parallelConversions: readonly Conversion[] = [
	implicitConversion,
	textRead,
	textWrite,
	bytesText,
	zoned,
	packed,
	binaryNumber,
]
