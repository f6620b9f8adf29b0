/** Objects of the script's own classes: a map from fields to values, which is a dictionary in Python. */
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import { atom, call, loose } from '../../python.ts'
import type { ScriptOperation } from '../operation.ts'
import type { ScriptValue } from '../runtime.ts'
import { asText, asThing, raise } from '../runtime.ts'

const { object, string, nothing } = scriptTypes
const thing: ScriptType = { kind: 'thing', name: 'class' }

export const objectOperations: readonly ScriptOperation[] = [
	{
		// Names of fields and their values in turn.
		id: 'Object.new',
		parameters: [object],
		result: thing,
		isVariadic: true,
		evaluate: (args, { result }) => {
			const state: Record<string, ScriptValue> = {}
			for (let at = 0; at + 1 < args.length; at += 2) state[asText(args[at])] = args[at + 1] ?? null
			return { kind: 'thing', name: result.kind === 'thing' ? result.name : '', state }
		},
		python: (args) => {
			const pairs: string[] = []
			for (let at = 0; at + 1 < args.length; at += 2) pairs.push(`${args[at]?.code}: ${args[at + 1]?.code}`)
			return atom(`{${pairs.join(', ')}}`)
		},
	},
	{
		id: 'Object.Get',
		parameters: [thing, string],
		result: object,
		evaluate: ([one, field]) => asThing(one).state[asText(field)] ?? null,
		python: ([one, field]) => atom(`${one.code}[${field.code}]`),
	},
	{
		id: 'Object.Set',
		parameters: [thing, string, object],
		result: nothing,
		isEffect: true,
		evaluate: ([one, field, value]) => {
			asThing(one).state[asText(field)] = value ?? null
			return null
		},
		python: ([one, field, value]) => loose(`${one.code}[${field.code}] = ${value.code}`),
	},
]

/** Values that may be missing. */
export const nullableOperations: readonly ScriptOperation[] = [
	{
		id: 'Nullable.Value',
		parameters: [object],
		result: object,
		evaluate: ([value]) => value ?? raise('InvalidOperationException', 'Nullable object must have a value.'),
		python: ([value]) => call('present', value),
	},
	{
		// Where a test before has shown that it is there.
		id: 'Nullable.Known',
		parameters: [object],
		result: object,
		evaluate: ([value]) => value ?? null,
		python: ([value]) => value,
	},
]
