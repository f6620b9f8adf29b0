/** All conversion codes that are translated, and why another is not. */
import { readBaseCode } from './bases.ts'
import { readCharacterCode } from './characters.ts'
import type { ConversionCode } from './code.ts'
import { readDateCode } from './dates.ts'
import { readDecimalCode } from './decimals.ts'
import { readTimeCode } from './times.ts'

/** A single code, without value marks. Undefined: not translated. */
export function readCode(code: string): ConversionCode | undefined {
	return (
		readDateCode(code) ?? readTimeCode(code) ?? readDecimalCode(code) ?? readBaseCode(code) ?? readCharacterCode(code)
	)
}
