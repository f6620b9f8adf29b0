/**
 * The `format` of a cast expression of this language: `from=DT_DATE;to=DT_STR,30,1252;fast-parse`. It carries what the model's
 * types do not tell: `from` and `to` are exact types (absent: the usual one for the model type), `fast-parse` is the column's
 * FastParse property, and `locale=2057` names the locale of a text where it is spelled otherwise than in en-US.
 */
import type { DataType } from '#model/types.ts'
import { isSpelled, spellsOtherwise } from './locale-text.ts'
import type { SsisType } from './types.ts'
import { formatType, ofModel, parseType, toModel } from './types.ts'

export interface CastFormat {
	readonly from: SsisType
	readonly to: SsisType
	readonly fastParse: boolean
	readonly locale?: number
}

export function readFormat(format: string | undefined, from: DataType, to: DataType): CastFormat {
	const parts = (format ?? '').split(';')
	const told = (key: string): string | undefined =>
		parts.find((candidate) => candidate.startsWith(`${key}=`))?.slice(key.length + 1)
	const typed = (key: string): SsisType | undefined => {
		const text = told(key)
		return text === undefined ? undefined : parseType(text)
	}
	const locale = told('locale')
	return {
		from: typed('from') ?? ofModel(from),
		to: typed('to') ?? ofModel(to),
		fastParse: parts.includes('fast-parse'),
		...(locale === undefined ? {} : { locale: Number(locale) }),
	}
}

/** FastParse reads alike in all locales. */
export function writeFormat(
	from: SsisType,
	to: SsisType,
	options: { readonly fastParse?: boolean; readonly locale?: number } = {},
): string {
	const { fastParse = false, locale = 0 } = options
	const reading = fastParse
		? ';fast-parse'
		: spellsOtherwise(locale) && isSpelled(toModel(to))
			? `;locale=${locale}`
			: ''
	return `from=${formatType(from)};to=${formatType(to)}${reading}`
}
