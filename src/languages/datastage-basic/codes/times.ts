/** The code `MT[H][S][separator]`: seconds since midnight (IBM: DataStage BASIC, MT code: time conversion). */
import { call, fn, type Py } from '../../python.ts'
import { looksNumeric } from '../numbers.ts'
import type { ConversionCode } from './code.ts'

interface TimeFormat {
	readonly half: boolean
	readonly seconds: boolean
	readonly separator: string
}

const two = (value: number): string => String(value).padStart(2, '0')
const DAY = 86_400

/** Seconds beyond a day begin again: a day has no more. */
function output({ half, seconds, separator }: TimeFormat, text: string): string {
	if (!looksNumeric(text) || Math.abs(Number(text)) >= 1e9) return text
	const clock = ((Math.floor(Number(text)) % DAY) + DAY) % DAY
	const hour = Math.floor(clock / 3600)
	const shown = half ? ((hour + 11) % 12) + 1 : hour
	const parts = [shown, Math.floor(clock / 60) % 60, ...(seconds ? [clock % 60] : [])]
	return parts.map(two).join(separator) + (half ? (hour < 12 ? 'am' : 'pm') : '')
}

const pattern = /^ *(\d{1,2})[^0-9A-Za-z](\d{1,2})(?:[^0-9A-Za-z](\d{1,2}))? *([AaPp][Mm])? *$/

function input(text: string): string {
	const match = pattern.exec(text)
	const [hour, minute, second] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3] ?? 0)]
	if (match === null || hour > 23 || minute > 59 || second > 59) return ''
	const half = match[4]?.toLowerCase()
	if (half !== undefined && (hour < 1 || hour > 12)) return ''
	const full = half === undefined ? hour : (hour % 12) + (half === 'pm' ? 12 : 0)
	return String(full * 3600 + minute * 60 + second)
}

export function readTimeCode(code: string): ConversionCode | undefined {
	const match = /^MT(H?S?|SH)([^0-9A-Za-z[])?$/i.exec(code)
	if (match === null) return undefined
	const letters = (match[1] ?? '').toUpperCase()
	const format = { half: letters.includes('H'), seconds: letters.includes('S'), separator: match[2] ?? ':' }
	return {
		output: {
			evaluate: (text) => output(format, text),
			pyspark: (text) => outputPyspark(format, text),
		},
		input: { evaluate: input, pyspark: (text) => call('iconv_time', text) },
	}
}

function outputPyspark({ half, seconds, separator }: TimeFormat, text: Py): Py {
	const hours = half ? 'hh' : 'HH'
	const parts = [hours, 'mm', ...(seconds ? ['ss'] : [])]
	const quoted = separator === "'" ? "''" : `'${separator}'`
	const shown = fn('date_format', call('time_of_text', text), parts.join(separator === ':' ? ':' : quoted))
	const full = half ? fn('concat', shown, fn('lower', fn('date_format', call('time_of_text', text), 'a'))) : shown
	return fn('coalesce', full, text)
}
