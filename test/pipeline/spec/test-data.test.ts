import { expect, it } from 'vitest'
import { isFloat, isText, positions, readTestRows } from '#pipeline/spec/test-data.ts'

it('reads names and types of the header, and tells null from the empty text', () => {
	const { columns, rows } = readTestRows(
		'"ID|int32?","NAME|ustring?(20)","A|B|string[max=3]","RATE|dfloat"\n1,"",x,101.0\n2,,"y, z",2.5\n',
	)
	expect(columns).toEqual([
		{ name: 'ID', type: 'int32' },
		{ name: 'NAME', type: 'ustring' },
		{ name: 'A|B', type: 'string' },
		{ name: 'RATE', type: 'dfloat' },
	])
	expect(rows).toEqual([
		['1', '', 'x', '101.0'],
		['2', null, 'y, z', '2.5'],
	])
	expect([columns.map(isText), columns.map(isFloat)]).toEqual([
		[false, true, true, false],
		[false, false, false, true],
	])
})

it('reads a header of names alone, and one without rows', () => {
	expect(readTestRows('ID,NAME')).toEqual({ columns: [{ name: 'ID' }, { name: 'NAME' }], rows: [] })
})

it('finds columns by name, letter case aside where nothing else fits', () => {
	expect(positions([{ name: 'a' }, { name: 'A' }, { name: 'B' }], ['A', 'b', 'c'])).toEqual([1, 2, -1])
})

it('refuses records of another width', () => {
	expect(() => readTestRows('A,B\n1\n')).toThrow(/expect 2, got 1 on line 2/)
})
