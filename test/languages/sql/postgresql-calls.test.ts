import { describe, expect, it } from 'vitest'
import { callForPostgresql, nameForPostgresql } from '#languages/sql/postgresql-calls.ts'
import type { DataType } from '#model/types.ts'

const moment: DataType = { kind: 'timestamp', digits: 3, zone: false }
const number: DataType = { kind: 'int', bits: 32, signed: true }

describe('calls of SQL Server procedures for PostgreSQL', () => {
	it.each([
		['EXEC dbo.Refresh;', [], 'SELECT * FROM dbo.Refresh()'],
		['execute Sales.Since ?, ?', [moment, number], 'SELECT * FROM Sales.Since(CAST(? AS timestamp), CAST(? AS int))'],
		[
			`EXEC [Sales].[Daily Rows] @from = ?, @kind = N'it''s', @top = -5`,
			[moment],
			`SELECT * FROM Sales."Daily Rows"(from => CAST(? AS timestamp), kind => 'it''s', top => -5)`,
		],
		[
			'EXEC Sales.Since ?\nWITH RESULT SETS\n(\n ([Order Id] int, Amount decimal(18, 2),\n [a]]b] nvarchar(5))\n);',
			[moment],
			'SELECT * FROM Sales.Since(CAST(? AS timestamp)) AS rows("Order Id", "Amount", "a]b")',
		],
		['EXEC Sales.All_Rows WITH RESULT SETS ((Id int))', [], 'SELECT * FROM Sales.All_Rows() AS rows("Id")'],
		[
			'DECLARE @y int = YEAR(SYSUTCDATETIME());\n\nEXEC dbo.Fill @y;',
			[],
			`SELECT * FROM dbo.Fill(CAST(extract(year FROM (now() AT TIME ZONE 'utc')) AS int))`,
		],
	])('%s', (sql, types, expected) => {
		expect(callForPostgresql(sql, types)).toBe(expected)
	})

	it.each([
		'DELETE FROM Sales.Staging;',
		'EXEC dbo.Next ? OUTPUT',
		'EXEC dbo.Fill @unknown',
		'DECLARE @x int = (SELECT max(id) FROM t); EXEC dbo.Fill @x',
		'EXEC dbo.One; EXEC dbo.Two',
	])('no rule covers %s', (sql) => {
		expect(callForPostgresql(sql, [number])).toBeUndefined()
	})

	it('names keep their quotes where they need them', () => {
		expect(nameForPostgresql('[dbo].[Order Lines]')).toBe('dbo."Order Lines"')
		expect(nameForPostgresql('[dbo].[Orders]')).toBe('dbo.Orders')
	})
})
