import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TextFileSource, TextFileTarget } from '#model/places.ts'
import { readText, splitFields, splitRecords } from '#reference/text-reader.ts'
import { writeLines, writeText } from '#reference/text-writer.ts'
import { column, layout, literal, sourced } from './support.ts'

const source = (more: Partial<TextFileSource> = {}): TextFileSource => ({
	kind: 'text-file',
	path: sourced(literal('/in.txt')),
	layout,
	skipLines: 0,
	fieldCount: 'reject',
	...more,
})

const fieldsOf = (record: string): readonly string[] => splitFields(record, layout)

describe('records', () => {
	it('a record delimiter at the end of the file does not start another record', () => {
		expect(splitRecords('a\nb\n', layout)).toEqual(['a', 'b'])
		expect(splitRecords('a\nb', layout)).toEqual(['a', 'b'])
		expect(splitRecords('', layout)).toEqual([])
	})
	it('an empty line is a record', () => {
		expect(splitRecords('a\n\nb\n\n', layout)).toEqual(['a', '', 'b', ''])
		expect(splitRecords('\n', layout)).toEqual([''])
	})
	it('a carriage return stays in the record when the delimiter is a line feed', () => {
		expect(splitRecords('a\r\n\r\n', layout)).toEqual(['a\r', '\r'])
	})
})

describe('fields', () => {
	it('takes a delimiter inside quotes as text, and a doubled quote as one', () => {
		expect(fieldsOf('"a,b",c,"say ""hi"""')).toEqual(['a,b', 'c', 'say "hi"'])
	})
	it('takes a field as it stands when its closing quote is not followed by a delimiter', () => {
		expect(fieldsOf('"a"b,c')).toEqual(['"a"b', 'c'])
		expect(fieldsOf('a"b",c')).toEqual(['a"b"', 'c'])
		expect(fieldsOf('"open,c')).toEqual(['"open', 'c'])
	})
	it('sees an empty field between, before and after delimiters', () => {
		expect(fieldsOf(',,')).toEqual(['', '', ''])
		expect(fieldsOf('"",')).toEqual(['', ''])
		expect(fieldsOf('')).toEqual([''])
	})
})

describe('files', () => {
	it('each file has its own skipped lines and header', () => {
		const read = readText(['#\nh\n1\n', '#\nh\n2\n'], source({ skipLines: 1, layout: { ...layout, header: true } }), 1)
		expect(read.records.map(({ fields }) => fields)).toEqual([['1'], ['2']])
	})
	it('rejects a record with another number of fields, with its raw text', () => {
		const read = readText(['1,2\n1,2,3\n\n'], source(), 2)
		expect(read.records).toHaveLength(1)
		expect(read.rejected).toEqual(['1,2,3', ''])
	})
	it('leaves fields out that are too many, where only missing ones count', () => {
		const read = readText(['1,2\n1,2,3\n1\n'], source({ fieldCount: 'reject-short' }), 2)
		expect(read.records).toEqual([
			{ raw: '1,2', fields: ['1', '2'] },
			{ raw: '1,2,3', fields: ['1', '2'] },
		])
		expect(read.rejected).toEqual(['1'])
	})
	it('or makes it fit: missing fields are null, the last takes the rest', () => {
		const read = readText(['1\n1,2,3,4\n1,2,"3"\n'], source({ fieldCount: 'fit' }), 3)
		expect(read.records.map(({ fields }) => fields)).toEqual([
			['1', null, null],
			['1', '2', '3,4'],
			['1', '2', '3'],
		])
	})
})

describe('reading what was written', () => {
	const target: TextFileTarget = {
		kind: 'text-file',
		path: sourced(literal('/out.txt')),
		layout: { ...layout, header: true },
		quoted: [true, true, true],
		quotedHeader: true,
		doubleQuotes: true,
		mode: 'overwrite',
	}
	it('gives the same fields, whatever is in them but a record delimiter', () => {
		const field = fc.string({ unit: fc.constantFrom('a', '"', ',', ' ', '\r', 'é', '😀') })
		fc.assert(
			fc.property(fc.array(fc.tuple(field, field, field)), (records) => {
				const schema = { columns: [column('A'), column('B'), column('C')], open: false }
				const lines = writeLines(
					records.map(([A, B, C]) => ({ A, B, C })),
					target,
					schema,
				)
				const read = readText([writeText(lines, target)], source({ layout: target.layout }), 3)
				expect(read.records.map(({ fields }) => fields)).toEqual(records)
				expect(read.rejected).toEqual([])
			}),
		)
	})
	it('a null is written as nothing, an empty text as two quotes', () => {
		const schema = { columns: [column('A'), column('B')], open: false }
		expect(writeLines([{ A: null, B: '' }], { ...target, quoted: [true, true] }, schema)).toEqual(['"A","B"', ',""'])
	})
})
