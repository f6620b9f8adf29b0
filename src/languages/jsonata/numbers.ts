/** How BASIC reads numbers in texts, as JSONata. */
import type { Printed } from './text.ts'
import { literalText, parts } from './text.ts'

/** What BASIC takes for a number; the same pattern as `isNumberText`. */
const looksNumeric = '/^ *[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})? *$/'
const looksZero = '/^ *[+-]?(0+\\.?0*|\\.0+)([eE][+-]?[0-9]{1,3})? *$/'

/** `$number` knows no plus sign and no bare point. */
const plainNumber = (code: string): string =>
	`$number($replace($replace($replace($trim(${code}), /^[+]/, ''), /^(-?)[.]/, '$10.'), /[.](?=[eE]|$)/, ''))`

const isNumeric = (code: string): string => `$contains(${code}, ${looksNumeric})`

/** The number that a text counts as: 0 where it is none. */
export const numberOf = (code: string): string => `(${isNumeric(code)} ? ${plainNumber(code)} : 0)`

/** A text is true unless it is empty or a number that is 0. */
export const truthOf = (value: Printed): string =>
	value.canonical === true
		? `(${parts(value)} != '' and ${parts(value)} != '0')`
		: `(${parts(value)} != '' and $not($contains(${value.code}, ${looksZero})))`

type Sign = '=' | '!=' | '<' | '>' | '<=' | '>='

/** Two values of which at least one is a text: by value where both look like numbers, otherwise as texts. */
export function compare(sign: Sign, left: Printed, right: Printed, number: number | undefined): string {
	if (number !== undefined && Number.isInteger(number) && (sign === '=' || sign === '!=')) {
		if (left.canonical === true) return `${parts(left)} ${sign} ${literalText(String(number))}`
		const equal = `$contains(${left.code}, ${equalPattern(number)})`
		return sign === '=' ? equal : `$not(${equal})`
	}
	const both = [left, right].filter(({ kind }) => kind === 'text').map(({ code }) => isNumeric(code))
	const asNumber = (side: Printed): string => (side.kind === 'text' ? plainNumber(side.code) : parts(side))
	const asText = (side: Printed): string => (side.kind === 'text' ? parts(side) : `$string(${side.code})`)
	return `(${both.join(' and ')} ? ${asNumber(left)} ${sign} ${asNumber(right)} : ${asText(left)} ${sign} ${asText(right)})`
}

/** Texts that are this whole number: `1`, `01`, `+1.0`. Exponents, which no such value is written with, are left to the other rule. */
function equalPattern(number: number): string {
	if (number === 0) return looksZero
	const sign = number < 0 ? '-' : '[+]?'
	return `/^ *${sign}0*${Math.abs(number)}([.]0*)? *$/`
}
