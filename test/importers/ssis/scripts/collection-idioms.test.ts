/** Tables, arrays in place, questions by place, keys without letter case, functions inside methods. Worked out by hand. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { both, reasonOf } from './script-cases.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = [
	{ id: 1n, name: 'kitten' },
	{ id: 3n, name: 'straße' },
]

/** The distance of two texts as everybody writes it. */
const distance = `static int Distance(string a, string b) { int n = a.Length; int m = b.Length; int[,] d = new int[n + 1, m + 1]; if (n == 0) return m; for (int i = 0; i <= n; d[i, 0] = i++) { } for (int j = 0; j <= m; d[0, j] = j++) { } for (int i = 1; i <= n; i++) { for (int j = 1; j <= m; j++) { int cost = (b[j - 1] == a[i - 1]) ? 0 : 1; d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost); } } return d[n, m]; }`

const members = `List<int> seen = new(); ${distance}
Dictionary<string, string> map = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { { "KITTEN", "x" }, { "b", "y" } };
HashSet<string> names = new HashSet<string>(StringComparer.InvariantCultureIgnoreCase);`

it('scripts use collections', async () => {
	const given = await both(engine, {
		rows,
		members,
		code: {
			// Kitten becomes sitting by two other letters and one more; straße keeps s and t alone.
			distance: '$ = Distance(Row.name, "sitting") + "," + Distance("", "ab");',
			reverse: 'char[] c = Row.name.ToCharArray(); Array.Reverse(c); $ = new string(c);',
			arrays:
				'int[] a = { 3, 1, 2 }; Array.Sort(a); $ = a[0] + "," + Array.IndexOf(a, 3) + "," + Array.Exists(a, x => x > 2) + "," + Array.Find(a, x => x > 5) + "," + Array.FindIndex(a, x => x == 2);',
			lists:
				'List<string> l = new List<string> { "a", "bb", "cc" }; $ = l.FindIndex(x => x == "bb") + "," + l.Find(x => x.Length > 1) + "," + l.Exists(x => x == "q") + "," + l.FindAll(x => x.Length == 2).Count; int gone = l.RemoveAll(x => x.Length == 2); l.Add("z"); l.Reverse(); $ += "," + gone + l[0] + l.Count;',
			made: 'seen.Add(Row.id); List<int> more = new() { 4, 5 }; StringBuilder sb = new("q"); sb.Append(more[1]); $ = nameof(Row.name) + seen.Count + sb.ToString();',
			functions:
				'string Up(string s) { return s.ToUpper(); } int Twice(int x) => x * 2; Func<string, string> end = s => s.Trim() + "!"; Func<int, int, int> add = (x, y) => x + y; $ = Up("a") + Twice(Row.id) + end("b ") + add(Row.id, 2);',
			keys: 'string v; if (!map.TryGetValue(Row.name, out v)) v = "?"; $ = v + map.ContainsKey("B") + names.Add(Row.name) + names.Contains("KITTEN") + names.Contains("STRAßE");',
		},
	})
	expect(given).toEqual({
		distance: ['3,2', '5,2'],
		reverse: ['nettik', 'eßarts'],
		arrays: ['1,2,True,0,1', '1,2,True,0,1'],
		lists: ['1,bb,False,2,2z2', '1,bb,False,2,2z2'],
		made: ['name1q5', 'name2q5'],
		functions: ['A2b!3', 'A6b!5'],
		keys: ['xTrueTrueTrueFalse', '?TrueTrueTrueTrue'],
	})
})

it('scripts whose functions use what stands around them, and that read back keys without letter case, stay opaque', () => {
	expect(reasonOf('int by = 2; Func<int, int> h = x => x + by; $ = h(1).ToString();')).toContain('the type Func')
	expect(reasonOf('foreach (string key in map.Keys) $ = key;', members)).toContain('key without letter case')
})
