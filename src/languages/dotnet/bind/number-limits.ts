/** Limits of the kinds of numbers, and numbers that have a name (Microsoft: Int32.MaxValue, Double.NaN, Decimal.Zero …). */
import { parse } from '#model/decimal.ts'
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import { intRange } from '#model/types.ts'
import type { Value } from '#model/values.ts'

type Constant = readonly [value: Value, type: ScriptType]

const { double, decimal } = scriptTypes

const wholes = ([8, 16, 32, 64] as const).flatMap((bits) =>
	[true, false].flatMap((signed): readonly (readonly [string, Constant])[] => {
		const type = { kind: 'int', bits, signed } as const
		const { min, max } = intRange(type)
		const name = bits === 8 ? (signed ? 'sbyte' : 'byte') : `${signed ? '' : 'u'}int${bits}`
		const of: ScriptType = { kind: 'value', type }
		return [
			[`${name}.minvalue`, [min, of]],
			[`${name}.maxvalue`, [max, of]],
		]
	}),
)

const greatest = '79228162514264337593543950335'

/** By the names of type and member in small letters. */
export const numberLimits: Readonly<Record<string, Constant>> = {
	...Object.fromEntries(wholes),
	'decimal.maxvalue': [parse(greatest) ?? null, decimal],
	'decimal.minvalue': [parse(`-${greatest}`) ?? null, decimal],
	'decimal.zero': [parse('0') ?? null, decimal],
	'decimal.one': [parse('1') ?? null, decimal],
	'decimal.minusone': [parse('-1') ?? null, decimal],
	'double.maxvalue': [Number.MAX_VALUE, double],
	'double.minvalue': [-Number.MAX_VALUE, double],
	'double.epsilon': [Number.MIN_VALUE, double],
	'double.nan': [Number.NaN, double],
	'double.positiveinfinity': [Number.POSITIVE_INFINITY, double],
	'double.negativeinfinity': [Number.NEGATIVE_INFINITY, double],
}
