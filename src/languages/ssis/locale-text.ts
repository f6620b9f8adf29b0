/**
 * Numbers and dates in texts as a locale spells them, put into the spelling of en-US that the conversions read. Only standard
 * parsing follows the locale, FastParse does not (Microsoft: Parsing Data). The signs of each locale and the order of its dates
 * are those of Windows (Microsoft: LOCALE_SDECIMAL, LOCALE_STHOUSAND, LOCALE_SDATE, LOCALE_IDATE); all here begin with the day.
 */
import type { DataType } from '#model/types.ts'
import type { Py } from '../python.ts'
import { fn } from '../python.ts'

interface Spelling {
	/** Sign before the decimals, and that between thousands. */
	readonly signs: '.,' | ',.' | ', '
	/** Signs between the parts of a date, as a class of a pattern. */
	readonly between: '[/-]' | '[/.-]'
}

const british: Spelling = { signs: '.,', between: '[/-]' }
const spanish: Spelling = { signs: ',.', between: '[/-]' }
const german: Spelling = { signs: ',.', between: '[/.-]' }
const french: Spelling = { signs: ', ', between: '[/-]' }
const polish: Spelling = { signs: ', ', between: '[/.-]' }

const locales: readonly (readonly [Spelling, readonly number[]])[] = [
	// en-GB, en-AU, en-NZ, en-IE, en-IN, es-MX
	[british, [2057, 3081, 5129, 6153, 16393, 2058]],
	// es-ES (traditional and modern order), es-CO, es-AR, es-CL, pt-BR, it-IT, nl-NL, el-GR, da-DK, id-ID, vi-VN
	[spanish, [1034, 3082, 9226, 11274, 13322, 1046, 1040, 1043, 1032, 1030, 1057, 1066]],
	// de-DE, sl-SI, tr-TR
	[german, [1031, 1060, 1055]],
	[french, [1036]],
	// pl-PL, cs-CZ, ru-RU, nb-NO, fi-FI
	[polish, [1045, 1029, 1049, 1044, 1035]],
]

const spellings = new Map(locales.flatMap(([spelling, ids]) => ids.map((id) => [id, spelling] as const)))

/** en-US, en-PH, es-US: month first, a point before the decimals. */
const usual: ReadonlySet<number> = new Set([1033, 13321, 21514])

/** Is it known how the locale spells numbers and dates? Without an id the connection says nothing, and en-US is taken. */
export const knowsLocale = (id: number): boolean => id <= 0 || usual.has(id) || spellings.has(id)

/** Does it spell them otherwise than en-US does? */
export const spellsOtherwise = (id: number): boolean => spellings.has(id)

/** Does it put a comma before the decimals? */
export const hasDecimalComma = (id: number): boolean => spellings.get(id)?.signs.startsWith(',') ?? false

/** Types whose texts a locale spells in its own way. */
export const isSpelled = ({ kind }: DataType): boolean =>
	kind === 'int' || kind === 'decimal' || kind === 'float' || kind === 'date' || kind === 'timestamp'

/** What a number's characters become. A point without a meaning turns into one that no number has; blanks are those that do not break. */
const rewritten = {
	'.,': undefined,
	',.': [',.', '.,'],
	', ': [',.\u00a0\u202f', '.?,,'],
} as const

const isDate = ({ kind }: DataType): boolean => kind === 'date' || kind === 'timestamp'

const dayFirst = ({ between }: Spelling): string => `^([ \t]*)([0-9]{1,2})${between}([0-9]{1,2})${between}([0-9]{4})`
const monthFirst = '$1$3/$2/$4'

/** A text of the locale, as en-US spells it. */
export function usualText(text: string, to: DataType, locale: number): string {
	const spelling = spellings.get(locale)
	if (spelling === undefined || !isSpelled(to)) return text
	if (isDate(to)) return text.replace(new RegExp(dayFirst(spelling)), monthFirst)
	const [from, into] = rewritten[spelling.signs] ?? ['', '']
	return text.replaceAll(/[,.\u00a0\u202f]/g, (sign) => into[from.indexOf(sign)] ?? sign)
}

/** The same as Spark text. */
export function printUsualText(text: Py, to: DataType, locale: number): Py {
	const spelling = spellings.get(locale)
	if (spelling === undefined || !isSpelled(to)) return text
	if (isDate(to)) return fn('regexp_replace', text, dayFirst(spelling), monthFirst)
	const pair = rewritten[spelling.signs]
	return pair === undefined ? text : fn('translate', text, ...pair)
}
