import { describe, expect, it } from 'vitest'
import { isProblem, parseFormat, readable, type TemporalFormat } from '#languages/datastage-parallel/temporal-format.ts'
import { formatText, parseText } from '#languages/datastage-parallel/temporal-spark.ts'
import { formatMoment, parseMoment } from '#languages/datastage-parallel/temporal-text.ts'
import { atom } from '#languages/python.ts'
import { formatDate, parseTimestamp, splitMicros } from '#model/calendar.ts'

function format(text: string): TemporalFormat {
	const parsed = parseFormat(text)
	if (isProblem(parsed)) throw new Error(parsed.problem)
	return parsed
}
function moment(text: string) {
	const [days, micros] = splitMicros(parseTimestamp(text) ?? 0n)
	return { days, micros }
}
const read = (text: string, by: string): string | undefined => {
	const found = parseMoment(text, format(by))
	return found && formatDate(found.days)
}

describe('writing', () => {
	it.each([
		['%dd/%mm/%yyyy', '18/08/2008'],
		['%yyyy%ddd', '2008231'],
		['%(mmm,u) %mmmm %(mmm,w)', 'AUG August aug'],
		['%eee %eeee %e %E', 'Mon Monday 2 1'],
		['%yy %WW', '08 34'],
		['%hh:%nn:%ss.3 %HH %aa', '22:30:52.320 10 PM'],
		['100%%', '100%'],
	])('%s', (by, expected) => expect(formatMoment(moment('2008-08-18 22:30:52.32'), format(by))).toBe(expected))
})

describe('reading', () => {
	it.each([
		['8/ 8/1958', '%(d,s)/%(m,s)/%yyyy', '1958-08-08'],
		['01/15/45', '%mm/%dd/%1970yy', '2045-01-15'],
		['01/15/70', '%mm/%dd/%1970yy', '1970-01-15'],
		['18/08/58', '%dd/%mm/%yy', '1958-08-18'],
		['18-aug-2009', '%dd-%mmm-%yyyy', '2009-08-18'],
		['2024060', '%yyyy%ddd', '2024-02-29'],
		['Mon Aug 18 2008', '%eee %mmm %dd %yyyy', '2008-08-18'],
		['Tue Aug 18 2008', '%eee %mmm %dd %yyyy', undefined],
		['2011-02-29', '%yyyy-%mm-%dd', undefined],
		['0000-01-01', '%yyyy-%mm-%dd', undefined],
		['2011-2-9', '%yyyy-%mm-%dd', undefined],
		['2011-02-09 ', '%yyyy-%mm-%dd', undefined],
	])('%s by %s', (text, by, expected) => expect(read(text, by)).toBe(expected))

	it('needs all parts of a value', () => {
		expect(readable(format('%mm/%yyyy'), 'date')).toBe(false)
		expect(readable(format('%HH:%nn'), 'time')).toBe(false)
		expect(readable(format('%HH:%nn %aa'), 'time')).toBe(true)
	})

	it('refuses unknown tags', () =>
		expect(parseFormat('%qq')).toMatchObject({ problem: expect.stringContaining('%qq') }))
})

describe('Spark text', () => {
	it('matches the whole text before Java reads it', () => {
		const { code } = parseText(atom('x'), format('%(d,s)/%(m,s)/%yyyy'))
		expect(code).toContain('F.regexp_extract(x, "\\\\A *[0-9]{1,2}/ *[0-9]{1,2}/(?!0000)[0-9]{4}\\\\z", 0)')
		expect(code).toMatch(/^F\.try_to_timestamp\(.*, F\.lit\("d\/M\/yyyy"\)\)$/)
	})

	it('quotes letters of the format', () => {
		expect(formatText(atom('x'), format("%hh o'clock")).code).toBe("F.date_format(x, \"HH' o''clock'\")")
	})
})
