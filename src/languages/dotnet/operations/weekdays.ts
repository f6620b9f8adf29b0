/** `DayOfWeek`: a number from Sunday on, whose text is its English name whatever the culture (Microsoft: DayOfWeek). */
import { splitMicros } from '#model/calendar.ts'
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import { atom, binary, call, method } from '../../python.ts'
import type { Member } from '../operation.ts'
import { instance } from '../operation.ts'
import { asInt, asMoment } from '../runtime.ts'

const weekday: ScriptType = { kind: 'thing', name: 'DayOfWeek' }

export const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

/** 1970-01-01 was a Thursday. */
const weekdayOf = (days: number): bigint => BigInt((((days + 4) % 7) + 7) % 7)

export const weekdayMembers: readonly Member[] = [
	instance('DateTime', 'DayOfWeek', {
		id: 'DateTime.DayOfWeek',
		parameters: [scriptTypes.moment],
		result: weekday,
		evaluate: ([when]) => weekdayOf(splitMicros(asMoment(when).micros)[0]),
		python: ([when]) => binary('%', method(when, 'isoweekday'), atom('7')),
	}),
	instance('DayOfWeek', 'ToString', {
		id: 'DayOfWeek.ToString',
		parameters: [weekday],
		result: scriptTypes.string,
		// A number without a name is its own text (Microsoft: Enum.ToString).
		evaluate: ([day]) => weekdayNames[Number(asInt(day))] ?? String(asInt(day)),
		python: ([day]) => call('weekday_name', day),
	}),
]
