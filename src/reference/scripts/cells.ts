/** Values on their way between columns or variables and a script. */
import type { ScriptValue } from '#languages/dotnet/runtime.ts'
import { asDecimal, asInt, asMoment, asText, asThing, raise } from '#languages/dotnet/runtime.ts'
import { splitMicros } from '#model/calendar.ts'
import { characterCount } from '#model/code-points.ts'
import { fits, rescale } from '#model/decimal.ts'
import type { DataType } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { makeDate, makeTime, makeTimestamp } from '#model/values.ts'

const microsPerDay = 86_400_000_000n

/** A cell as the script sees it: a date is a moment, a time of day a length of time. */
export function toScript(value: Value): ScriptValue {
	if (typeof value !== 'object' || value === null) return value
	if (value.kind === 'date') return makeTimestamp(BigInt(value.days) * microsPerDay)
	if (value.kind === 'time') return { kind: 'thing', name: 'TimeSpan', state: { micros: value.micros } }
	return value
}

/** What a variable can hold: texts, numbers, moments; no lists and no things. */
export function plainValue(value: ScriptValue): Value {
	if (typeof value !== 'object' || value === null) return value
	return value.kind === 'list' || value.kind === 'map' || value.kind === 'thing' ? null : value
}

/** What a script gives, as a cell of that type. A text that is too long does not fit the buffer. */
export function toCell(value: ScriptValue, type: DataType): Value {
	if (value === null) return null
	switch (type.kind) {
		case 'string':
			return fitted(asText(value), type.length)
		case 'decimal': {
			const scaled = rescale(asDecimal(value), type.scale, 'half-even')
			return fits(scaled, type.precision)
				? scaled
				: raise('OverflowException', 'Value was either too large or too small for the column.')
		}
		case 'date':
			return makeDate(splitMicros(asMoment(value).micros)[0])
		case 'timestamp':
			return makeTimestamp(cutFraction(asMoment(value).micros, type.digits))
		case 'time':
			return makeTime(asInt(asThing(value).state['micros']))
		default:
			return value as Value
	}
}

function cutFraction(micros: bigint, digits: number): bigint {
	const unit = 10n ** BigInt(6 - digits)
	return micros - (((micros % unit) + unit) % unit)
}

/** Microsoft: DoesNotFitBufferException. */
function fitted(value: string, length: number | undefined): string {
	if (length === undefined || characterCount(value) <= length) return value
	return raise('DoesNotFitBufferException', 'The value is too large to fit in the column data area of the buffer.')
}
