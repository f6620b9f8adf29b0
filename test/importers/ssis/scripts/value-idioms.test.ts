/** Values in locals of type object, questions to types, queues and stacks. Worked out by hand. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { both, reasonOf } from './script-cases.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = [
	{ id: 1n, name: 'one' },
	{ id: 2n, name: 'two' },
]

const members = 'Queue<int> last = new Queue<int>(); int seen = 0;'

it('scripts put values into objects, queues and stacks', async () => {
	const given = await both(engine, {
		rows,
		members,
		code: {
			objects: 'object o = Row.id; $ = o.ToString() + ((int)o + 1) + Convert.ToInt32(o) + (o is string) + (o is int);',
			tests:
				'object o = Row.name; string s = o as string; if (o is string t && t.Length > 2) $ = t + s; else $ = "no";',
			stacks:
				'Stack<string> s = new Stack<string>(); s.Push("a"); s.Push(Row.name); string all = s.Peek() + s.Count; foreach (string one in s) all += one; $ = all + s.Pop() + s.Pop() + s.Count;',
			queues: 'last.Enqueue(Row.id); last.Enqueue(7); $ = last.Dequeue() + "," + last.Peek() + "," + last.Count;',
			listed:
				'$ = string.Join(",", new Stack<int>(new List<int> { 1, 2, 3 })) + string.Join(",", new Queue<int>(new List<int> { 1, 2 }));',
			locked: 'lock (this) { seen += 2; } $ = seen.ToString();',
			empty: 'Stack<int> s = new Stack<int>(); try { $ = s.Pop().ToString(); } catch (Exception) { $ = "empty"; }',
		},
	})
	expect(given).toEqual({
		objects: ['121FalseTrue', '232FalseTrue'],
		tests: ['oneone', 'twotwo'],
		stacks: ['one2oneaonea0', 'two2twoatwoa0'],
		queues: ['1,7,1', '7,2,2'],
		listed: ['3,2,11,2', '3,2,11,2'],
		locked: ['2', '4'],
		empty: ['empty', 'empty'],
	})
})

it('what an object holds is not taken for another type', () => {
	expect(reasonOf('object o = Row.id; $ = ((long)o).ToString();')).toContain('fails at run time')
	expect(reasonOf('object o = Row.id; o = "x"; $ = o.ToString();')).toContain('values of several types')
})
