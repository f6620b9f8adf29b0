import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'

/** `CharacterSet` of the header → label that `TextDecoder` knows. `ENGLISH` is what old clients call Windows-1252. */
const codePages: Readonly<Record<string, string>> = {
	ENGLISH: 'windows-1252',
	CP1250: 'windows-1250',
	CP1251: 'windows-1251',
	CP1252: 'windows-1252',
	CP1253: 'windows-1253',
	CP1254: 'windows-1254',
	CP932: 'shift_jis',
	CP936: 'gbk',
	CP949: 'euc-kr',
	CP950: 'big5',
	'ISO8859-1': 'windows-1252',
	'ISO8859-15': 'iso-8859-15',
	UNICODE: 'utf-8',
	'UTF-8': 'utf-8',
	UTF8: 'utf-8',
}

/** The label of a `CharacterSet`, where it is known. */
export function codePageOf(characterSet: string): string | undefined {
	return codePages[characterSet.toUpperCase()]
}

export interface DecodedExport {
	readonly text: string
	/** Label of the encoding that was used. */
	readonly encoding: string
	readonly diagnostics: readonly Diagnostic[]
}

/**
 * Decodes an export. The header's `CharacterSet` is not reliable (files get re-saved), so in this order:
 * byte order mark, ASCII, strict UTF-8, the header's code page, Latin-1.
 */
export function decodeDsx(bytes: Uint8Array, file: string): DecodedExport {
	const marked = markedEncoding(bytes)
	if (marked !== undefined) return decoded(bytes, marked)
	const strict = decodeStrictly(bytes, 'utf-8')
	if (strict !== undefined) return { text: strict, encoding: 'utf-8', diagnostics: [] }
	const named = characterSet(bytes)
	const label = named === undefined ? undefined : codePageOf(named)
	const text = label === undefined ? undefined : decodeStrictly(bytes, label)
	if (text !== undefined && label !== undefined) return { text, encoding: label, diagnostics: [] }
	const provenance = { file, path: '', lines: { start: 1, end: 1 } }
	const why =
		named === undefined
			? 'Its header names no character set.'
			: `Its header says ${named}, which does not fit its bytes.`
	const what = `${file} is not UTF-8; it was read as Latin-1, so letters beyond ASCII may be wrong`
	return { ...decoded(bytes, 'iso-8859-1'), diagnostics: [diagnose('file/encoding', provenance, { what, why })] }
}

function decoded(bytes: Uint8Array, label: string): DecodedExport {
	return { text: new TextDecoder(label).decode(bytes), encoding: label, diagnostics: [] }
}

/** The first kilobytes as text, good enough to recognise a format. */
export function decodeHead(head: Uint8Array): string {
	return new TextDecoder(markedEncoding(head) ?? 'iso-8859-1').decode(head)
}

function markedEncoding(bytes: Uint8Array): string | undefined {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
	return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined
}

function decodeStrictly(bytes: Uint8Array, label: string): string | undefined {
	try {
		return new TextDecoder(label, { fatal: true }).decode(bytes)
	} catch {
		return undefined
	}
}

function characterSet(bytes: Uint8Array): string | undefined {
	const head = new TextDecoder('iso-8859-1').decode(bytes.subarray(0, 4096))
	return /CharacterSet\s+"([^"\r\n]{1,40})"/.exec(head)?.[1]
}
