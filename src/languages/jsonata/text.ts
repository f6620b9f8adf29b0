/** Pieces of JSONata text. Step Functions wants single quotes inside `{% %}`. */

/** A value in JSONata: its text, and what it is there. */
export interface Printed {
	readonly code: string
	readonly kind: 'text' | 'number' | 'truth'
	/** A text that is a whole number as BASIC writes it, or empty: what a status or a return value is. */
	readonly canonical?: boolean
	/** A number without a fraction. */
	readonly whole?: boolean
	/** Binds tighter than any operator: no parentheses needed. */
	readonly closed?: boolean
}

export const textCode = (code: string, closed = true): Printed => ({ code, kind: 'text', closed })
export const numberCode = (code: string, closed = true, whole = true): Printed => ({
	code,
	kind: 'number',
	closed,
	whole,
})
export const truthCode = (code: string, closed = false): Printed => ({ code, kind: 'truth', closed })

/**
 * A text as a literal in single quotes. JSONata knows the escapes of JSON and no other, so a quote is written by its code; so is
 * the per cent sign beside a brace, which ends an expression of Step Functions.
 */
export function literalText(text: string): string {
	const escaped = text.replaceAll(/[\\'\p{Cc}\u2028\u2029]|%(?=\})|(?<=\{)%/gu, (sign) =>
		sign === '\\' ? '\\\\' : `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
	)
	return `'${escaped}'`
}

export const parts = ({ code, closed }: Printed): string => (closed === true ? code : `(${code})`)

/** A regular expression that matches exactly this text. */
export const escapePattern = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
