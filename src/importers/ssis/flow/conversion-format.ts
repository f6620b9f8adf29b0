import type { SsisType } from '#languages/ssis/types.ts'
import { formatType } from '#languages/ssis/types.ts'

/**
 * What a conversion must know beyond the model's types: the exact types, and whether FastParse is on.
 * Spelled `DT_STR,10,1252>DT_CY` or `DT_STR,10,1252>DT_CY fast`.
 */
export function conversionFormat(from: SsisType, to: SsisType, fastParse: boolean): string {
	return `${formatType(from)}>${formatType(to)}${fastParse ? ' fast' : ''}`
}
