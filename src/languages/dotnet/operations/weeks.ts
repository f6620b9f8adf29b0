/** Weeks of a year by a rule and a first day (Microsoft: Calendar.GetWeekOfYear; its algorithm: dotnet/runtime, Calendar.cs). */
import { civilFromDays, daysFromCivil, splitMicros } from '#model/calendar.ts'
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import { atom, call } from '../../python.ts'
import type { Member } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import { asInt, asMoment, raise } from '../runtime.ts'

const { int, moment } = scriptTypes
const calendar: ScriptType = { kind: 'thing', name: 'Calendar' }
const culture: ScriptType = { kind: 'thing', name: 'CultureInfo' }
const weekday: ScriptType = { kind: 'thing', name: 'DayOfWeek' }

const modulo = (value: number, by: number): number => ((value % by) + by) % by

/** @param rule 0: the week of 1 January is the first; 1: the first full week; 2: the first with four days */
function weekOfYear(days: number, rule: number, firstDay: number): number {
	const { year } = civilFromDays(days)
	const first = daysFromCivil({ year, month: 1, day: 1 })
	const day = days - first
	// 1 January 1970 was a Thursday.
	const begin = modulo(first + 4 - firstDay, 7)
	if (rule === 0) return Math.floor((day + begin) / 7) + 1
	const least = rule === 1 ? 7 : 4
	const rest = modulo(-begin, 7)
	const offset = rest !== 0 && rest >= least ? rest - 7 : rest
	return day >= offset ? Math.floor((day - offset) / 7) + 1 : weekOfYear(first - 1, rule, firstDay)
}

function checked(rule: bigint, firstDay: bigint): readonly [number, number] {
	if (rule < 0n || rule > 2n || firstDay < 0n || firstDay > 6n)
		return raise('ArgumentOutOfRangeException', 'Index was out of range.')
	return [Number(rule), Number(firstDay)]
}

const nothing = { kind: 'thing', name: 'Calendar', state: {} } as const

export const weekMembers: readonly Member[] = [
	instance('CultureInfo', 'Calendar', {
		id: 'CultureInfo.Calendar',
		parameters: [culture],
		result: calendar,
		evaluate: () => nothing,
		python: () => atom('None'),
	}),
	fixed('GregorianCalendar', 'new', {
		id: 'GregorianCalendar.new',
		parameters: [],
		result: calendar,
		evaluate: () => nothing,
		python: () => atom('None'),
	}),
	instance('Calendar', 'GetWeekOfYear', {
		id: 'Calendar.GetWeekOfYear',
		parameters: [calendar, moment, int, weekday],
		result: int,
		evaluate: ([, when, rule, firstDay]) =>
			BigInt(weekOfYear(splitMicros(asMoment(when).micros)[0], ...checked(asInt(rule), asInt(firstDay)))),
		python: ([, when, rule, firstDay]) => call('week_of_year', when, rule, firstDay),
	}),
]
