/** Fields of COBOL records as characters that stand for bytes, U+0000 to U+00FF: their bytes, and fields that hold a value. */
import { ebcdicBytes } from './ebcdic.ts'

/** What the Latin-1 encoder of Java makes of a character that it lacks. */
const QUESTION = 0x3f

export function bytesOf(field: string): readonly number[] {
	return Array.from(field, (character) => {
		const code = character.codePointAt(0) ?? QUESTION
		return code > 0xff ? QUESTION : code
	})
}

export const hexOf = (field: string): string => Buffer.from(bytesOf(field)).toString('hex').toUpperCase()

const fieldOf = (bytes: Uint8Array | readonly number[]): string => Buffer.from(bytes).toString('latin1')

/** Undefined, here and below: no field says that. */
export function spellText(text: string, width: number, charset: string | undefined): string | undefined {
	const padded = text.padEnd(width)
	const bytes = charset === 'IBM037' ? ebcdicBytes(padded) : Buffer.from(padded, 'utf8')
	return bytes?.length === width ? fieldOf(bytes) : undefined
}

const sizeOf = (number: bigint): string => String(number < 0n ? -number : number)

export function spellPacked(number: bigint, width: number): string | undefined {
	const hex = sizeOf(number).padStart(width * 2 - 1, '0') + (number < 0n ? 'D' : 'C')
	return hex.length > width * 2 ? undefined : fieldOf(Buffer.from(hex, 'hex'))
}

export function spellBinary(number: bigint, width: number, format = 'big'): string | undefined {
	const bits = width * 8
	const isHeld = format.endsWith('unsigned') ? BigInt.asUintN(bits, number) : BigInt.asIntN(bits, number)
	if (isHeld !== number) return undefined
	const hex = BigInt.asUintN(bits, number)
		.toString(16)
		.padStart(width * 2, '0')
	const bytes = Buffer.from(hex, 'hex')
	return fieldOf(format.startsWith('little') ? bytes.toReversed() : bytes)
}

export function spellZoned(number: bigint, width: number, format = 'trailing'): string | undefined {
	const separate = format.endsWith('separate')
	const digits = sizeOf(number).padStart(separate ? width - 1 : width, '0')
	if (digits.length + (separate ? 1 : 0) > width) return undefined
	const sign = number < 0n ? '-' : '+'
	if (separate) return format.startsWith('leading') ? sign + digits : digits + sign
	if (number >= 0n) return digits
	const at = format === 'leading' ? 0 : width - 1
	return digits.slice(0, at) + '}JKLMNOPQR'.charAt(Number(digits[at])) + digits.slice(at + 1)
}
