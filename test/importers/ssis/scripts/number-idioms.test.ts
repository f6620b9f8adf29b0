/** What scripts do with numbers: steps inside expressions, rounding, bits. Worked out by hand from the documents of .NET. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { both } from './script-cases.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = [
	{ id: 1n, name: 'Éa-Ñ' },
	{ id: -5n, name: 'fF' },
]

describe('numbers in scripts', () => {
	it('of C#', async () => {
		const given = await both(engine, {
			rows,
			members: 'int n = 0; int m = 0; int Next(int by) { return n + by; }',
			code: {
				behind: 'n++; int k = 0; int[] a = new int[3]; a[k++] = 7; a[k] = k++; $ = a[0] + "," + a[1] + "," + k;',
				before: 'int z = ++m; $ = (++m).ToString() + z; if (m++ > 2) $ += "!"; $ += m;',
				// The method sees the field after the step, and is given its value before.
				seen: 'int q = Next(n++); $ = q.ToString();',
				chain: 'string a, b; a = b = "x"; $ = a + b;',
				round:
					'$ = Math.Round(2.345m, 2, MidpointRounding.AwayFromZero) + "|" + Math.Round(2.5) + "|" + Math.Round(2.5, MidpointRounding.AwayFromZero) + "|" + Math.Round(-1.005, 2) + "|" + Math.Round(2.675m, 2) + "|" + Math.Round(3.5m);',
				whole:
					'$ = Math.Floor(-2.5m) + "|" + Math.Ceiling(2.1m) + "|" + Math.Truncate(-2.9m) + "|" + Math.Truncate(2.9) + "|" + Math.Pow(2, 10) + "|" + Math.Sign(Row.id) + "|" + Math.Pow(0, -1);',
				// & before ^ before |, shifts before all of them; -2 >> 2 is -1, and 16 ^ -1 is -17.
				bits: '$ = ((Row.id & 0xFF) | (1 << 4) ^ ~Row.id >> 2) + "," + (Row.id << 30) + "," + (1L << 40) + "," + (-1 >> Row.id);',
				base: 'string s; try { s = Convert.ToInt32(Row.name, 16).ToString(); } catch (FormatException) { s = "no"; } $ = s + "," + Convert.ToInt32("FFFFFFFE", 16) + "," + Convert.ToInt64("777", 8) + "," + Convert.ToString(Row.id, 2) + "," + Convert.ToString(Row.id, 16);',
				marks:
					'string s = ""; foreach (char c in Row.name.Normalize(NormalizationForm.FormD)) { if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) s += c; } $ = s.Normalize(NormalizationForm.FormC);',
			},
		})
		expect(given).toEqual({
			behind: ['7,1,2', '7,1,2'],
			before: ['213', '54!6'],
			seen: ['3', '7'],
			chain: ['xx', 'xx'],
			round: ['2.35|2|3|-1|2.68|4', '2.35|2|3|-1|2.68|4'],
			whole: ['-3|3|-2|2|1024|1|Infinity', '-3|3|-2|2|1024|-1|Infinity'],
			bits: ['-17,1073741824,1099511627776,-1', '251,-1073741824,1099511627776,-1'],
			base: ['no,-2,511,1,1', '255,-2,511,11111111111111111111111111111011,fffffffb'],
			marks: ['Ea-N', 'fF'],
		})
	})
})
