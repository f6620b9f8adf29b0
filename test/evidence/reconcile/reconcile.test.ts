import { describe, expect, it } from 'vitest'
import { comparableText } from '#evidence/reconcile/cells.ts'
import { detectDelimiter, parseDelimited, parseJsonLines } from '#evidence/reconcile/data-set.ts'
import { reconcileMarkdown } from '#evidence/reconcile/print.ts'
import { reconcile } from '#evidence/reconcile/reconcile.ts'

const csv = (text: string) => parseDelimited([text], {})

describe('reconcile', () => {
	it('compares as bags, columns by name, numbers by value', () => {
		const report = reconcile(csv('a,b\n1.50,x\n2,y\n2,y\n'), csv('B,A\ny,2.0\nx,1.5\ny,02\n'))
		expect(report).toMatchObject({ equal: true, missing: 0, extra: 0, rows: { expected: 3, actual: 3 } })
	})
	it('counts copies of a row', () => {
		expect(reconcile(csv('a\n1\n1\n'), csv('a\n1\n'))).toMatchObject({ equal: false, missing: 1, extra: 0 })
	})
	it('shows a changed row as its columns', () => {
		const report = reconcile(csv('id,name,city\n1,Ann,Rome\n'), csv('id,name,city\n1,Ann,Oslo\n'))
		expect(report.samples).toEqual([
			{
				kind: 'changed',
				row: { id: '1', name: 'Ann', city: 'Rome' },
				columns: [{ name: 'city', expected: 'Rome', actual: 'Oslo' }],
			},
		])
		expect(report.columns).toEqual([{ name: 'city', differences: 1 }])
	})
	it('does not show a number that is only spelled in another way', () => {
		const report = reconcile(csv('id,name,least,most\n1,a,2.0,4.5\n'), csv('id,name,least,most\n1,a,2,4\n'))
		expect(report.samples).toMatchObject([{ columns: [{ name: 'most', expected: '4.5', actual: '4' }] }])
	})
	it('pairs rows by key, and tells missing from changed', () => {
		const report = reconcile(csv('id,v\n1,a\n2,b\n3,c\n'), csv('id,v\n3,c\n1,z\n4,d\n'), { keys: ['ID'] })
		expect(report).toMatchObject({ missing: 1, extra: 1, changed: 1 })
	})
	it('ignores columns by name or position, and says which ones only one side has', () => {
		const [left, right] = [csv('a,b,c\n1,2,3\n'), csv('a,b,d\n1,9,4\n')]
		expect(reconcile(left, right)).toMatchObject({ equal: false, missing_columns: ['c'], extra_columns: ['d'] })
		expect(reconcile(left, right, { ignore: ['2', 'c', 'd'] }).equal).toBe(true)
	})
	it('has a tolerance for numbers only when asked', () => {
		const [left, right] = [csv('a,b\nx,1.00\n'), csv('a,b\nx,1.01\n')]
		expect(reconcile(left, right).equal).toBe(false)
		expect(reconcile(left, right, { tolerance: 0.02 }).equal).toBe(true)
		expect(reconcile(left, right, { tolerance: 0.02, keys: ['a'] }).equal).toBe(true)
	})
	it('tells null from empty where both sides can, and only there', () => {
		const json = parseJsonLines(['{"a":null}\n'])
		expect(reconcile(json, parseJsonLines(['{"a":""}\n'])).equal).toBe(false)
		expect(reconcile(json, csv('a\n""\n')).equal).toBe(true)
	})
	it('reads part files, each with its header, and finds the delimiter', () => {
		expect(parseDelimited(['a;b\n1;2\n', 'a;b\n3;4\n'], {}).rows).toEqual([
			['1', '2'],
			['3', '4'],
		])
		expect(detectDelimiter('a|b|c\n')).toBe('|')
	})
	it('prints cells as data', () => {
		const report = reconcile(csv('a\n<b>|x\n'), csv('a\nother\n'))
		expect(reconcileMarkdown(report)).not.toMatch(/<b>|\|x/)
	})
})

describe('cells', () => {
	it.each([
		[' 02450.00', '2450'],
		['-0.0', '0'],
		['1.5e3', '1500'],
		['15e-1', '1.5'],
		['12345678901234567890.10', '12345678901234567890.1'],
		['.', '.'],
		['', ''],
		['1-2', '1-2'],
		['2024-01-02T03:04:05.500', '2024-01-02 03:04:05.5'],
		['2024-01-02 03:04:00', '2024-01-02 03:04:00'],
	])('%s compares as %s', (text, expected) => {
		expect(comparableText(text, false, {})).toBe(expected)
	})
})
