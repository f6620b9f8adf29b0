/** Counting with times and timestamps in microseconds: each rule exact for the reference, and its text for Spark beside it. */
import { MAX_DAYS, MICROS_PER_DAY, MIN_DAYS } from '#model/calendar.ts'
import { failure, makeTimestamp, type Result, type Value } from '#model/values.ts'
import type { Arguments } from '../../catalogue.ts'
import { atom, binary, fn, lit, type Py } from '../../python.ts'
import { bind, both, cast, toCount, when } from '../spark-text.ts'
import { double, type results, timeOf } from './define.ts'

export const DAY = MICROS_PER_DAY
export const big = (value: bigint): Py => atom(`F.lit(${value})`)

export function micros(value: Value): bigint {
	if (typeof value === 'object' && value !== null && (value.kind === 'time' || value.kind === 'timestamp'))
		return value.micros
	throw new TypeError('a time is expected')
}

export const wrap = (value: bigint): bigint => ((value % DAY) + DAY) % DAY
export const wrapText = (value: Py): Py => fn('pmod', value, big(DAY))

const FIRST = BigInt(MIN_DAYS) * DAY
const LAST = BigInt(MAX_DAYS + 1) * DAY - 1n
export const moment = (value: bigint): Result =>
	value >= FIRST && value <= LAST
		? makeTimestamp(value)
		: failure('overflow', 'the timestamp is beyond the years 1 to 9999')
export const momentText = (value: Py): Py =>
	bind(value, (known) =>
		when(both(binary('>=', known, big(FIRST)), binary('<=', known, big(LAST))), fn('timestamp_micros', known)),
	)

export const timePart = (
	of: (value: bigint) => bigint,
	result: () => ReturnType<typeof results.int32>,
	text: (value: Py) => Py,
) => ({
	parameters: [timeOf('time')],
	result,
	evaluate: ([value]: Arguments<Value>) => of(micros(value)),
	pyspark: ([value]: Arguments<Py>) => text(value),
})
/** Whole part of a division of values that are not negative. */
export const divided = (value: Py, by: bigint): Py =>
	cast(fn('floor', binary('/', binary('-', value, fn('pmod', value, big(by))), big(by))), 'bigint')

/** Seconds of any size as microseconds; beyond ten thousand years there is nothing. */
const SECONDS_LIMIT = 400_000_000_000
export const secondsToMicros = (seconds: number): bigint | undefined =>
	Math.abs(seconds) <= SECONDS_LIMIT ? BigInt(Math.round(seconds * 1e6)) : undefined
export function secondsText(seconds: Py): Py {
	const scaled = binary('*', seconds, cast(lit(1_000_000), 'double'))
	return bind(seconds, (known) =>
		when(
			binary('<=', fn('abs', known), big(BigInt(SECONDS_LIMIT))),
			cast(
				fn(
					'floor',
					binary(
						'+',
						known.code === seconds.code ? scaled : binary('*', known, cast(lit(1_000_000), 'double')),
						cast(lit('0.5'), 'double'),
					),
				),
				'bigint',
			),
		),
	)
}

export const tooFar = failure('overflow', 'the number of seconds is too large')
export const shiftBy = (base: bigint, seconds: Value): Result => {
	const by = secondsToMicros(double(seconds))
	return by === undefined ? tooFar : moment(base + by)
}

export const clockMicros = (hours: Value, minutes: Value, seconds: bigint): bigint =>
	(BigInt(toCount(hours)) * 3600n + BigInt(toCount(minutes)) * 60n) * 1_000_000n + seconds
export const clockText = (hours: Py, minutes: Py): Py =>
	binary(
		'+',
		binary('*', cast(hours, 'bigint'), big(3_600_000_000n)),
		binary('*', cast(minutes, 'bigint'), big(60_000_000n)),
	)

export const clampSeconds = (value: bigint): bigint =>
	value > 1_000_000_000_000n ? 1_000_000_000_000n : value < -1_000_000_000_000n ? -1_000_000_000_000n : value
