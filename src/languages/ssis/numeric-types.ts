/**
 * Precision and scale of DT_NUMERIC results: the Transact-SQL rules, to which the page refers. `*`, `?:` and the cap at 38 agree
 * with the types that real packages store. Source: Microsoft, "Integration Services Data Types in Expressions".
 */
import type { DecimalType } from '#model/types.ts'
import { decimal } from '#model/types.ts'

export function numericResult(operator: '+' | '-' | '*' | '/', left: DecimalType, right: DecimalType): DecimalType {
	const wholeDigits = Math.max(left.precision - left.scale, right.precision - right.scale)
	switch (operator) {
		case '+':
		case '-':
			return capped(wholeDigits + Math.max(left.scale, right.scale) + 1, Math.max(left.scale, right.scale))
		case '*':
			return capped(left.precision + right.precision + 1, left.scale + right.scale)
		case '/': {
			const scale = Math.max(6, left.scale + right.precision + 1)
			return capped(left.precision - left.scale + right.scale + scale, scale)
		}
	}
}

/** The type that holds the values of both, as `?:` needs it. */
export function numericUnion(left: DecimalType, right: DecimalType): DecimalType {
	const scale = Math.max(left.scale, right.scale)
	return capped(Math.max(left.precision - left.scale, right.precision - right.scale) + scale, scale)
}

function capped(precision: number, scale: number): DecimalType {
	if (precision <= 38) return decimal(precision, scale)
	return decimal(38, Math.max(scale - (precision - 38), Math.min(scale, 6)))
}
