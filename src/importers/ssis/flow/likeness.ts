/** Settings that Fuzzy Lookup and Fuzzy Grouping share. */
import type { Likeness } from '#model/similarity.ts'
import { unescapeText, whole } from '../formats/properties.ts'
import type { ComponentRecord } from '../formats/records.ts'
import type { BufferColumn } from './buffer.ts'
import type { Refusal } from './parts.ts'
import { refuse } from './parts.ts'

/** `JoinType` and `ExactFuzzy` (Microsoft: Transformation Custom Properties). */
export const EXACT = 1

/** A flag of `FuzzyComparisonFlags` (Microsoft: Comparing String Data). */
const IGNORE_CASE = 1

/** Delimiters part words; the signs of some versions are written as `_x0020_`. A blank always does. */
export function likenessOf(component: ComponentRecord, properties: ReadonlyMap<string, string>): Likeness {
	const delimiters = unescapeText(component.properties.get('Delimiters') ?? '')
	return {
		separators: [...new Set(Array.from(delimiters).filter((one) => one !== ' '))].join(''),
		caseless: (whole(properties.get('FuzzyComparisonFlags'), IGNORE_CASE) & IGNORE_CASE) !== 0,
	}
}

/** A threshold from 0 to 1. */
export function threshold(text: string | undefined): number {
	const value = Number((text ?? '').trim().replace(',', '.'))
	return Number.isFinite(value) ? value : 0
}

/** Only texts compare by how like they are. */
export function textRefusal({ name, type }: BufferColumn): Refusal | undefined {
	return ['DT_WSTR', 'DT_STR', 'DT_NTEXT', 'DT_TEXT'].includes(type.name)
		? undefined
		: refuse(`the column ${name} is no text, and compares by how like it is`)
}
