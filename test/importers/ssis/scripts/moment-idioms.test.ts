/** Dates by several formats, moments of Unix, texts in rooms and in base 64. Worked out by hand from the documents of .NET. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { both } from './script-cases.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = [
	{ id: 1n, name: '20240229' },
	{ id: 86_400n, name: '1/3/2024' },
	{ id: -1n, name: 'YWI=' },
]

it('scripts read moments and bytes', async () => {
	const given = await both(engine, {
		rows,
		members: 'static readonly string[] formats = { "yyyyMMdd", "d/M/yyyy" };',
		code: {
			tried:
				'DateTime d; if (DateTime.TryParseExact(Row.name, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out d)) $ = d.ToString("yyyy-MM-dd"); else $ = "no";',
			read: 'string[] f = { "yyyyMMdd", "dd/MM/yyyy" }; try { $ = DateTime.ParseExact(Row.name, f, CultureInfo.InvariantCulture, DateTimeStyles.None).ToString("yyMMdd"); } catch (FormatException) { $ = "no"; }',
			unix: '$ = DateTimeOffset.FromUnixTimeSeconds(Row.id).DateTime.ToString("s") + new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(Row.id).ToString("dd") + DateTimeOffset.FromUnixTimeMilliseconds(Row.id).UtcDateTime.ToString("ss.fff") + new DateTime(2020, 1, 2, 3, 4, 5, 60).ToString("HH:mm:ss.fff");',
			bytes:
				'string t; try { t = Encoding.UTF8.GetString(Convert.FromBase64String(Row.name.Replace("/", "-"))); } catch (FormatException) { t = "no"; } $ = (Row.id < 0 ? t : "") + Encoding.ASCII.GetString(new byte[] { 65, 200 }) + Encoding.GetEncoding(1252).GetString(new byte[] { 128, 66 }) + Encoding.GetEncoding("iso-8859-1").GetBytes("é€").Length;',
		},
	})
	expect(given).toEqual({
		tried: ['2024-02-29', '2024-03-01', 'no'],
		read: ['240229', 'no', 'no'],
		unix: [
			'1970-01-01T00:00:010100.00103:04:05.060',
			'1970-01-02T00:00:000226.40003:04:05.060',
			'1969-12-31T23:59:593159.99903:04:05.060',
		],
		bytes: ['A?€B2', 'A?€B2', 'abA?€B2'],
	})
})
