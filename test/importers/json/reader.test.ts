import { describe, expect, it } from 'vitest'
import { itemsAt, membersAt, nodeAt, textAt } from '#importers/json/node.ts'
import { defaultJsonLimits, readJson } from '#importers/json/reader.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (text: string) => readJson('f.json', 'flow.json', bytes(text))

describe('reading JSON', () => {
	it('keeps lines, all digits, and keys that objects of JavaScript do not hold', () => {
		const { root } = read('{\n"a": [1, true, null, "x\\u00e4"],\n"__proto__": {"n": 12345678901234567890.50}\n}')
		expect(itemsAt(root, 'a').map((node) => [node.kind, textAt(node), node.line])).toEqual([
			['number', '1', 2],
			['boolean', 'true', 2],
			['null', '', 2],
			['text', 'xä', 2],
		])
		expect(textAt(root, '__proto__', 'n')).toBe('12345678901234567890.50')
		expect(nodeAt(root, 'constructor', 'name')).toBeUndefined()
		expect(membersAt(root).map(([key, node]) => [key, node.line])).toEqual([
			['a', 2],
			['__proto__', 3],
		])
	})

	it.each([
		['{"a": }', 'json/malformed'],
		['{"a": 1,}', 'json/malformed'],
		['{"a": 1', 'json/malformed'],
		['// no\n{}', 'json/malformed'],
		['{} {}', 'json/malformed'],
		['{"a": "\u0001"}', 'json/malformed'],
		['', 'json/malformed'],
		['['.repeat(100_000), 'json/limit'],
		['{"a":'.repeat(200), 'json/limit'],
	])('refuses %j', (text, code) => {
		const { root, diagnostics } = read(text)
		expect(root).toBeUndefined()
		expect(diagnostics).toMatchObject([{ code, severity: 'error', provenance: { file: 'f.json', path: 'flow.json' } }])
	})

	it('names the line where it stops', () => {
		expect(read('{\n"a": 1,\n"b": ?\n}').diagnostics).toMatchObject([{ provenance: { lines: { start: 3, end: 3 } } }])
	})

	it('refuses bytes that are no text', () => {
		const { diagnostics } = readJson('f.json', '', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]))
		expect(diagnostics).toMatchObject([{ code: 'file/encoding', severity: 'error' }])
	})

	it('reads UTF-16 with its mark', () => {
		const text = '{"a": "ä"}'
		const wide = new Uint8Array(2 + text.length * 2)
		wide.set([0xff, 0xfe])
		for (let index = 0; index < text.length; index++) wide[2 + index * 2] = text.charCodeAt(index)
		expect(textAt(readJson('f.json', '', wide).root, 'a')).toBe('ä')
	})

	it('stops at the limits', () => {
		const small = { ...defaultJsonLimits, bytes: 10, values: 3 }
		expect(readJson('f.json', '', bytes('[1, 2, 3, 4, 5]'), small).diagnostics).toMatchObject([{ code: 'json/limit' }])
		expect(readJson('f.json', '', bytes('[1, 2, 3]'), small).diagnostics).toMatchObject([{ code: 'json/limit' }])
	})
})
