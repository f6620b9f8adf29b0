/** Lengths of time, and moments with an offset. */
import { MICROS_PER_DAY, splitMicros } from '#model/calendar.ts'
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import type { Py } from '../../python.ts'
import { atom, binary, call, loose } from '../../python.ts'
import type { Member } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import { asInt, asMoment, asThing } from '../runtime.ts'
import { inCalendar } from './moments.ts'

const { moment, int, double, span } = scriptTypes

const within = (part: Py): string => (part.level === 'atom' ? part.code : `(${part.code})`)

const thing = (micros: bigint) => ({ kind: 'thing' as const, name: 'TimeSpan', state: { micros } })
const microsOf = (value: Parameters<typeof asThing>[0]): bigint => asInt(asThing(value).state['micros'])

const offset: ScriptType = { kind: 'thing', name: 'DateTimeOffset' }

/** Moments with an offset are held as their moment in UTC, as columns of that type are. */
const offsets: readonly Member[] = [
	...['Now', 'UtcNow'].map((name) =>
		fixed('DateTimeOffset', name, {
			id: `DateTimeOffset.${name}`,
			parameters: [],
			result: offset,
			evaluate: (_args, { run }) => run.at,
			python: () => call('run_moment', atom('params')),
			differences: ['RG-D004'],
		}),
	),
	// Of a moment in UTC, all are the same (RG-D004).
	...['UtcDateTime', 'DateTime', 'LocalDateTime'].map((name) =>
		instance('DateTimeOffset', name, {
			id: `DateTimeOffset.${name}`,
			parameters: [offset],
			result: moment,
			evaluate: ([when]) => asMoment(when),
			python: ([when]) => when,
			...(name === 'LocalDateTime' ? { differences: ['RG-D004' as const] } : {}),
		}),
	),
	...(
		[
			['FromUnixTimeSeconds', 1_000_000n, 'seconds'],
			['FromUnixTimeMilliseconds', 1000n, 'milliseconds'],
		] as const
	).map(([name, unit, python]) =>
		fixed('DateTimeOffset', name, {
			id: `DateTimeOffset.${name}`,
			parameters: [scriptTypes.long],
			result: offset,
			evaluate: ([count]) => inCalendar(asInt(count) * unit),
			python: ([count]) =>
				binary('+', atom('datetime(1970, 1, 1)'), call('timedelta', atom(`${python}=${count.code}`))),
		}),
	),
	...(
		[
			['ToUnixTimeSeconds', 1_000_000n, 'seconds'],
			['ToUnixTimeMilliseconds', 1000n, 'milliseconds'],
		] as const
	).map(([name, unit, python]) =>
		instance('DateTimeOffset', name, {
			id: `DateTimeOffset.${name}`,
			parameters: [offset],
			result: scriptTypes.long,
			evaluate: ([when]) => {
				const { micros } = asMoment(when)
				return (micros - (((micros % unit) + unit) % unit)) / unit
			},
			python: ([when]) => loose(`(${when.code} - datetime(1970, 1, 1)) // timedelta(${python}=1)`),
		}),
	),
]

const lengths: readonly Member[] = [
	fixed('TimeSpan', 'Zero', {
		id: 'TimeSpan.Zero',
		parameters: [],
		result: span,
		evaluate: () => thing(0n),
		python: () => call('timedelta'),
	}),
	instance('DateTime', 'TimeOfDay', {
		id: 'DateTime.TimeOfDay',
		parameters: [moment],
		result: span,
		evaluate: ([when]) => thing(splitMicros(asMoment(when).micros)[1]),
		python: ([when]) => binary('-', when, call('midnight', when)),
	}),
	instance('DateTime', 'Subtract', {
		id: 'DateTime.Subtract',
		parameters: [moment, moment],
		result: span,
		evaluate: ([left, right]) => thing(asMoment(left).micros - asMoment(right).micros),
		python: ([left, right]) => binary('-', left, right),
	}),
	...[
		{ name: 'TotalDays', unit: 86_400_000_000 },
		{ name: 'TotalHours', unit: 3_600_000_000 },
		{ name: 'TotalMinutes', unit: 60_000_000 },
		{ name: 'TotalSeconds', unit: 1_000_000 },
	].map(({ name, unit }) =>
		instance('TimeSpan', name, {
			id: `TimeSpan.${name}`,
			parameters: [span],
			result: double,
			evaluate: ([value]) => Number(microsOf(value)) / unit,
			python: ([value]) => loose(`${within(value)} / timedelta(seconds=${unit / 1_000_000})`),
		}),
	),
	instance('TimeSpan', 'Days', {
		id: 'TimeSpan.Days',
		parameters: [span],
		result: int,
		evaluate: ([value]) => microsOf(value) / MICROS_PER_DAY,
		python: ([value]) => call('math.trunc', loose(`${within(value)} / timedelta(days=1)`)),
	}),
]

export const spanMembers: readonly Member[] = [...lengths, ...offsets]
