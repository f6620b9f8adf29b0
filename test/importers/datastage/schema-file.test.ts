import { describe, expect, it } from 'vitest'
import { readSchema } from '#importers/datastage/schema-file.ts'

const lines = { start: 1, end: 1 }
const read = (text: string) => readSchema(text, lines)

/** The form is that of IBM: Parallel Job Developer's Guide, Schemas. */
describe('a schema file', () => {
	it('holds the format of the record, and columns with their types and formats', () => {
		const schema = read(`record {final_delim=end, delim='|', quote=none}
(
  ID:int32;
  NAME:nullable string[max=20] {null_field='a;b'};
  CODE:not_nullable string[3];
  PAID:nullable decimal[10,2];
  DAY:date {date_format='%dd.%mm.%yyyy'};
  AT:timestamp[microseconds];
)
`)
		if ('problem' in schema) throw new Error(schema.problem)
		expect(schema.format).toBe("final_delim=end, delim='|', quote=none")
		expect(schema.columns.map(({ name, type, nullable, format }) => [name, type, nullable, format])).toEqual([
			['ID', { kind: 'int', bits: 32, signed: true }, false, ''],
			['NAME', expect.objectContaining({ kind: 'string', length: 20, fixed: false }), true, "null_field='a;b'"],
			['CODE', expect.objectContaining({ kind: 'string', length: 3, fixed: true }), false, ''],
			['PAID', { kind: 'decimal', precision: 10, scale: 2 }, true, ''],
			['DAY', { kind: 'date' }, false, "date_format='%dd.%mm.%yyyy'"],
			['AT', expect.objectContaining({ kind: 'timestamp' }), false, ''],
		])
	})

	it('needs no format, as generators do not, and holds generators in braces of their own', () => {
		const schema = read('record ( N:int32 {cycle={init=5, incr=2}}; )')
		expect(schema).toMatchObject({ format: '', columns: [{ name: 'N', format: 'cycle={init=5, incr=2}' }] })
	})

	it.each([
		['create table t (a int)', 'it is not of the form record (…)'],
		['record ()', 'it has no column'],
		['record (a[3]:int32;)', 'its column "a[3]:int32" is not a plain one'],
		['record (a:money;)', 'its column "a:money" is not a plain one'],
		['record (s:subrec (a:int32;);)', 'its column "s:subrec (a:int32" is not a plain one'],
	])('%s is not understood', (text, problem) => {
		expect(read(text)).toEqual({ problem })
	})
})
