/** Enumerations of the runtime that scripts count with: numbers that have names. */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import { weekdayNames } from '../operations/weekdays.ts'
import { isEnumeration } from './types.ts'

/** The number of an enumeration's value; anything else as it is. */
export const numberOf = (value: ScriptExpression): ScriptExpression =>
	isEnumeration(value.type) ? { ...value, type: scriptTypes.int } : value

/** `dayofweek.monday` and its kin. */
export const weekdayConstants: Readonly<Record<string, readonly [value: bigint, type: ScriptType]>> =
	Object.fromEntries(
		weekdayNames.map((name, at) => [
			`dayofweek.${name.toLowerCase()}`,
			[BigInt(at), { kind: 'thing', name: 'DayOfWeek' }] as const,
		]),
	)
