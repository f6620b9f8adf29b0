import { describe, expect, it } from 'vitest'
import { relocate } from '#generators/glue/plan/places.ts'
import { resetOf, stateGroups } from '#generators/glue/plan/state-groups.ts'
import { bareStatement, splitMarkers, splitWith } from '#generators/glue/statements.ts'
import type { Expression } from '#model/expressions.ts'
import { boolean, text } from '#model/types.ts'
import { base, call, col, literal, sourced } from '../../support/model-builder.ts'

describe('relocate', () => {
	const paths = { '/data/': 's3://lake/', '/data/landing': 's3://landing', 'C:\\etl\\': 's3://win' }

	it.each([
		['/data/a/b.txt', 's3://lake/a/b.txt'],
		['/data/landing/b.txt', 's3://landing/b.txt'],
		['/data/landing2/b.txt', 's3://lake/landing2/b.txt'],
		['c:\\ETL\\in\\x.csv', 's3://win/in/x.csv'],
		['/data', 's3://lake'],
		['/other/x', undefined],
	])('%s is at %s: the longest prefix of whole folders wins', (path, expected) => {
		expect(relocate(path, paths)).toBe(expected)
	})
})

describe('statements of an export', () => {
	it('lose the semicolon that must not stand in FROM', () => {
		expect(bareStatement('SELECT 1 ; \n')).toBe('SELECT 1')
	})

	it('that begin with WITH are parted before their main SELECT', () => {
		const sql = "WITH a AS (SELECT 1 AS x), b AS (SELECT ')' AS y)\nSELECT * FROM a, b;"
		expect(splitWith(sql)).toEqual({
			prepare: "WITH a AS (SELECT 1 AS x), b AS (SELECT ')' AS y)",
			query: 'SELECT * FROM a, b',
		})
		expect(splitWith('SELECT 1')).toBeUndefined()
	})

	it('have markers outside texts, names and comments only', () => {
		expect(splitMarkers("SELECT '?', [a?] -- ?\nFROM t WHERE x = ? AND y = ?")).toEqual([
			"SELECT '?', [a?] -- ?\nFROM t WHERE x = ",
			' AND y = ',
			'',
		])
	})
})

describe('variables that remember the row before', () => {
	const variable = (name: string, value: Expression) => ({
		name,
		type: text(),
		initial: literal(null),
		value: sourced(value),
		provenance: base(name).provenance,
	})
	const either = (condition: Expression, then: Expression, otherwise: Expression): Expression => ({
		kind: 'if',
		condition,
		then,
		otherwise,
		onNull: 'otherwise',
		type: text(),
	})
	const isNew = call('shared.is-null', boolean, col('K'))

	it('one that only looks back at another is not recursive, and stands after it', () => {
		const groups = stateGroups([variable('before', col('now')), variable('now', col('K'))])
		expect(groups.map(({ variables, isRecursive }) => [variables.map(({ name }) => name), isRecursive])).toEqual([
			[['now'], false],
			[['before'], false],
		])
	})

	it('those that build on each other are one group, which a common condition resets', () => {
		const groups = stateGroups([
			variable('a', either(isNew, col('V'), col('b'))),
			variable('b', either(isNew, literal('x'), col('a'))),
		])
		expect(groups.map(({ variables }) => variables.length)).toEqual([2])
		const [group] = groups
		expect(group && resetOf(group)).toBe(isNew)
	})

	it('a condition that itself depends on the state resets nothing', () => {
		const [group] = stateGroups([variable('a', either(call('shared.is-null', boolean, col('a')), col('V'), col('a')))])
		expect(group && resetOf(group)).toBeUndefined()
	})
})
