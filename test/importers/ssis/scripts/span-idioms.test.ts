/** Lengths of time, and moments as counts. Worked out by hand from Microsoft's pages of TimeSpan and DateTime. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { both, reasonOf } from './script-cases.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = [
	{ id: 90n, name: '1.02:03:04' },
	{ id: -90n, name: '-3' },
]

it('scripts take lengths of time apart, add them and write them', async () => {
	const given = await both(engine, {
		rows,
		code: {
			parts:
				'TimeSpan t = TimeSpan.FromMinutes(Row.id); $ = t.Hours + "," + t.Minutes + "," + t.Seconds + "," + t.Milliseconds;',
			text: '$ = TimeSpan.FromSeconds(Row.id).ToString() + " " + TimeSpan.FromDays(1.25).ToString() + " " + new TimeSpan(0, 0, 0, 1, 5);',
			format:
				'TimeSpan t = new TimeSpan(2, 3, 4, 5); $ = t.ToString(@"hh\\:mm\\:ss") + " " + t.ToString("c") + " " + t.ToString("d\'d \'h\'h \'fff") + string.Format(" {0:hh\\\\:mm}", t);',
			sums: 'DateTime d = new DateTime(2020, 1, 31) + TimeSpan.FromHours(25); $ = (d - new TimeSpan(1, 0, 0)).ToString("s") + " " + d.Subtract(new DateTime(2020, 1, 31)).TotalMilliseconds;',
			read: 'TimeSpan t = TimeSpan.Parse(Row.name); $ = t.ToString() + " " + t.Negate().Ticks + " " + t.Duration();',
			wrong: 'try { $ = TimeSpan.Parse("24:00").ToString(); } catch (FormatException ex) { $ = ex.Message; }',
			ticks:
				'DateTime d = new DateTime(1970, 1, 1); $ = d.Ticks + " " + new DateTime(d.Ticks + 10000000).ToString("s") + " " + d.AddMilliseconds(7).Millisecond;',
			days: '$ = DateTime.FromOADate(1.5).ToString("s") + " " + DateTime.FromOADate(-1.25).ToString("s") + " " + DateTime.FromOADate(-1.25).ToOADate() + " " + new DateTime(2020, 1, 1).ToOADate();',
			leap: '$ = DateTime.IsLeapYear(2000) + "," + DateTime.IsLeapYear(1900) + "," + new DateTime(2020, 1, 2, 13, 4, 5).ToLongTimeString() + "," + new DateTime(2020, 1, 2).ToLongDateString();',
		},
	})
	expect(given).toEqual({
		parts: ['1,30,0,0', '-1,-30,0,0'],
		text: ['00:01:30 1.06:00:00 00:00:01.0050000', '-00:01:30 1.06:00:00 00:00:01.0050000'],
		format: Array(2).fill('03:04:05 2.03:04:05 2d 3h 000 03:04'),
		sums: Array(2).fill('2020-02-01T00:00:00 90000000'),
		read: ['1.02:03:04 -937840000000 1.02:03:04', '-3.00:00:00 2592000000000 3.00:00:00'],
		wrong: Array(2).fill('String was not recognized as a valid TimeSpan.'),
		ticks: Array(2).fill('621355968000000000 1970-01-01T00:00:01 7'),
		// The quarter of a day before 1899 counts forwards from its day.
		days: Array(2).fill('1899-12-31T12:00:00 1899-12-29T06:00:00 -1.25 43831'),
		leap: Array(2).fill('True,False,13:04:05,Thursday, 02 January 2020'),
	})
})

it('a format that .NET refuses stays opaque', () => {
	expect(reasonOf('$ = TimeSpan.Zero.ToString("hh:mm");')).toContain('the format "hh:mm" of a length of time')
})
