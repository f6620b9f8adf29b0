/**
 * The EBCDIC code page of COBOL files, IBM 037: the character behind each byte, all of them below U+0100. As in Java, the newline
 * and the line feed of EBCDIC are both a line feed.
 */
const table = Buffer.from(
	[
		'000102039c09867f978d8e0b0c0d0e0f101112139d0a08871819928f1c1d1e1f',
		'80818283840a171b88898a8b8c050607909116939495960498999a9b14159e1a',
		'20a0e2e4e0e1e3e5e7f1a22e3c282b7c26e9eaebe8edeeefecdf21242a293bac',
		'2d2fc2c4c0c1c3c5c7d1a62c255f3e3ff8c9cacbc8cdcecfcc603a2340273d22',
		'd8616263646566676869abbbf0fdfeb1b06a6b6c6d6e6f707172aabae6b8c6a4',
		'b57e737475767778797aa1bfd0dddeae5ea3a5b7a9a7b6bcbdbe5b5dafa8b4d7',
		'7b414243444546474849adf4f6f2f3f57d4a4b4c4d4e4f505152b9fbfcf9faff',
		'5cf7535455565758595ab2d4d6d2d3d530313233343536373839b3dbdcd9da9f',
	].join(''),
	'hex',
)

export const ebcdicText = (bytes: readonly number[]): string =>
	String.fromCharCode(...bytes.map((byte) => table[byte] ?? 0))

/** Bytes of a text; undefined: it has a character that the code page lacks. */
export function ebcdicBytes(text: string): readonly number[] | undefined {
	const bytes = Array.from(text, (character) => table.indexOf(character.codePointAt(0) ?? -1))
	return bytes.includes(-1) ? undefined : bytes
}
