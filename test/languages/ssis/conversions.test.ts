import { describe, expect, it } from 'vitest'
import { conversion } from '#languages/registry.ts'
import { castIsLegal } from '#languages/ssis/legal-casts.ts'
import type { SsisType } from '#languages/ssis/types.ts'
import { formatType, fromCode, fromXml, ofModel, parseType, toModel } from '#languages/ssis/types.ts'
import { parseTimestamp } from '#model/calendar.ts'
import { parse } from '#model/decimal.ts'
import type { Value } from '#model/values.ts'
import { makeDate, makeTimestamp } from '#model/values.ts'

const type = (spelled: string): SsisType => {
	const found = parseType(spelled)
	if (found === undefined) throw new Error(`${spelled} is no type`)
	return found
}

const run = { at: makeTimestamp(0n), job: '', project: '', host: '', invocation: '' }
const convert = (rule: string, value: Exclude<Value, null>, from: string, to: string, flags = '') =>
	conversion(rule).evaluate(value, {
		from: toModel(type(from)),
		to: toModel(type(to)),
		format: `from=${from};to=${to}${flags}`,
		run,
	})

const at = (text: string): Value & object => makeTimestamp(parseTimestamp(text) ?? 0n)
const exact = (text: string): Value & object => parse(text) ?? makeTimestamp(0n)
const single = Math.fround

describe('text in files, as the engine wrote it', () => {
	it.each([
		[single(92.3), 'DT_R4', '92.300003'],
		[single(0.9), 'DT_R4', '0.89999998'],
		[single(1.49e-3), 'DT_R4', '1.4900001E-3'],
		[single(1.58e-3), 'DT_R4', '0.00158'],
		[0, 'DT_R4', '0'],
		[exact('0.20'), 'DT_NUMERIC,18,2', '.20'],
		[exact('0.00'), 'DT_NUMERIC,18,2', '.00'],
		[exact('3.20'), 'DT_NUMERIC,18,2', '3.20'],
		[at('2014-06-30 00:00:00'), 'DT_DBTIMESTAMP', '2014-06-30 00:00:00'],
		[at('2014-12-26 09:17:08.637'), 'DT_DBTIMESTAMP', '2014-12-26 09:17:08.637000000'],
		[true, 'DT_BOOL', 'True'],
		['3f2504e0-4f89-11d3-9a0c-0305e82c3301', 'DT_GUID', '{3F2504E0-4F89-11D3-9A0C-0305E82C3301}'],
		[{ kind: 'binary', hex: '00FF' } as const, 'DT_BYTES,8', '00FF'],
		[at('2005-03-04 11:06:18'), 'DT_DATE', '3/4/2005 11:06:18 AM'],
	])('%o as %s is %s', (value, from, expected) =>
		expect(convert('ssis.flat-file-write', value, from, 'DT_WSTR,5')).toBe(expected),
	)
})

describe('reading text', () => {
	it.each([
		[' 1,234 ', 'DT_I4', 1234n],
		['$12.505', 'DT_CY', exact('12.5050')],
		['-.5', 'DT_R8', -0.5],
		['8/6/2003 1:02 PM', 'DT_DBTIMESTAMP', at('2003-08-06 13:02:00')],
		['2003-08-06T13:45:10.123', 'DT_DBTIMESTAMP', at('2003-08-06 13:45:10.123')],
		['1999-10-11 20:34:52.123 -3:30', 'DT_DBTIMESTAMPOFFSET,3', at('1999-10-12 00:04:52.123')],
		['TRUE', 'DT_BOOL', true],
	])('%j as %s', (text, to, expected) => expect(convert('ssis.flat-file-read', text, 'DT_NTEXT', to)).toEqual(expected))

	it.each([
		['1.5', 'DT_I4', 'conversion'],
		['2147483648', 'DT_I4', 'overflow'],
		['256', 'DT_UI1', 'overflow'],
		['', 'DT_I4', 'conversion'],
		['12\n', 'DT_I4', 'conversion'],
		['2003-02-30', 'DT_DBDATE', 'conversion'],
		['100000000', 'DT_NUMERIC,10,2', 'overflow'],
	])('%j is no %s', (text, to, error) =>
		expect(convert('ssis.flat-file-read', text, 'DT_NTEXT', to)).toMatchObject({ error }),
	)

	it('with FastParse takes only plain digits and ISO dates, and a blank integer as 0', () => {
		const fast = (text: string, to: string) => convert('ssis.flat-file-read', text, 'DT_NTEXT', to, ';fast-parse')
		expect(fast('  ', 'DT_I4')).toBe(0n)
		expect(fast('1,234', 'DT_I4')).toMatchObject({ error: 'conversion' })
		expect(fast('20030806', 'DT_DBTIMESTAMP')).toEqual(at('2003-08-06 00:00:00'))
		expect(fast('2003-08', 'DT_DBTIMESTAMP')).toEqual(at('2003-08-01 00:00:00'))
		expect(fast('8/6/2003', 'DT_DBTIMESTAMP')).toMatchObject({ error: 'conversion' })
	})
})

