/** Types by the names that the engine has for them. */
import type { DataType } from '#model/types.ts'
import { binary, date, decimal, float, int, text, time, timestamp } from '#model/types.ts'

/** `decimal[10,2]`, `string[max=20]`, `int32`: types as schemas of the engine spell them. */
export function engineType(written: string): DataType | undefined {
	const [, name = '', inner = ''] = /^(\w+)\s*(?:\[\s*([^\]]*)\s*\])?$/.exec(written.trim().toLowerCase()) ?? []
	const numbers = [...inner.matchAll(/\d+/g)].map(([digits]) => Number(digits))
	const whole = /^(u?)int(8|16|32|64)$/.exec(name)
	if (whole !== null)
		return int(
			Number(whole[2]) === 8 ? 8 : Number(whole[2]) === 16 ? 16 : Number(whole[2]) === 32 ? 32 : 64,
			whole[1] === '',
		)
	switch (name) {
		case 'string':
		case 'ustring':
			return text(numbers[0], { unicode: name === 'ustring', fixed: numbers.length > 0 && !inner.includes('max') })
		case 'decimal':
			return numbers[0] === undefined || numbers[0] > 38 ? undefined : decimal(numbers[0], numbers[1] ?? 0)
		case 'sfloat':
			return float(32)
		case 'dfloat':
			return float(64)
		case 'date':
			return date
		case 'time':
			return time(inner.includes('microseconds') ? 6 : 0)
		case 'timestamp':
			return timestamp(inner.includes('microseconds') ? 6 : 0)
		case 'raw':
			return binary(numbers[0])
		default:
			return undefined
	}
}
