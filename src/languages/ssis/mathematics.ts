/** ABS, SIGN, EXP, LN, LOG, POWER, SQRT and SQUARE. Sources: Microsoft, the page of each function. */
import type { DataType } from '#model/types.ts'
import { float, int } from '#model/types.ts'
import type { Result, Value } from '#model/values.ts'
import { failure, makeDecimal } from '#model/values.ts'
import type { Operation } from '../catalogue.ts'
import type { Py } from '../python.ts'
import { atom, binary, fn, lit, method } from '../python.ts'
import { checked, isDecimal, numberKinds } from './arithmetic.ts'
import { leastOf } from './division.ts'
import { bind, unless, when } from './spark.ts'

/** The largest argument whose exponential a double holds. */
const largestExponent = 709.782712893384

interface Curve {
	readonly name: string
	readonly defined: (value: number) => boolean
	readonly curve: (value: number) => number
	readonly print: (value: Py) => Py
	readonly error: 'domain' | 'overflow'
	readonly canFail: boolean
}

const curves: readonly Curve[] = [
	{
		name: 'exp',
		defined: (value) => !(value > largestExponent),
		curve: Math.exp,
		print: (value) => bind(value, (name) => fn('exp', when(binary('<=', name, lit(largestExponent)), name))),
		error: 'overflow',
		canFail: true,
	},
	// Spark's logarithms are null where they are not defined. Beware: LOG is base 10.
	{
		name: 'ln',
		defined: (value) => value > 0,
		curve: Math.log,
		print: (value) => fn('log', value),
		error: 'domain',
		canFail: true,
	},
	{
		name: 'log',
		defined: (value) => value > 0,
		curve: Math.log10,
		print: (value) => fn('log10', value),
		error: 'domain',
		canFail: true,
	},
	{
		name: 'sqrt',
		defined: (value) => value >= 0,
		curve: Math.sqrt,
		print: (value) => fn('nanvl', fn('sqrt', value), method(fn('lit', atom('None')), 'cast', 'double')),
		error: 'domain',
		canFail: true,
	},
	{
		name: 'square',
		defined: () => true,
		curve: (value) => value * value,
		print: (value) => fn('pow', value, 2),
		error: 'overflow',
		canFail: false,
	},
]

const curveOperations: readonly Operation[] = curves.map(({ name, defined, curve, print, error, canFail }) => ({
	id: `ssis.${name}`,
	parameters: [{ name: 'number', kinds: ['float'] }],
	result: ([type]) => doubleOnly([type]),
	nulls: 'propagate',
	canFail,
	evaluate: ([value]) => {
		if (typeof value !== 'number') return failure('type', 'not a floating-point number')
		return defined(value) ? curve(value) : failure(error, `${name.toUpperCase()} of ${value} is not defined`)
	},
	pyspark: ([value]) => print(value),
	source: `Microsoft: ${name.toUpperCase()} (SSIS Expression)`,
}))

function doubleOnly(types: readonly DataType[]) {
	const double = types.every((type) => type.kind === 'float' && type.bits === 64)
	return double ? float(64) : { problem: 'the argument must be cast to DT_R8 first' }
}

function absolute(value: Value, type: DataType): Result {
	if (typeof value === 'bigint' && type.kind === 'int') return checked(value < 0n ? -value : value, type)
	if (typeof value === 'number') return Math.abs(value)
	return isDecimal(value)
		? makeDecimal(value.unscaled < 0n ? -value.unscaled : value.unscaled, value.scale)
		: failure('type', 'not a number')
}

function sign(value: Value): Result {
	if (typeof value === 'number')
		return Number.isNaN(value) ? failure('domain', 'not a number') : BigInt(Math.sign(value))
	const whole = isDecimal(value) ? value.unscaled : value
	return typeof whole === 'bigint' ? (whole > 0n ? 1n : whole < 0n ? -1n : 0n) : failure('type', 'not a number')
}

export const mathematicalOperations: readonly Operation[] = [
	...curveOperations,
	{
		id: 'ssis.power',
		parameters: [
			{ name: 'base', kinds: ['float'] },
			{ name: 'exponent', kinds: ['float'] },
		],
		result: ([base, exponent]) => doubleOnly([base, exponent]),
		nulls: 'propagate',
		canFail: true,
		evaluate: ([base, exponent]) => {
			if (typeof base !== 'number' || typeof exponent !== 'number') return failure('type', 'not floating-point numbers')
			const power = base ** exponent
			return Number.isFinite(power) ? power : failure('domain', `${base} to the power of ${exponent} is not defined`)
		},
		pyspark: ([base, exponent]) =>
			bind(fn('pow', base, exponent), (power) =>
				when(binary('<', fn('abs', power), fn('lit', atom('float("inf")'))), power),
			),
		source: 'Microsoft: POWER (SSIS Expression)',
	},
	{
		id: 'ssis.abs',
		parameters: [{ name: 'number', kinds: numberKinds }],
		result: ([type]) => type,
		nulls: 'propagate',
		canFail: true,
		evaluate: ([value], { result }) => absolute(value, result),
		// The least value of a signed type has no positive counterpart, for which Spark would stop.
		pyspark: ([value], { result }) =>
			result.kind === 'int' && result.signed ? fn('abs', unless(value, leastOf(result))) : fn('abs', value),
		source: 'Microsoft: ABS (SSIS Expression)',
	},
	{
		id: 'ssis.sign',
		parameters: [{ name: 'number', kinds: numberKinds }],
		result: ([type]) => (type.kind === 'int' && !type.signed ? { problem: 'SIGN takes a signed number' } : int(32)),
		nulls: 'propagate',
		canFail: true,
		evaluate: ([value]) => sign(value),
		pyspark: ([value]) => method(fn('nanvl', fn('signum', value), fn('lit', atom('None'))), 'cast', 'int'),
		source: 'Microsoft: SIGN (SSIS Expression)',
	},
]