// Microsoft, Parsing Data: standard parsing follows the locale.
describe('reading text of a locale', () => {
	const read = (locale: number, text: string, to: string) =>
		convert('ssis.flat-file-read', text, 'DT_NTEXT', to, `;locale=${locale}`)
	it.each([
		['en-GB', 2057, '03/04/2020', 'DT_DBDATE', makeDate(18_355)],
		['en-GB', 2057, ' 3-4-2020 13:05', 'DT_DBTIMESTAMP', at('2020-04-03 13:05:00')],
		['en-GB', 2057, '2020-04-03', 'DT_DBDATE', makeDate(18_355)],
		['en-GB', 2057, '1,234.5', 'DT_R8', 1234.5],
		['de-DE', 1031, '03.04.2020', 'DT_DBDATE', makeDate(18_355)],
		['de-DE', 1031, '1.234,5', 'DT_R8', 1234.5],
		['de-DE', 1031, '1.234', 'DT_I4', 1234n],
		['fr-FR', 1036, '1\u00a0234,50', 'DT_NUMERIC,10,2', exact('1234.50')],
		['fr-FR', 1036, '1\u202f234,50', 'DT_CY', exact('1234.5000')],
	])('%s (%i): %j as %s', (_name, locale, text, to, expected) => expect(read(locale, text, to)).toEqual(expected))

	it.each([
		['the twelfth of the twenty-fifth month', 2057, '12/25/2020', 'DT_DBDATE'],
		['points that part nothing in France', 1036, '1.5', 'DT_R8'],
		['points in a date of Great Britain', 2057, '03.04.2020', 'DT_DBDATE'],
		['a comma without decimals', 1031, '1,5', 'DT_I4'],
	])('takes no %s', (_what, locale, text, to) => expect(read(locale, text, to)).toMatchObject({ error: 'conversion' }))

	it('leaves texts and truth values alone', () => {
		expect(read(1031, '1,5', 'DT_WSTR,3')).toBe('1,5')
		expect(read(1031, 'True', 'DT_BOOL')).toBe(true)
	})
})

describe('texts that are too long', () => {
	it('are cut by a cast without a word, and left to the operator by a Data Conversion', () => {
		expect(convert('ssis.cast', 'abcdef', 'DT_WSTR,6', 'DT_WSTR,3')).toBe('abc')
		expect(convert('ssis.data-conversion', 'abcdef', 'DT_WSTR,6', 'DT_WSTR,3')).toBe('abcdef')
	})
})

describe('which casts are legal', () => {
	it.each([
		['DT_WSTR,5', 'DT_GUID', true],
		['DT_I4', 'DT_DATE', true],
		['DT_I8', 'DT_DATE', false],
		['DT_NUMERIC,9,2', 'DT_DBDATE', false],
		['DT_DBDATE', 'DT_I4', false],
		['DT_GUID', 'DT_WSTR,40', true],
		['DT_NTEXT', 'DT_WSTR,40', true],
		['DT_NTEXT', 'DT_I4', false],
	])('%s to %s: %s', (from, to, legal) => expect(castIsLegal(type(from), type(to))).toBe(legal))
})

describe('types', () => {
	it('are found by code, XML name and spelling', () => {
		expect(fromCode(131, { precision: 9, scale: 2 })).toEqual(type('DT_NUMERIC,9,2'))
		expect(fromCode(13)).toBeUndefined()
		expect(fromXml('dbTimeStampoffset', { scale: 3 })).toEqual(type('DT_DBTIMESTAMPOFFSET,3'))
		expect(fromXml('nText')).toEqual({ name: 'DT_NTEXT' })
		expect(fromXml('constructor')).toBeUndefined()
		expect(formatType(type('dt_str, 30, 1252'))).toBe('DT_STR,30,1252')
	})

	it('survive the way through the model where it has one of their own', () => {
		for (const spelled of [
			'DT_I4',
			'DT_UI8',
			'DT_R4',
			'DT_NUMERIC,9,2',
			'DT_WSTR,5',
			'DT_STR,5,1252',
			'DT_DBTIMESTAMP',
			'DT_DBTIME2,3',
			'DT_GUID',
		]) {
			expect(formatType(ofModel(toModel(type(spelled))))).toBe(spelled)
		}
	})
})
