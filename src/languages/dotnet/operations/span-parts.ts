/** What lengths of time are made of, their parts, sums and texts (Microsoft: System.TimeSpan). They are held to the microsecond. */
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import type { Py } from '../../python.ts'
import { atom, binary, call, loose, unary } from '../../python.ts'
import type { Member, ScriptOperation } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import { asFloat, asInt, asMoment, asText, asThing, raise } from '../runtime.ts'
import { inCalendar } from './moments.ts'
import { formatSpan, isSpanFormat, readSpan, spanText } from './span-text.ts'

const { moment, int, long, double, string, span } = scriptTypes

const thing = (micros: bigint) => ({ kind: 'thing' as const, name: 'TimeSpan', state: { micros } })
const microsOf = (value: Parameters<typeof asThing>[0]): bigint => asInt(asThing(value).state['micros'])
const within = (part: Py): string => (part.level === 'atom' ? part.code : `(${part.code})`)

const units = {
	Days: 86_400_000_000n,
	Hours: 3_600_000_000n,
	Minutes: 60_000_000n,
	Seconds: 1_000_000n,
	Milliseconds: 1000n,
} as const

/** Parts of a length and how many of each the next larger has; Days have no larger one and are cut off elsewhere. */
const parts: readonly Member[] = (
	[
		['Hours', 24n],
		['Minutes', 60n],
		['Seconds', 60n],
		['Milliseconds', 1000n],
	] as const
).map(([name, size]) =>
	instance('TimeSpan', name, {
		id: `TimeSpan.${name}`,
		parameters: [span],
		result: int,
		evaluate: ([value]) => (microsOf(value) / units[name]) % size,
		python: ([value]) => call('span_part', value, name.toLowerCase(), Number(size)),
	}),
)

/** .NET Framework rounds what such a length is made of to the millisecond, halves away from zero. */
const makers: readonly Member[] = (['Days', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'] as const).map((name) =>
	fixed('TimeSpan', `From${name}`, {
		id: `TimeSpan.From${name}`,
		parameters: [double],
		result: span,
		evaluate: ([amount]) => {
			const count = asFloat(amount)
			if (!Number.isFinite(count))
				return raise('ArgumentException', 'TimeSpan does not accept floating point Not-a-Number values.')
			const milliseconds = count * Number(units[name] / 1000n)
			return thing(BigInt(Math.trunc(milliseconds + (milliseconds < 0 ? -0.5 : 0.5))) * 1000n)
		},
		python: ([amount]) => {
			const whole = /^(-?\d+)(?:\.0)?$|^float\((\w+)\)$/.exec(amount.code)
			return whole === null
				? call('span_of', amount, name.toLowerCase())
				: call('timedelta', atom(`${name.toLowerCase()}=${whole[1] ?? whole[2]}`))
		},
	}),
)

const names = ['days', 'hours', 'minutes', 'seconds', 'milliseconds'] as const

/** `new TimeSpan(h, m, s)` and its kin: whole numbers of units, beginning with hours or days. */
const sums: readonly Member[] = [
	[1, 2, 3],
	[0, 1, 2, 3],
	[0, 1, 2, 3, 4],
].map((places) =>
	fixed('TimeSpan', 'new', {
		id: `TimeSpan.new(${places.length})`,
		parameters: places.map(() => int),
		result: span,
		evaluate: (args) =>
			thing(places.reduce((sum, place, at) => sum + asInt(args[at]) * (Object.values(units)[place] ?? 0n), 0n)),
		python: (args) => {
			const given = places.flatMap((place, at) => {
				const code = args[at]?.code ?? '0'
				return code === '0' ? [] : [`${names[place]}=${code}`]
			})
			return atom(`timedelta(${given.join(', ')})`)
		},
	}),
)

function plain(
	name: string,
	parameters: readonly ScriptType[],
	result: ScriptType,
	rest: Pick<ScriptOperation, 'evaluate' | 'python'> & Partial<ScriptOperation>,
): Member {
	const id = `TimeSpan.${name}${parameters.length > 1 && name === 'ToString' ? '(string)' : ''}`
	return instance('TimeSpan', name, { id, parameters: [span, ...parameters], result, ...rest })
}

const others: readonly Member[] = [
	fixed('TimeSpan', 'new', {
		id: 'TimeSpan.new(ticks)',
		parameters: [long],
		result: span,
		evaluate: ([ticks]) => thing(asInt(ticks) / 10n),
		python: ([ticks]) => call('timedelta', atom(`microseconds=${within(ticks)} // 10`)),
	}),
	plain('TotalMilliseconds', [], double, {
		evaluate: ([value]) => Number(microsOf(value)) / 1000,
		python: ([value]) => loose(`${within(value)} / timedelta(milliseconds=1)`),
	}),
	plain('Ticks', [], long, {
		evaluate: ([value]) => microsOf(value) * 10n,
		python: ([value]) => loose(`${within(value)} // timedelta(microseconds=1) * 10`),
	}),
	...(['Add', 'Subtract'] as const).map((name) =>
		plain(name, [span], span, {
			evaluate: ([left, right]) => thing(microsOf(left) + (name === 'Add' ? microsOf(right) : -microsOf(right))),
			python: ([left, right]) => binary(name === 'Add' ? '+' : '-', left, right),
		}),
	),
	plain('Negate', [], span, {
		evaluate: ([value]) => thing(-microsOf(value)),
		python: ([value]) => unary('-', value),
	}),
	plain('Duration', [], span, {
		evaluate: ([value]) => thing(microsOf(value) < 0n ? -microsOf(value) : microsOf(value)),
		python: ([value]) => call('abs', value),
	}),
	plain('ToString', [], string, {
		evaluate: ([value]) => spanText(microsOf(value)),
		python: ([value]) => call('span_text', value),
	}),
	instance('TimeSpan', 'ToString', {
		id: 'TimeSpan.ToString(string)',
		parameters: [span, string],
		result: string,
		literals: [1],
		refuses: ([, pattern]) =>
			typeof pattern === 'string' && isSpanFormat(pattern)
				? undefined
				: `the format ${JSON.stringify(pattern)} of a length of time is not understood`,
		evaluate: ([value, pattern]) => formatSpan(microsOf(value), asText(pattern)),
		python: ([value, pattern]) =>
			/^"[ctT]"$/.test(pattern.code) ? call('span_text', value) : call('format_span', value, pattern),
	}),
	fixed('TimeSpan', 'Parse', {
		id: 'TimeSpan.Parse',
		parameters: [string],
		result: span,
		evaluate: ([text]) =>
			thing(readSpan(asText(text)) ?? raise('FormatException', 'String was not recognized as a valid TimeSpan.')),
		python: ([text]) => call('read_span', text),
	}),
	...(['Add', 'Subtract'] as const).map((name) =>
		instance('DateTime', name, {
			id: `DateTime.${name}(span)`,
			parameters: [moment, span],
			result: moment,
			evaluate: ([when, value]) =>
				inCalendar(asMoment(when).micros + (name === 'Add' ? microsOf(value) : -microsOf(value))),
			python: ([when, value]) => binary(name === 'Add' ? '+' : '-', when, value),
		}),
	),
]

export const spanPartMembers: readonly Member[] = [...parts, ...makers, ...sums, ...others]
