/**
 * The length of a text as its column type counts it: a Unicode type counts UTF-16 units, as SSIS does for DT_WSTR and the
 * parallel engine for ustring; any other type counts characters.
 */
import { characterCount, sliceCharacters } from '#model/code-points.ts'
import type { StringType } from '#model/types.ts'
import type { Py } from './python.ts'
import { atom, binary, call, fn } from './python.ts'

export function textLength(text: string, type: StringType): number {
	return type.unicode ? text.length : characterCount(text)
}

/** The text cut to a length; a character that the cut would split becomes U+FFFD. */
export function cutText(text: string, length: number, type: StringType): string {
	return type.unicode ? text.slice(0, length).toWellFormed() : sliceCharacters(text, 0, length)
}

/** Spark text: is it longer? */
export function isLonger(text: Py, length: number, type: StringType): Py {
	return type.unicode
		? binary('>', call('utf16_length', text), atom(String(length)))
		: binary('>', fn('length', text), atom(String(length)))
}

/** Spark text of {@link cutText}. */
export function cutPyspark(text: Py, length: number, type: StringType): Py {
	return type.unicode ? call('utf16_cut', text, length) : fn('substring', text, 1, length)
}
