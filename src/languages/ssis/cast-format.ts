/**
 * The `format` of a cast expression of this language: `from=DT_DATE;to=DT_STR,30,1252;fast-parse`. It carries what the model's
 * types do not tell: `from` and `to` are exact types (absent: the usual one for the model type), `fast-parse` is the column's
 * FastParse property.
 */
import type { DataType } from '#model/types.ts'
import type { SsisType } from './types.ts'
import { formatType, ofModel, parseType } from './types.ts'

export interface CastFormat {
	readonly from: SsisType
	readonly to: SsisType
	readonly fastParse: boolean
}

export function readFormat(format: string | undefined, from: DataType, to: DataType): CastFormat {
	const parts = (format ?? '').split(';')
	const typed = (key: string): SsisType | undefined => {
		const part = parts.find((candidate) => candidate.startsWith(`${key}=`))
		return part === undefined ? undefined : parseType(part.slice(key.length + 1))
	}
	return {
		from: typed('from') ?? ofModel(from),
		to: typed('to') ?? ofModel(to),
		fastParse: parts.includes('fast-parse'),
	}
}

export function writeFormat(from: SsisType, to: SsisType, options: { readonly fastParse?: boolean } = {}): string {
	return `from=${formatType(from)};to=${formatType(to)}${options.fastParse === true ? ';fast-parse' : ''}`
}
