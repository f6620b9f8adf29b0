/** What scripts ask of texts: letter case, places, builders, words in title case. Worked out by hand from the documents of .NET. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { both, reasonOf } from './script-cases.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = [
	{ id: 1n, name: 'Straße;b|A' },
	{ id: 2n, name: 'ABC' },
]

describe('texts in scripts', () => {
	it('of C#', async () => {
		const given = await both(engine, {
			rows,
			code: {
				// A capital of its own is what ß lacks, so it equals no other letters (StringComparison.OrdinalIgnoreCase).
				equals: `$ = (Row.name.Equals("abc", StringComparison.OrdinalIgnoreCase) ? "1" : "0") + (Row.name.Equals("abc", StringComparison.Ordinal) ? "1" : "0") + string.Equals(Row.name, "STRASSE;B|A", StringComparison.InvariantCultureIgnoreCase);`,
				compare: `$ = (string.Compare(Row.name, "aBc", true) == 0) + "," + (0 != String.Compare(Row.name, "ABC", StringComparison.Ordinal)) + "," + (Row.name.CompareTo("ABC") == 0) + "," + (Row.id.CompareTo(1) > 0) + "," + (DateTime.Compare(new DateTime(2020, 1, Row.id), new DateTime(2020, 1, 2)) < 0);`,
				parts: `$ = "" + Row.name.StartsWith("STR", StringComparison.CurrentCultureIgnoreCase) + Row.name.EndsWith("b|A", StringComparison.Ordinal) + Row.name.StartsWith("ab", true, CultureInfo.InvariantCulture) + Row.name.IndexOf("A", StringComparison.OrdinalIgnoreCase);`,
				places: `$ = Row.name.IndexOf('b', 1) + "," + Row.name.IndexOf("B", 1, 2) + "," + Row.name.LastIndexOf("a", 2) + "," + Row.name.IndexOfAny(new[] { '|', ';' }) + "," + Row.name.LastIndexOfAny(new char[] { '|', ';' });`,
				outside: `try { $ = Row.name.IndexOf('b', 5).ToString(); } catch (Exception) { $ = "no"; }`,
				builder: `var sb = new StringBuilder("a"); sb.Append(Row.id).Append('-', 2).AppendLine(); sb.Insert(0, "<").Replace("a", "bb").Remove(1, 1); sb.Length--; $ = sb.ToString() + sb.Length + sb[0] + sb.ToString(0, 2); sb.Clear(); sb.Length = 0;`,
				chain: `$ = new StringBuilder(16).Append(Row.id).AppendFormat("[{0}]", 2).ToString();`,
				// TextInfo.ToTitleCase: digits and apostrophes belong to a word, words in capitals stay.
				title: `TextInfo info = new CultureInfo("en-US", false).TextInfo; $ = info.ToTitleCase("war and-peace o'BRIEN's NASA 3rd x2y McDONALD") + CultureInfo.CurrentCulture.TextInfo.ToTitleCase(Row.name.ToLower());`,
				culture: `CultureInfo us = CultureInfo.GetCultureInfo("en-US"); IFormatProvider any = CultureInfo.InvariantCulture; $ = double.Parse("1,234.5", us).ToString("N2", us) + decimal.Parse("2.50", any).ToString(any) + DateTime.ParseExact("20240229", "yyyyMMdd", us).ToString("MMM", us) + Row.id.ToString(us);`,
			},
		})
		expect(given).toEqual({
			equals: ['00False', '10False'],
			compare: ['False,True,False,False,True', 'True,False,True,True,False'],
			parts: ['TrueTrueFalse3', 'FalseFalseTrue0'],
			places: ['7,-1,-1,6,8', '-1,1,-1,-1,-1'],
			outside: ['7', 'no'],
			builder: ['<b1--\r6<<b', '<b2--\r6<<b'],
			chain: ['1[2]', '2[2]'],
			title: [
				"War And-Peace O'brien's NASA 3Rd X2y McdonaldStraße;B|A",
				"War And-Peace O'brien's NASA 3Rd X2y McdonaldAbc",
			],
			culture: ['1,234.502.50Feb1', '1,234.502.50Feb2'],
		})
	})

	it('of Visual Basic', async () => {
		const given = await both(engine, {
			language: 'vb',
			rows,
			code: {
				equals: `If Row.name.Equals("abc", StringComparison.OrdinalIgnoreCase) OrElse String.Compare(Row.name, "x", True) = 0 Then $ = "1" Else $ = "0"`,
				builder: `Dim sb As New StringBuilder()\nsb.Append("a").Append(Row.id)\nsb.Insert(0, "<")\nsb.Length = sb.Length - 1\n$ = sb.ToString()`,
				title: `$ = System.Globalization.CultureInfo.CurrentCulture.TextInfo.ToTitleCase(Row.name.ToLower())`,
			},
		})
		expect(given).toEqual({ equals: ['0', '1'], builder: ['<a', '<a'], title: ['Straße;B|A', 'Abc'] })
	})

	it('are refused where a culture orders them, or writes numbers otherwise', () => {
		expect(reasonOf('$ = string.Compare(Row.name, "a") < 0 ? "1" : "0";')).toContain('the order of texts')
		expect(reasonOf('$ = (12.5).ToString("N2", new CultureInfo("de-DE"));')).toContain('the culture "de-DE"')
		expect(reasonOf('$ = DateTime.Now.ToString("d", new CultureInfo("en-US"));')).toContain(
			'a date format of a culture',
		)
	})
})
