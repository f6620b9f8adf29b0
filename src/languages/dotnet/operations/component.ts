/** What a script asks its own component. */
import { scriptTypes } from '#model/scripts.ts'
import { atom, call, method } from '../../python.ts'
import type { ScriptOperation } from '../operation.ts'
import { asInt, asMap } from '../runtime.ts'
import { keyOf } from './maps.ts'

/** Texts of an English engine, as far as they were seen in its outputs or stand in its documentation. */
const errorTexts: ReadonlyMap<bigint, string> = new Map([
	[-1071607778n, 'Row yielded no match during lookup.\r\n'],
	[-1071607685n, 'No status is available.'],
	[-1071607689n, 'The data value violates integrity constraints.'],
	[-1071607694n, 'Conversion failed because the data value overflowed the specified type.'],
	[-1071607691n, 'Conversion failed because the data value overflowed the provider.'],
	[-1071607696n, 'The value could not be converted because of a potential loss of data.'],
	[-1071628845n, 'Text was truncated or one or more characters had no match in the target code page.'],
])

export const componentOperations: readonly ScriptOperation[] = [
	{
		id: 'Component.GetErrorDescription',
		parameters: [scriptTypes.int],
		result: scriptTypes.string,
		evaluate: ([code]) => errorTexts.get(asInt(code)) ?? `Error ${asInt(code)}`,
		python: ([code]) => call('error_description', code),
		differences: ['RG-D082'],
	},
	{
		id: 'Component.GetIdentificationStringByID',
		parameters: [{ kind: 'map', of: scriptTypes.string, key: scriptTypes.int }, scriptTypes.int],
		result: scriptTypes.string,
		evaluate: ([names, number]) => asMap(names).entries.get(keyOf(number)) ?? '',
		python: ([names, number]) => method(names, 'get', number, atom('""')),
	},
]
