import { describe, expect, it } from 'vitest'
import { decodeDsx } from '#importers/datastage/formats/dsx/decode.ts'

const utf8 = new TextEncoder()
const header = (set: string): Uint8Array => utf8.encode(`BEGIN HEADER\n   CharacterSet "${set}"\nEND HEADER\n`)
const bytes = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]))

describe('encodings of exports', () => {
	it.each([
		['ASCII', header('CP1252'), 'utf-8', ''],
		['UTF-8, whatever the header says', bytes(header('ENGLISH'), utf8.encode('é')), 'utf-8', 'é'],
		[
			'UTF-8 with a byte order mark',
			bytes(Uint8Array.of(0xef, 0xbb, 0xbf), header('CP1252'), utf8.encode('é')),
			'utf-8',
			'é',
		],
		['the code page of the header', bytes(header('CP1251'), Uint8Array.of(0xe6)), 'windows-1251', 'ж'],
		['ENGLISH, which is Windows-1252', bytes(header('ENGLISH'), Uint8Array.of(0x80)), 'windows-1252', '€'],
	])('reads %s', (_what, given, encoding, end) => {
		const result = decodeDsx(given, 'f.dsx')
		expect(result.diagnostics).toEqual([])
		expect(result.encoding).toBe(encoding)
		expect(result.text.startsWith('BEGIN HEADER')).toBe(true)
		expect(result.text.endsWith(`\n${end}`)).toBe(true)
	})

	it('reads UTF-16 by its byte order mark', () => {
		const text = Uint8Array.of(0xff, 0xfe, 0x42, 0, 0xe9, 0)
		expect(decodeDsx(text, 'f.dsx').text).toBe('Bé')
	})

	it('falls back to Latin-1 and says so', () => {
		const result = decodeDsx(bytes(header('KLINGON'), Uint8Array.of(0xe9)), 'f.dsx')
		expect(result.text.endsWith('é')).toBe(true)
		expect(result.diagnostics.map(({ code, why }) => [code, why])).toEqual([
			['file/encoding', 'Its header says KLINGON, which does not fit its bytes.'],
		])
	})
})
