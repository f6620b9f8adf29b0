/** Values of enumerations by their names, and the other way round (Microsoft: System.Enum). */
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import { call } from '../../python.ts'
import type { ScriptOperation } from '../operation.ts'
import type { ScriptValue } from '../runtime.ts'
import { asBoolean, asInt, asMap, asText, raise } from '../runtime.ts'

const { boolean, int, string } = scriptTypes
const names: ScriptType = { kind: 'map', of: string, key: int }
const numbers: ScriptType = { kind: 'map', of: int }

/** One or several names, or a number, with blanks around them; several values are put together. */
function parsed(text: string, all: ReadonlyMap<string, ScriptValue>, ignoresCase: boolean): bigint {
	const plain = text.trim()
	if (plain === '') return raise('ArgumentException', 'Must specify valid information for parsing in the string.')
	if (/^[+-]?\d+$/.test(plain)) return BigInt(plain.replace('+', ''))
	const key = (name: string): string => (ignoresCase ? name.toLowerCase() : name)
	return plain.split(',').reduce((sum, part) => {
		const [, value] = [...all].find(([name]) => key(name) === key(part.trim())) ?? []
		return value === undefined
			? raise('ArgumentException', `Requested value '${part.trim()}' was not found.`)
			: sum | asInt(value)
	}, 0n)
}

export const enumerationOperations: readonly ScriptOperation[] = [
	{
		id: 'Enum.Name',
		parameters: [int, names],
		result: string,
		evaluate: ([value, all]) => asMap(all).entries.get(String(asInt(value))) ?? String(asInt(value)),
		python: ([value, all]) => call('value_name', value, all),
	},
	{
		id: 'Enum.Parse',
		parameters: [string, numbers, boolean],
		result: int,
		evaluate: ([text, all, ignoresCase]) => parsed(asText(text), asMap(all).entries, asBoolean(ignoresCase)),
		python: ([text, all, ignoresCase]) =>
			ignoresCase.code === 'False' ? call('value_named', text, all) : call('value_named', text, all, ignoresCase),
	},
]
