/** ArrayList and Hashtable, as scripts from before generic types have them. Worked out by hand from Microsoft's pages. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { both, reasonOf } from './script-cases.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = [
	{ id: 1n, name: 'a' },
	{ id: 2n, name: 'b' },
]

it('collections of objects hold values of one type in C#', async () => {
	const given = await both(engine, {
		rows,
		members: 'Hashtable counts = new Hashtable(); ArrayList names = new ArrayList();',
		code: {
			counts:
				'if (counts.ContainsKey(Row.name)) counts[Row.name] = (int)counts[Row.name] + 1; else counts.Add(Row.name, Row.id); $ = ((int)counts[Row.name]).ToString() + counts.Count + (counts["q"] == null);',
			names:
				'names.Add(Row.name); $ = (string)names[0] + names[names.Count - 1].ToString() + names.Contains("b"); foreach (string one in names) $ = one;',
		},
	})
	expect(given).toEqual({ counts: ['11True', '22True'], names: ['a', 'b'] })
})

it('and in Visual Basic, where nothing counts as zero', async () => {
	const given = await both(engine, {
		language: 'vb',
		rows,
		members: 'Private counts As New Hashtable',
		code: {
			counts:
				'counts(Row.name) = CInt(counts(Row.name)) + Row.id\n$ = CStr(counts(Row.name)) & counts.Contains("b").ToString()',
			names: 'Dim l As New ArrayList\nl.Add(5)\nl.Add(CInt(l(0)) + 1)\n$ = l(1).ToString() & l.Count',
		},
	})
	expect(given).toEqual({ counts: ['1False', '2True'], names: ['62', '62'] })
})

it('but not values of several types, nor the order of a Hashtable', () => {
	expect(reasonOf('ArrayList l = new ArrayList(); l.Add(1); l.Add("x"); $ = l[0].ToString();')).toContain('object')
	expect(
		reasonOf('Hashtable h = new Hashtable(); h["a"] = "b"; foreach (DictionaryEntry e in h) $ = e.Key.ToString();'),
	).toContain('Hashtable')
	expect(reasonOf('ArrayList l = new ArrayList(); l.Add(1); $ = ((long)l[0]).ToString();')).toContain('object')
})
