/** Python text of literal columns, typed as Spark holds them. */

import { valueText } from '#model/json-values.ts'
import type { DataType } from '#model/types.ts'
import type { RecordValue, Value, VectorValue } from '#model/values.ts'
import type { Py } from './python.ts'
import { atom, binary, fn, lit, method, pyNumber, pyString } from './python.ts'
import { plainSparkType } from './spark-types.ts'

/** `F.lit(…)` with a cast wherever Python's own type would give another Spark type. */
export function literalText(value: Value, type: DataType): Py {
	const spark = plainSparkType(type)
	if (value === null) return method(fn('lit', atom('None')), 'cast', spark)
	if (typeof value === 'string') return repeated(value) ?? lit(value)
	if (typeof value === 'boolean') return lit(value)
	if (typeof value === 'bigint') return integerText(value, spark)
	if (typeof value === 'number') return floatText(value, spark)
	if (value.kind === 'time') return integerText(value.micros, 'bigint')
	if (value.kind === 'binary') return fn('unhex', lit(value.hex))
	if (value.kind === 'vector' || value.kind === 'record') return method(nestedText(value, type), 'cast', spark)
	return method(lit(value.kind === 'decimal' ? shortest(valueText(value)) : valueText(value)), 'cast', spark)
}

function nestedText(value: VectorValue | RecordValue, type: DataType): Py {
	if (value.kind === 'vector' && type.kind === 'vector')
		return fn('array', ...value.items.map((item) => literalText(item, type.element)))
	if (value.kind !== 'record' || type.kind !== 'record') throw new TypeError(`a ${value.kind} is no ${type.kind}`)
	const { fields } = value
	return fn(
		'struct',
		...type.fields.map((field) => method(literalText(fields[field.name] ?? null, field.type), 'alias', field.name)),
	)
}

/** One character many times, like the pad characters that fill a column: `F.lit("\x00" * 40)`. */
function repeated(value: string): Py | undefined {
	const [character = ''] = value
	const length = value.length / Math.max(character.length, 1)
	if (length < 9 || value !== character.repeat(length)) return undefined
	return fn('lit', binary('*', atom(pyString(character)), atom(String(length))))
}

/** The cast gives the scale back. */
const shortest = (digits: string): string => (digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits)

function integerText(value: bigint, spark: string): Py {
	// pyspark turns a Python int into INT when it fits, else BIGINT; beyond that it has to be text.
	const small = value >= -(2n ** 31n) && value < 2n ** 31n
	const plain = fn('lit', small || spark === 'bigint' ? atom(String(value)) : String(value))
	return spark === 'int' || (spark === 'bigint' && !small) ? plain : method(plain, 'cast', spark)
}

function floatText(value: number, spark: string): Py {
	if (!Number.isFinite(value))
		return method(lit(Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity'), 'cast', spark)
	const digits = Object.is(value, -0) ? '-0.0' : pyNumber(value)
	const plain = fn('lit', atom(/[.e]/.test(digits) ? digits : `${digits}.0`))
	return spark === 'double' ? plain : method(plain, 'cast', spark)
}
