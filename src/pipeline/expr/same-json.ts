/** Are two results the same by the rules of the case files? */
import { compare, parse } from '#model/decimal.ts'
import type { JsonValue } from '#model/json-values.ts'

/** Relative distance below which two floats are the same. */
const tolerance = 1e-12

/** Any error equals an expected error: the kinds name why, engines differ in words. */
export function sameJson(expected: JsonValue, actual: JsonValue, resultType = ''): boolean {
	if (isErrorJson(expected) || isErrorJson(actual)) return isErrorJson(expected) && isErrorJson(actual)
	if (expected === null || actual === null) return expected === actual
	if (typeof expected === 'boolean' || typeof actual === 'boolean') {
		return expected === actual || (resultType.startsWith('int') && Number(expected) === Number(actual))
	}
	if (typeof expected === 'number' && typeof actual === 'number') return close(expected, actual)
	if (typeof expected === 'number') return typeof actual === 'string' && sameDecimal(String(expected), actual)
	if (typeof expected !== 'string') return JSON.stringify(expected) === JSON.stringify(actual)
	return normalMoment(expected) === normalMoment(typeof actual === 'object' ? JSON.stringify(actual) : String(actual))
}

function isErrorJson(value: JsonValue): boolean {
	return typeof value === 'object' && value !== null && 'error' in value
}

function close(a: number, b: number): boolean {
	return a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b))
}

function sameDecimal(a: string, b: string): boolean {
	const [left, right] = [parse(a), parse(b)]
	return left !== undefined && right !== undefined ? compare(left, right) === 0 : Number(a) === Number(b)
}

/** `2003-11-06T13:45:10.000` and `2003-11-06 13:45:10` are one moment; other text stays as it is. */
function normalMoment(text: string): string {
	if (!/^(\d{4}-\d\d-\d\d[T ])?\d\d:\d\d:\d\d(\.\d+)?$/.test(text)) return text
	const spaced = text.replace('T', ' ')
	return spaced.includes('.') ? spaced.replace(/0+$/, '').replace(/\.$/, '') : spaced
}
