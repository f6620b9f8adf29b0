import { describe, expect, it } from 'vitest'
import { selectedNames } from '#importers/selected-names.ts'

describe('names of the columns that a SELECT gives', () => {
	it.each([
		['select A, b.C, "d e".f from t', ['A', 'C', 'f']],
		['SELECT DISTINCT x AS one, y+1 two, "Q r" FROM t', ['one', 'two', 'Q r']],
		["select a||', from b' as text, coalesce(p, (select q from r)) as q from t", ['text', 'q']],
		['with w as (select x from t) select y /* , z */, -- w\n v from w', ['y', 'v']],
		['select top (5) [first name], case when a = 1 then 2 end kind from t', ['first name', 'kind']],
		['select a, b from t union all select * from u', ['a', 'b']],
		['select 1 as one', ['one']],
	])('%s', (sql, names) => expect(selectedNames(sql)).toEqual(names))

	it.each([
		['select * from t'],
		['select t.*, a from t'],
		['select count(*) from t'],
		['select a + b from t'],
		['select case when a = 1 then 2 end from t'],
		['select a, b as a from t'],
		['exec procedure'],
		['#query#'],
	])('%s does not tell', (sql) => expect(selectedNames(sql)).toBeUndefined())
})
