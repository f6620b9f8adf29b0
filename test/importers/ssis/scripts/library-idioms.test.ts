/** Small members of the class library and functions of Visual Basic, worked out by hand from Microsoft's pages of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { both, reasonOf } from './script-cases.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = [
	{ id: 1n, name: 'a||b||||c' },
	{ id: 2n, name: 'Zoé & <b>' },
]

describe('scripts use the library', () => {
	it('in C#', async () => {
		const given = await both(engine, {
			rows,
			code: {
				parts: '$ = string.Join("/", Row.name.Split(new string[] { "||" }, StringSplitOptions.None));',
				dropped: '$ = string.Join("/", Row.name.Split(new[] { "||", "&" }, 2, StringSplitOptions.RemoveEmptyEntries));',
				first: "$ = Row.name.Split(new char[] { '|' }, 2)[0];",
				address: '$ = Uri.EscapeDataString(Row.name + "~!") + " " + Uri.UnescapeDataString("a%20%C3%A9");',
				form: '$ = WebUtility.UrlEncode(Row.name + "~!") + " " + HttpUtility.UrlEncode("é|") + " " + WebUtility.UrlDecode("a+b%2B");',
				html: '$ = WebUtility.HtmlEncode(Row.name + "\'") + " " + WebUtility.HtmlDecode("&lt;&eacute;&#8364;&#x41;&nope;&amp;lt;");',
				xml: '$ = System.Security.SecurityElement.Escape(Row.name + "\'\\"");',
				limits:
					'$ = int.MaxValue + "," + short.MinValue + "," + long.MaxValue + "," + decimal.MaxValue + "," + double.IsNaN(double.NaN);',
				weeks:
					'Calendar c = CultureInfo.InvariantCulture.Calendar; DateTime d = new DateTime(2020 + Row.id, 1, 1); $ = c.GetWeekOfYear(d, CalendarWeekRule.FirstFourDayWeek, DayOfWeek.Monday) + "," + c.GetWeekOfYear(d, CalendarWeekRule.FirstDay, DayOfWeek.Sunday) + "," + c.GetWeekOfYear(d, CalendarWeekRule.FirstFullWeek, DayOfWeek.Monday);',
				pattern: '$ = Regex.Escape("a.b\\t{c}");',
				place: 'Match m = Regex.Match(Row.name, "[bc]"); $ = m.Index + "," + m.Length;',
			},
		})
		expect(given).toEqual({
			parts: ['a/b//c', 'Zoé & <b>'],
			dropped: ['a/b||||c', 'Zoé / <b>'],
			first: ['a', 'Zoé & <b>'],
			address: ['a%7C%7Cb%7C%7C%7C%7Cc~%21 a é', 'Zo%C3%A9%20%26%20%3Cb%3E~%21 a é'],
			form: ['a%7C%7Cb%7C%7C%7C%7Cc%7E! %c3%a9%7c a b+', 'Zo%C3%A9+%26+%3Cb%3E%7E! %c3%a9%7c a b+'],
			html: ['a||b||||c&#39; <é€A&nope;&lt;', 'Zo&#233; &amp; &lt;b&gt;&#39; <é€A&nope;&lt;'],
			xml: ['a||b||||c&apos;&quot;', 'Zoé &amp; &lt;b&gt;&apos;&quot;'],
			limits: Array(2).fill('2147483647,-32768,9223372036854775807,79228162514264337593543950335,True'),
			// 1 January 2021 was a Friday, that of 2022 a Saturday.
			weeks: ['53,1,52', '52,1,52'],
			pattern: Array(2).fill('a\\.b\\t\\{c}'),
			place: ['3,1', '7,1'],
		})
	})

	it('in Visual Basic', async () => {
		const given = await both(engine, {
			language: 'vb',
			rows,
			code: {
				names:
					'$ = MonthName(2) & "," & MonthName(3, True) & "," & WeekdayName(1) & "," & WeekdayName(1, True, FirstDayOfWeek.Monday)',
				// 2 January 2020 was a Thursday.
				days: '$ = Weekday(#1/2/2020#) & "," & Weekday(#1/2/2020#, FirstDayOfWeek.Monday) & "," & DatePart("w", #1/2/2020#, vbMonday)',
				weeks:
					'$ = DatePart(DateInterval.WeekOfYear, #1/1/2021#, FirstDayOfWeek.Monday, FirstWeekOfYear.FirstFourDays) & "," & DatePart("ww", #1/1/2021#)',
				compared: '$ = StrComp(Row.name, "b") & "," & StrComp("B", "a", CompareMethod.Binary)',
				found: '$ = InStr(1, Row.name, "ZOÉ", CompareMethod.Text) & "," & InStr(Row.name, "B", CompareMethod.Text)',
				parts: '$ = Split(Row.name, "|", 2)(0) & "," & Split(Row.name, "|", -1).Length',
				texts: '$ = FormatNumber(1234.5, 1) & "," & FormatDateTime(#1/2/2020#, DateFormat.LongDate)',
				nothing: '$ = IsDBNull(Row.name).ToString()',
			},
		})
		expect(given).toEqual({
			names: Array(2).fill('February,Mar,Sunday,Mon'),
			days: Array(2).fill('5,4,4'),
			weeks: Array(2).fill('53,1'),
			compared: ['-1,-1', '-1,-1'],
			found: ['0,4', '1,8'],
			parts: ['a,7', 'Zoé & <b>,1'],
			texts: Array(2).fill('1,234.5,Thursday, 02 January 2020'),
			nothing: ['False', 'False'],
		})
	})

	it('but not where a culture decides', () => {
		expect(reasonOf('$ = StrComp(Row.name, "b", CompareMethod.Text).ToString()', '', 'vb')).toContain(
			'follows the culture',
		)
	})
})
