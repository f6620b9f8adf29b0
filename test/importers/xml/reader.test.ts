import { describe, expect, it } from 'vitest'
import { defaultLimits } from '#importers/xml/limits.ts'
import { printXml } from '#importers/xml/print.ts'
import { readXml } from '#importers/xml/reader.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (text: string) => readXml('a/file.xml', bytes(text))
const codes = (text: string) => read(text).diagnostics.map((diagnostic) => diagnostic.code)

function utf16(text: string, mark: boolean): Uint8Array {
	const units = Uint16Array.from(mark ? `\ufeff${text}` : text, (sign) => sign.charCodeAt(0))
	return new Uint8Array(units.buffer)
}

describe('reading XML', () => {
	it('gives elements with attributes, text and lines', () => {
		const { root, diagnostics } = read('<a x="1&amp;2">\n\t<b>one\n two</b>\n\t<c><![CDATA[<raw>]]></c>\n</a>')
		expect(diagnostics).toEqual([])
		expect(root?.attributes.get('x')).toBe('1&2')
		expect(root?.text).toBe('')
		expect(root?.children.map((child) => [child.name, child.text, child.lines])).toEqual([
			['b', 'one\n two', { start: 2, end: 3 }],
			['c', '<raw>', { start: 4, end: 4 }],
		])
	})

	it('knows a namespace by its URI, whatever prefix the file uses', () => {
		const filter = { prefixes: new Map([['urn:x', 'X']]) }
		const { root } = readXml('f', bytes('<q:a xmlns:q="urn:x" q:n="1"><b/></q:a>'), filter)
		expect([root?.name, root?.attributes.get('X:n'), root?.children[0]?.name]).toEqual(['X:a', '1', 'b'])
	})

	it('keeps nothing of what the filter leaves out', () => {
		const filter = {
			prefixes: new Map(),
			skipElement: (name: string) => name === 'skip',
			skipAttribute: (_: string, name: string) => name === 'y',
		}
		const { root } = readXml('f', bytes('<a x="1" y="2"><skip><b/>text</skip><c/></a>'), filter)
		expect(root?.children.map((child) => child.name)).toEqual(['c'])
		expect([...(root?.attributes.keys() ?? [])]).toEqual(['x'])
	})

	it('survives names that mean something to JavaScript', () => {
		const { root } = read('<__proto__ __proto__="1" constructor="2"/>')
		expect(root?.attributes.get('__proto__')).toBe('1')
		expect(root?.attributes.get('constructor')).toBe('2')
	})

	it('prints an element so that it reads back as the same', () => {
		const { root } = read('<a x="&lt;&quot;"><b>1 &amp; 2</b><c/></a>')
		expect(root && printXml(root)).toBe('<a x="&lt;&quot;">\n\t<b>1 &amp; 2</b>\n\t<c/>\n</a>')
	})
})

describe('refusing what is not XML', () => {
	it.each([
		['an unclosed element', '<a>'],
		['elements that cross', '<a><b></a></b>'],
		['two roots', '<a/><b/>'],
		['no markup', 'not xml'],
		['an attribute twice', '<a x="1" x="2"/>'],
		['an unknown entity', '<a>&foo;</a>'],
		['an attribute without quotes', '<a b=1/>'],
		['an unbound prefix', '<x:a/>'],
		['a truncated tag', '<a><b c="'],
		['only a comment', '<!-- nothing -->'],
	])('%s', (_, text) => {
		expect(codes(text)).toEqual(['xml/malformed'])
	})

	it('says in which line', () => {
		const [problem] = read('<a>\n<b>\n</a>').diagnostics
		expect(problem?.provenance.lines.start).toBe(3)
	})

	it.each(['', '  \n', '\ufeff'])('an empty file (%j)', (text) => {
		expect(codes(text)).toEqual(['file/empty'])
	})
})

describe('staying harmless', () => {
	it('refuses document types, so no entity is ever expanded', () => {
		const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')
		expect(codes(`<!DOCTYPE a [<!ENTITY l0 "lol">${laughs}]><a>&l9;</a>`)).toEqual(['xml/forbidden'])
		expect(codes('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>')).toEqual(['xml/forbidden'])
	})

	it('refuses deep nesting, kept or skipped', () => {
		const deep = '<a>'.repeat(100_000)
		expect(codes(deep)).toEqual(['xml/limit'])
		const filter = { prefixes: new Map(), skipElement: () => true }
		expect(readXml('f', bytes(deep), filter).diagnostics.map((one) => one.code)).toEqual(['xml/limit'])
	})

	it('refuses 200,000 attributes', () => {
		const many = Array.from({ length: 200_000 }, (_, i) => `a${i}="1"`).join(' ')
		expect(codes(`<a ${many}/>`)).toEqual(['xml/limit'])
	})

	it('refuses too many elements and too many bytes', () => {
		const limits = { ...defaultLimits, elements: 3, bytes: 40 }
		const code = (text: string) => readXml('f', bytes(text), undefined, limits).diagnostics[0]?.code
		expect(code('<a><b/><b/></a>')).toBeUndefined()
		expect(code('<a><b/><b/><b/></a>')).toBe('xml/limit')
		expect(code(`<a>${' '.repeat(40)}</a>`)).toBe('xml/limit')
	})
})

describe('decoding', () => {
	const umlaut = '<a>Åse – ü</a>'
	it.each([
		['UTF-8', bytes(umlaut)],
		['UTF-8 with a mark', bytes(`\ufeff${umlaut}`)],
		['UTF-16 with a mark', utf16(umlaut, true)],
		['UTF-16 without a mark', utf16(umlaut, false)],
	])('reads %s', (_, data) => {
		const { root, diagnostics } = readXml('f', data)
		expect(root?.text).toBe('Åse – ü')
		expect(diagnostics).toEqual([])
	})

	it('reads the code page that the declaration names', () => {
		const head = bytes('<?xml version="1.0" encoding="windows-1252"?><a>')
		const data = new Uint8Array([...head, 0xc5, 0x80, ...bytes('</a>')])
		expect(readXml('f', data).root?.text).toBe('Å€')
	})

	it('warns when the declaration contradicts the bytes', () => {
		const { root, diagnostics } = read('<?xml version="1.0" encoding="utf-16"?><a>ü</a>')
		expect(root?.text).toBe('ü')
		expect(diagnostics.map((one) => [one.code, one.severity])).toEqual([['file/encoding', 'warning']])
	})

	it('stops at bytes that the encoding does not have', () => {
		const data = new Uint8Array([...bytes('<a>\n'), 0xff, ...bytes('</a>')])
		const { root, diagnostics } = readXml('f', data)
		expect(root).toBeUndefined()
		expect(diagnostics.map((one) => [one.code, one.severity])).toEqual([['file/encoding', 'error']])
	})

	it('names the line of such a byte', () => {
		const { diagnostics } = readXml('a.dtsx', Buffer.from('<a>\n<b>ü</b>\n<c>\xfc</c></a>', 'latin1'))
		expect(diagnostics.map((one) => one.provenance.lines.start)).toEqual([2])
	})

	it('refuses an unknown encoding', () => {
		expect(codes('<?xml version="1.0" encoding="ebcdic-x"?><a/>')).toEqual(['file/encoding'])
	})

	it('decodes a sign that stands across two pieces', () => {
		const text = `<a>${'x'.repeat(256 * 1024 - 4)}ü€</a>`
		expect(read(text).root?.text.endsWith('xü€')).toBe(true)
	})
})
