/**
 * Characters in other forms, by the tables of Unicode: half and full width, the two kanas, letters without their marks. Spark
 * has no function for any of them; the helpers hold the same tables. (Microsoft: LCMapStringEx, flags LCMAP_* and NORM_*.)
 */
import { text } from '#model/types.ts'
import { failure } from '#model/values.ts'
import type { Operation } from '../catalogue.ts'
import type { Py } from '../python.ts'
import { call, fn } from '../python.ts'

const range = (first: number, last: number): string =>
	String.fromCharCode(...Array.from({ length: last - first + 1 }, (_none, index) => first + index))

/** Signs of a byte, and the same in the width of an ideograph. */
const narrowSigns = `${range(0x20, 0x7e)}¢£¬¯¦¥₩`
const wideSigns = `\u3000${range(0xff01, 0xff5e)}${range(0xffe0, 0xffe6)}`

const narrowKana = range(0xff61, 0xff9f)
/** The marks of voiced sounds are signs of their own in half width. */
const wideKana = `${Array.from(range(0xff61, 0xff9d), (one) => one.normalize('NFKC')).join('')}\u309b\u309c`
const marked = Array.from(narrowKana)
	.flatMap((letter) => [`${letter}\uff9e`, `${letter}\uff9f`])
	.map((parts) => ({ parts, whole: parts.normalize('NFKC') }))
	.filter(({ whole }) => whole.length === 1)

const katakana = `${range(0x30a1, 0x30f6)}\u30fd\u30fe`
const hiragana = `${range(0x3041, 0x3096)}\u309d\u309e`

/** Characters one by one, as Spark's `translate` does it. */
function translate(value: string, from: string, to: string): string {
	const places = new Map(Array.from(from, (one, index) => [one, to[index] ?? '']))
	return Array.from(value, (one) => places.get(one) ?? one).join('')
}

function narrow(value: string): string {
	const apart = marked.reduce((held, { whole, parts }) => held.replaceAll(whole, parts), value)
	return translate(apart, wideSigns + wideKana, narrowSigns + narrowKana)
}

/** Letters of Japanese in full width, the marks of voiced sounds on their letters. */
function wideLetters(value: string): string {
	const joined = marked.reduce((held, { whole, parts }) => held.replaceAll(parts, whole), value)
	return translate(joined, narrowKana, wideKana)
}

/** Marks without a place of their own, such as accents, whether they stand apart or on their letter. */
function withoutMarks(value: string): string {
	return Array.from(value, (one) => {
		const base = one.length > 1 ? one : one.normalize('NFD').replaceAll(/\p{Mn}/gu, '')
		return base.length > 1 ? one : base
	}).join('')
}

/** A change of characters: what it makes of a text, and the Spark text that does the same. */
export interface Change {
	readonly name: string
	readonly change: (value: string) => string
	readonly pyspark: (value: Py) => Py
}

const halfWidth: Change = { name: 'half-width', change: narrow, pyspark: (one) => call('half_width', one) }

const fullWidth: Change = {
	name: 'full-width',
	change: (one) => translate(wideLetters(one), narrowSigns, wideSigns),
	pyspark: (one) => call('full_width', one),
}

/** What texts of either width compare by: signs of a byte, letters of Japanese in full width. */
export const oneWidth: Change = {
	name: 'one-width',
	change: (one) => translate(wideLetters(one), wideSigns, narrowSigns),
	pyspark: (one) => call('one_width', one),
}

export const toHiragana: Change = {
	name: 'hiragana',
	change: (one) => translate(one, katakana, hiragana),
	pyspark: (one) => call('to_hiragana', one),
}

const toKatakana: Change = {
	name: 'katakana',
	change: (one) => translate(one, hiragana, katakana),
	pyspark: (one) => call('to_katakana', one),
}

export const withoutAccents: Change = {
	name: 'without-accents',
	change: withoutMarks,
	pyspark: (one) => call('without_accents', one),
}

/** Microsoft, CompareOptions: white-space characters, punctuation, currency symbols, mathematical symbols, and so on. */
export const withoutSymbols: Change = {
	name: 'without-symbols',
	change: (one) => one.replaceAll(/[\p{P}\p{S}\p{White_Space}]/gu, ''),
	pyspark: (one) => fn('regexp_replace', one, '[\\p{P}\\p{S}\\p{IsWhite_Space}]', ''),
}

const changes = [halfWidth, fullWidth, oneWidth, toHiragana, toKatakana, withoutAccents, withoutSymbols]

export const characterOperations: readonly Operation[] = changes.map(({ name, change, pyspark }) => ({
	id: `shared.${name}`,
	parameters: [{ name: 'text', kinds: ['string'] }],
	result: () => text(),
	nulls: 'propagate',
	canFail: false,
	evaluate: ([value]) => (typeof value === 'string' ? change(value) : failure('type', 'not a text')),
	pyspark: ([value]) => pyspark(value),
	source: 'Microsoft: LCMapStringEx',
}))
