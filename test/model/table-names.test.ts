import { describe, expect, it } from 'vitest'
import { columnKey, isColumnName, isTableName, nameKey, nameParts } from '#model/table-names.ts'

describe('names of tables', () => {
	it('are the same in any quotes and letter case', () => {
		const spellings = ['dbo.Order Lines', '[dbo].[Order Lines]', '"DBO"."order lines"', '`dbo`.`Order Lines`']
		expect(new Set(spellings.map(nameKey)).size).toBe(1)
		expect(nameKey('dbo.Orders')).not.toBe(nameKey('Orders'))
		expect(columnKey('[dbo].[Orders]', 'No.')).toBe(nameKey('dbo.orders.[no.]'))
	})

	it('keep dots and quotes that are part of them', () => {
		expect(nameParts('[a.b].[c]]d]."e""f"')).toEqual(['a.b', 'c]d', 'e"f'])
	})

	it.each(['orders', 'sales.orders', 'srv.db.dbo.[Order Lines]', '"a.b"', 'übung.größe', 'T$1'])(
		'%s is one',
		(text) => {
			expect(isTableName(text)).toBe(true)
		},
	)

	it.each(['', '.', 'a.', 'a b', '(select 1) x', 'a; drop table b', '[a', 'a--b', '"a\nb"', "a'b"])(
		'%j is none',
		(text) => {
			expect(isTableName(text)).toBe(false)
		},
	)

	it('tell columns by themselves', () => {
		expect(['Cust No', 'größe', 'a.b'].map(isColumnName)).toEqual([true, true, true])
		expect(['', ' a', '[a]', 'a"b', 'a\tb'].map(isColumnName)).toEqual([false, false, false, false, false])
	})
})
