/** The date functions of Visual Basic (Microsoft.VisualBasic.DateAndTime). */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import { intOf } from '../operations/numbers.ts'
import { coerce } from './coerce.ts'
import { pathOf } from './members.ts'
import { outside } from './outside.ts'
import { bindAs } from './recursion.ts'
import type { VbArguments, VbFunction } from './vb-functions.ts'

const { int, long, double, moment, boolean, string } = scriptTypes

/** Intervals as texts, and as values of `DateInterval`. */
const intervals: Readonly<Record<string, string>> = {
	year: 'yyyy',
	quarter: 'q',
	month: 'm',
	dayofyear: 'y',
	day: 'd',
	weekday: 'w',
	weekofyear: 'ww',
	hour: 'h',
	minute: 'n',
	second: 's',
}

function intervalOf(given: VbArguments): string {
	const node = given.node(0)
	const path = pathOf(node)?.map((part) => part.toLowerCase())
	const named = path?.at(-2) === 'dateinterval' ? intervals[path.at(-1) ?? ''] : undefined
	if (named !== undefined) return named
	const value = given.value(0)
	const text = value.kind === 'literal' && typeof value.value === 'string' ? value.value.toLowerCase() : ''
	return Object.values(intervals).includes(text) ? text : outside('a date interval that is not understood', given)
}

/** What is added in which unit, and how many of it an interval has. */
const additions: Readonly<Record<string, readonly [method: string, times: bigint]>> = {
	yyyy: ['AddYears', 1n],
	q: ['AddMonths', 3n],
	m: ['AddMonths', 1n],
	y: ['AddDays', 1n],
	d: ['AddDays', 1n],
	w: ['AddDays', 1n],
	ww: ['AddDays', 7n],
	h: ['AddHours', 1n],
	n: ['AddMinutes', 1n],
	s: ['AddSeconds', 1n],
}

/** `DateAdd("m", 1, d)`: whole intervals, whatever stands behind the point of the number. */
function dateAdd(given: VbArguments): ScriptExpression {
	const [method, times] = additions[intervalOf(given)] ?? outside('DateAdd', given)
	const number = given.value(1)
	const isWhole = intOf(number.type) !== undefined
	const cut = isWhole ? number : given.call('Vb.fix', [coerce(number, double, 'vb')], double)
	const count = coerce(cut, int, 'vb')
	const whole = times === 1n ? count : given.call('Number.MultiplyChecked', [count, given.literal(times, int)], int)
	const amount = method === 'AddYears' || method === 'AddMonths' ? whole : coerce(whole, double, 'vb')
	return given.call(`DateTime.${method}`, [given.moment(2), amount], moment)
}

function dateDiff(given: VbArguments): ScriptExpression {
	given.atMost(3, 'a first day of the week')
	const interval = given.literal(intervalOf(given), string)
	return given.call('Vb.datediff', [interval, given.moment(1), given.moment(2)], long)
}

const days = ['system', 'sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/** `FirstDayOfWeek.Monday`, `vbMonday`, or its number; that of the system is Sunday in the invariant culture (RG-D081). */
function firstDay(given: VbArguments, at: number, usual = 1n): bigint {
	if (given.count <= at) return usual
	const name = pathOf(given.node(at))
		?.at(-1)
		?.toLowerCase()
		.replace(/^vb(?:usesystemdayofweek)?/, '')
	const number = name === undefined ? -1 : days.indexOf(name === '' ? 'system' : name)
	if (number >= 0) return number === 0 ? 1n : BigInt(number)
	const value = given.whole(at)
	if (value.kind !== 'literal' || typeof value.value !== 'bigint')
		return outside('a first day of the week that is only known at run time', given)
	return value.value === 0n ? 1n : value.value
}

/** Rules of `FirstWeekOfYear` as those of `CalendarWeekRule`. */
const weekRules: Readonly<Record<string, bigint>> = { jan1: 0n, firstfourdays: 2n, firstfullweek: 1n }

/** The week by a first day and a rule, which the calendar knows. */
function weekPart(given: VbArguments): ScriptExpression {
	const name =
		given.count < 4
			? 'jan1'
			: (pathOf(given.node(3))
					?.at(-1)
					?.toLowerCase()
					.replace(/^vbfirst(jan1)/, '$1') ?? '')
	const rule = weekRules[name.replace(/^vb/, '')] ?? outside('a first week of the year that is not understood', given)
	const calendar: ScriptExpression = {
		kind: 'literal',
		value: null,
		type: { kind: 'thing', name: 'Calendar' },
		line: given.line,
	}
	const first = given.literal(firstDay(given, 2) - 1n, { kind: 'thing', name: 'DayOfWeek' })
	return given.call('Calendar.GetWeekOfYear', [calendar, given.moment(1), given.literal(rule, int), first], int)
}

function weekdayOf(given: VbArguments, when: ScriptExpression, at: number): ScriptExpression {
	const day = given.call('Vb.datepart', [given.literal('w', string), when], int)
	const first = firstDay(given, at)
	return first === 1n ? day : given.call('Vb.weekday', [day, given.literal(first, int)], int)
}

const isShort = (given: VbArguments, at: number): ScriptExpression =>
	given.count > at
		? bindAs(given.node(at), boolean, given.scope)
		: { kind: 'literal', value: false, type: boolean, line: given.line }

function datePart(given: VbArguments): ScriptExpression {
	const interval = intervalOf(given)
	if (interval === 'ww' && given.count > 2) return weekPart(given)
	if (interval === 'w') return weekdayOf(given, given.moment(1), 2)
	return given.call('Vb.datepart', [given.literal(interval, string), given.moment(1)], int)
}

const part =
	(operation: string): VbFunction =>
	(given) =>
		given.call(operation, [given.moment(0)], int)

const now =
	(operation: string): VbFunction =>
	(given) =>
		given.call(operation, [], moment)

const whole = (given: VbArguments, type: ScriptType): readonly ScriptExpression[] =>
	[0, 1, 2].map((at) => coerce(given.whole(at), type, 'vb'))

export const vbDateFunctions: Readonly<Record<string, VbFunction>> = {
	now: now('DateTime.Now'),
	today: now('DateTime.Today'),
	year: part('DateTime.Year'),
	month: part('DateTime.Month'),
	day: part('DateTime.Day'),
	hour: part('DateTime.Hour'),
	minute: part('DateTime.Minute'),
	second: part('DateTime.Second'),
	weekday: (given) => weekdayOf(given, given.moment(0), 1),
	monthname: (given) => given.call('Vb.monthname', [given.whole(0), isShort(given, 1)], string),
	weekdayname: (given) =>
		given.call('Vb.weekdayname', [given.whole(0), isShort(given, 1), given.literal(firstDay(given, 2), int)], string),
	dateadd: dateAdd,
	datediff: dateDiff,
	datepart: datePart,
	dateserial: (given) => given.call('Vb.dateserial', whole(given, int), moment),
	datevalue: (given) => given.call('DateTime.Date', [given.moment(0)], moment),
	isdate: (given) => given.call('Vb.isdate', [given.text(0)], boolean),
}
