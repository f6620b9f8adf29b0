/** Moments as counts of ticks and of days (Microsoft: DateTime.Ticks, DateTime.FromOADate), and what else is asked about years. */
import { scriptTypes } from '#model/scripts.ts'
import type { Py } from '../../python.ts'
import { call, loose } from '../../python.ts'
import type { Member } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import { asFloat, asInt, asMoment, raise } from '../runtime.ts'
import { inCalendar } from './moments.ts'

const { moment, int, long, double, boolean } = scriptTypes

const within = (part: Py): string => (part.level === 'atom' ? part.code : `(${part.code})`)

/** 1 January 0001 and 30 December 1899, in microseconds from 1970. */
const firstMoment = -62_135_596_800_000_000n
const zeroOfDays = -2_209_161_600_000_000n

/** To the millisecond; what stands behind the point of a day before 1899 counts forwards all the same. */
function fromDays(days: number) {
	if (!(days < 2_958_466 && days > -657_435)) return raise('ArgumentException', 'Not a legal OleAut date.')
	const rounded = BigInt(Math.trunc(days * 86_400_000 + (days >= 0 ? 0.5 : -0.5)))
	const milliseconds = rounded < 0n ? rounded - (rounded % 86_400_000n) * 2n : rounded
	return inCalendar(zeroOfDays + milliseconds * 1000n)
}

function isLeap(year: bigint): boolean {
	if (year < 1n || year > 9999n) return raise('ArgumentOutOfRangeException', 'Year must be between 1 and 9999.')
	return year % 4n === 0n && (year % 100n !== 0n || year % 400n === 0n)
}

export const momentCountMembers: readonly Member[] = [
	instance('DateTime', 'Ticks', {
		id: 'DateTime.Ticks',
		parameters: [moment],
		result: long,
		evaluate: ([when]) => (asMoment(when).micros - firstMoment) * 10n,
		python: ([when]) => loose(`(${when.code} - datetime.min) // timedelta(microseconds=1) * 10`),
	}),
	fixed('DateTime', 'new', {
		id: 'DateTime.new(ticks)',
		parameters: [long],
		result: moment,
		evaluate: ([ticks]) => inCalendar(firstMoment + asInt(ticks) / 10n),
		python: ([ticks]) => loose(`datetime.min + timedelta(microseconds=${within(ticks)} // 10)`),
	}),
	instance('DateTime', 'Millisecond', {
		id: 'DateTime.Millisecond',
		parameters: [moment],
		result: int,
		evaluate: ([when]) => {
			const { micros } = asMoment(when)
			return (((micros % 1_000_000n) + 1_000_000n) % 1_000_000n) / 1000n
		},
		python: ([when]) => loose(`${within(when)}.microsecond // 1000`),
	}),
	fixed('DateTime', 'IsLeapYear', {
		id: 'DateTime.IsLeapYear',
		parameters: [int],
		result: boolean,
		evaluate: ([year]) => isLeap(asInt(year)),
		python: ([year]) => loose(`datetime(${year.code}, 12, 31).timetuple().tm_yday == 366`),
	}),
	fixed('DateTime', 'FromOADate', {
		id: 'DateTime.FromOADate',
		parameters: [double],
		result: moment,
		evaluate: ([days]) => fromDays(asFloat(days)),
		python: ([days]) => call('from_day_count', days),
	}),
	instance('DateTime', 'ToOADate', {
		id: 'DateTime.ToOADate',
		parameters: [moment],
		result: double,
		evaluate: ([when]) => {
			const milliseconds = (asMoment(when).micros - zeroOfDays) / 1000n
			const size = milliseconds < 0n ? (86_400_000n + (milliseconds % 86_400_000n)) % 86_400_000n : 0n
			return Number(milliseconds < 0n ? milliseconds - size - size : milliseconds) / 86_400_000
		},
		python: ([when]) => call('day_count', when),
	}),
]
