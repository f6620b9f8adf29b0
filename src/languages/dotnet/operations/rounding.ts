/** Rounding and powers: what `System.Math` does with numbers that have a fraction. */
import { rescale } from '#model/decimal.ts'
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import { makeDecimal } from '#model/values.ts'
import { atom, call, loose } from '../../python.ts'
import type { Member } from '../operation.ts'
import { fixed } from '../operation.ts'
import type { ScriptValue } from '../runtime.ts'
import { asDecimal, asFloat, asInt, asText } from '../runtime.ts'
import { operand } from './numbers.ts'

const { int, double, decimal, string } = scriptTypes

/** Halves go to the even digit, or away from zero: the names that `MidpointRounding` stands for here. */
const isAway = (mode: ScriptValue | undefined): boolean => mode !== undefined && asText(mode) === 'away'

/** The whole number next to a float, the float's own fraction alone deciding what a half is. */
function toWhole(value: number, away: boolean): number {
	const whole = Math.trunc(value)
	const fraction = Math.abs(value - whole)
	if (fraction < 0.5 || (fraction === 0.5 && !away && whole % 2 === 0)) return whole
	return whole + Math.sign(value)
}

/** .NET moves the point, rounds, and moves it back (.NET Framework: Math.Round); numbers without fractions stay. */
function roundFloat(value: number, places: number, away: boolean): number {
	if (!Number.isFinite(value) || Math.abs(value) >= 1e16) return value
	const power = 10 ** places
	return toWhole(value * power, away) / power
}

function roundDecimal(value: ScriptValue | undefined, places: number, away: boolean): ScriptValue {
	const exact = asDecimal(value)
	return exact.scale <= places ? exact : rescale(exact, places, away ? 'half-up' : 'half-even')
}

function rounding(type: ScriptType, hasPlaces: boolean, hasMode: boolean): Member {
	const name = type.kind === 'decimal' ? 'decimal' : 'double'
	const parameters = [type, ...(hasPlaces ? [int] : []), ...(hasMode ? [string] : [])]
	const at = hasPlaces ? 1 : undefined
	return fixed('Math', 'Round', {
		id: `Math.Round(${[name, ...(hasPlaces ? ['int'] : []), ...(hasMode ? ['mode'] : [])].join(',')})`,
		parameters,
		result: type,
		evaluate: (args) => {
			const digits = at === undefined ? 0 : Number(asInt(args[at]))
			const away = isAway(hasMode ? args[parameters.length - 1] : undefined)
			return name === 'decimal' ? roundDecimal(args[0], digits, away) : roundFloat(asFloat(args[0]), digits, away)
		},
		python: (args) => {
			const digits = at === undefined ? atom('0') : args[at]
			const away = hasMode && args[parameters.length - 1]?.code === '"away"'
			const helper = name === 'decimal' ? (away ? 'round_decimal_away' : 'round_decimal') : 'round_float'
			return call(helper, args[0], digits ?? atom('0'), ...(away && name === 'double' ? [atom('away=True')] : []))
		},
		...(hasMode ? { literals: [parameters.length - 1] } : {}),
	})
}

const wholes = (
	[
		['Floor', 'math.floor', Math.floor],
		['Ceiling', 'math.ceil', Math.ceil],
		['Truncate', 'math.trunc', Math.trunc],
	] as const
).flatMap(([name, python, floats]): readonly Member[] => [
	fixed('Math', name, {
		id: `Math.${name}(double)`,
		parameters: [double],
		result: double,
		evaluate: ([value]) => floats(asFloat(value)),
		python: ([value]) => call('float', call(python, value)),
	}),
	fixed('Math', name, {
		id: `Math.${name}(decimal)`,
		parameters: [decimal],
		result: decimal,
		evaluate: ([value]) => {
			const exact = asDecimal(value)
			const cut = rescale(exact, 0, 'down')
			const isBelow = name === 'Floor' && exact.unscaled < 0n
			const isAbove = name === 'Ceiling' && exact.unscaled > 0n
			const hasFraction = cut.unscaled * 10n ** BigInt(exact.scale) !== exact.unscaled
			if (!hasFraction || !(isBelow || isAbove)) return cut
			return makeDecimal(cut.unscaled + (isBelow ? -1n : 1n), 0)
		},
		python: ([value]) => call('Decimal', call(python, value)),
	}),
])

const signs = [int, scriptTypes.long, double, decimal].map((type, index) =>
	fixed('Math', 'Sign', {
		id: `Math.Sign(${index})`,
		parameters: [type],
		result: int,
		evaluate: ([value]) => {
			if (typeof value === 'bigint') return value > 0n ? 1n : value < 0n ? -1n : 0n
			if (typeof value === 'number') return BigInt(Math.sign(value))
			const { unscaled } = asDecimal(value)
			return unscaled > 0n ? 1n : unscaled < 0n ? -1n : 0n
		},
		python: ([value]) => loose(`(${value.code} > 0) - (${operand(value)} < 0)`),
	}),
)

export const roundingMembers: readonly Member[] = [
	...[decimal, double].flatMap((type) =>
		[true, false].flatMap((hasPlaces) => [true, false].map((hasMode) => rounding(type, hasPlaces, hasMode))),
	),
	...wholes,
	...signs,
	fixed('Math', 'Pow', {
		id: 'Math.Pow',
		parameters: [double, double],
		result: double,
		evaluate: ([base, exponent]) => asFloat(base) ** asFloat(exponent),
		python: ([base, exponent]) => call('power', base, exponent),
	}),
]
