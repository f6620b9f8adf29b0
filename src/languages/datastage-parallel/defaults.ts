/** What the engine puts where there is no value and null is not allowed. */
import { daysFromCivil, MICROS_PER_DAY } from '#model/calendar.ts'
import type { DataType } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { makeDate, makeDecimal, makeTime, makeTimestamp } from '#model/values.ts'

const firstDay = daysFromCivil({ year: 1, month: 1, day: 1 })

/** 0, the empty text, midnight, the first day of the calendar. Undefined: nothing is known to stand for a value of the type. */
export function defaultOf(type: DataType): Exclude<Value, null> | undefined {
	switch (type.kind) {
		case 'string':
			// APT_STRING_PADCHAR is the NUL character unless a site sets another one.
			return type.fixed ? '\0'.repeat(type.length ?? 0) : ''
		case 'int':
			return 0n
		case 'decimal':
			return makeDecimal(0n, type.scale)
		case 'float':
			return 0
		case 'boolean':
			return false
		case 'time':
			return makeTime(0n)
		case 'date':
			return makeDate(firstDay)
		case 'timestamp':
			return makeTimestamp(BigInt(firstDay) * MICROS_PER_DAY)
		case 'binary':
		case 'uuid':
		case 'vector':
		case 'record':
			return undefined
	}
}
