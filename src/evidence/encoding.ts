/** Text in the encodings that files have: Node decodes them all, and encodes but a few. */

/** Bytes of a text; a character that the encoding lacks becomes `?`. */
export function encodeText(text: string, encoding: string): Uint8Array {
	const name = encoding.toLowerCase()
	if (name === 'utf-8' || name === 'utf8') return Buffer.from(text, 'utf8')
	if (name === 'utf-16le') return Buffer.from(text, 'utf16le')
	if (isLatin1(name))
		return Uint8Array.from(Array.from(text), (character) => (character > '\u{FF}' ? 0x3f : character.charCodeAt(0)))
	const bytes = singleBytes(name)
	return Uint8Array.from(Array.from(text), (character) => bytes.get(character) ?? 0x3f)
}

/** A byte order mark at the start is left out. */
export function decodeText(bytes: Uint8Array, encoding: string): string {
	return isLatin1(encoding.toLowerCase())
		? Buffer.from(bytes).toString('latin1')
		: new TextDecoder(encoding).decode(bytes)
}

/** To Java a character for each byte; to Node a name of windows-1252. */
const isLatin1 = (name: string): boolean => name === 'iso-8859-1'

function singleBytes(encoding: string): ReadonlyMap<string, number> {
	const decoder = new TextDecoder(encoding)
	return new Map(Array.from({ length: 256 }, (_none, byte) => [decoder.decode(Uint8Array.of(byte)), byte]))
}

/** The text as a file of that encoding holds it. */
export function throughEncoding(text: string, encoding: string): string {
	return decodeText(encodeText(text, encoding), encoding)
}
