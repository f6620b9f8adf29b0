import { describe, expect, it } from 'vitest'
import {
	civilFromDays,
	daysFromCivil,
	daysInMonth,
	formatDate,
	formatTime,
	formatTimestamp,
	MAX_DAYS,
	MIN_DAYS,
	parseDate,
	parseTime,
	parseTimestamp,
} from '#model/calendar.ts'

describe('days', () => {
	it.each([
		['0001-01-01', MIN_DAYS],
		['1582-10-15', -141_427],
		['1899-12-30', -25_569],
		['1969-12-31', -1],
		['1970-01-01', 0],
		['2000-02-29', 11_016],
		['9999-12-31', MAX_DAYS],
	])('%s is day %d', (text, days) => {
		expect(parseDate(text)).toBe(days)
		expect(formatDate(days)).toBe(text)
	})

	it('agree with themselves both ways over all of 400 years', () => {
		const days = Array.from({ length: 146_097 }, (_, index) => MIN_DAYS + index)
		expect(days.filter((day) => daysFromCivil(civilFromDays(day)) !== day)).toEqual([])
	})

	it('agree with JavaScript where JavaScript can be asked', () => {
		for (let days = -719_162; days <= 2_932_896; days += 997) {
			expect(formatDate(days)).toBe(new Date(days * 86_400_000).toISOString().slice(0, 10))
		}
	})

	it.each(['1900-02-29', '2023-02-29', '2023-13-01', '2023-00-10', '2023-04-31', '0000-01-01', '23-01-01', ''])(
		'%j is no day',
		(text) => {
			expect(parseDate(text)).toBeUndefined()
		},
	)

	it('knows the length of February', () => {
		expect([1900, 2000, 2023, 2024].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 28, 29])
	})
})

describe('times', () => {
	it.each([
		['00:00:00', 0n],
		['00:00:00.000001', 1n],
		['12:34:56.5', 45_296_500_000n],
		['23:59:59.999999', 86_399_999_999n],
	])('%s is %d microseconds', (text, micros) => {
		expect(parseTime(text)).toBe(micros)
		expect(formatTime(micros)).toBe(text)
	})

	it.each(['24:00:00', '12:60:00', '12:00:60', '1:00:00', '12:00', '12:00:00.', '12:00:00.1234567'])(
		'%j is no time',
		(text) => {
			expect(parseTime(text)).toBeUndefined()
		},
	)
})

describe('timestamps', () => {
	it.each([
		['0001-01-01 00:00:00', -62_135_596_800_000_000n],
		['1969-12-31 23:59:59.999999', -1n],
		['1970-01-01 00:00:00', 0n],
		['9999-12-31 23:59:59.999999', 253_402_300_799_999_999n],
	])('%s is %d microseconds', (text, micros) => {
		expect(parseTimestamp(text)).toBe(micros)
		expect(formatTimestamp(micros)).toBe(text)
	})

	it('takes the T of ISO 8601, and no zone', () => {
		expect(parseTimestamp('1970-01-01T00:00:01')).toBe(1_000_000n)
		expect(parseTimestamp('1970-01-01T00:00:01Z')).toBeUndefined()
		expect(parseTimestamp('1970-01-01')).toBeUndefined()
	})
})
