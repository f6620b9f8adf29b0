/** Names of months and days in English (RG-D081), and the order of two texts by their code units (Microsoft.VisualBasic). */
import { scriptTypes } from '#model/scripts.ts'
import { call } from '../../python.ts'
import type { ScriptOperation } from '../operation.ts'
import { asBoolean, asInt, asText, raise } from '../runtime.ts'
import { monthNames } from './moment-text.ts'
import { weekdayNames } from './weekdays.ts'

const { string, int, boolean, object } = scriptTypes

const wrong = (): never => raise('ArgumentException', 'Argument is not valid.')

function nameOf(names: readonly string[], at: bigint, isShort: boolean): string {
	const name = names[Number(at) - 1] ?? wrong()
	return isShort ? name.slice(0, 3) : name
}

export const visualBasicNameOperations: readonly ScriptOperation[] = [
	{
		id: 'Vb.monthname',
		parameters: [int, boolean],
		result: string,
		evaluate: ([month, isShort]) => nameOf(monthNames, asInt(month), asBoolean(isShort)),
		python: ([month, isShort]) => call('month_name', month, ...(isShort.code === 'False' ? [] : [isShort])),
		differences: ['RG-D081'],
	},
	{
		id: 'Vb.weekdayname',
		parameters: [int, boolean, int],
		result: string,
		// Days count from the first day of the week, in which 1 is Sunday.
		evaluate: ([day, isShort, first]) => {
			const at = asInt(day)
			return at < 1n || at > 7n
				? wrong()
				: nameOf(weekdayNames, ((at + asInt(first) - 2n) % 7n) + 1n, asBoolean(isShort))
		},
		python: ([day, isShort, first]) =>
			first.code === '1' && isShort.code === 'False'
				? call('day_name', day)
				: call('day_name', day, isShort, ...(first.code === '1' ? [] : [first])),
		differences: ['RG-D081'],
	},
	{
		id: 'Vb.weekday',
		parameters: [int, int],
		result: int,
		// Of a day that counts from Sunday, its number from another day.
		evaluate: ([day, first]) => ((asInt(day) - asInt(first) + 7n) % 7n) + 1n,
		python: ([day, first]) => ({ code: `(${day.code} - ${first.code}) % 7 + 1`, level: 'sum' }),
	},
	{
		// Of the value of a column, which is never a null of the database: reading such a column raises before.
		id: 'Vb.isdbnull',
		parameters: [object],
		result: boolean,
		evaluate: () => false,
		python: ([value]) => ({ code: `${value.code} is None`, level: 'loose' }),
	},
	{
		id: 'Vb.strcomp',
		parameters: [string, string],
		result: int,
		evaluate: ([left, right]) => {
			const [one, other] = [asText(left), asText(right)]
			return one < other ? -1n : one > other ? 1n : 0n
		},
		python: ([left, right]) => call('compared', left, right),
	},
]
