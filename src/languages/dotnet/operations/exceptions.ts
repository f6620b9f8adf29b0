/**
 * What a handler asks its exception. The texts are those of the class library in English (dotnet/runtime, Strings.resx) as far as
 * Python tells the faults apart (RG-D220).
 */
import { scriptTypes } from '#model/scripts.ts'
import { call } from '../../python.ts'
import type { Member } from '../operation.ts'
import { instance } from '../operation.ts'
import type { ScriptValue } from '../runtime.ts'
import { asText, asThing } from '../runtime.ts'

const { exception, string } = scriptTypes

/** Faults that are one in Python, with the text of the one that scripts meet most. */
const common: Readonly<Record<string, string>> = {
	ArgumentNullException: 'Object reference not set to an instance of an object.',
	ArgumentOutOfRangeException: 'Index was outside the bounds of the array.',
	IndexOutOfRangeException: 'Index was outside the bounds of the array.',
}

function messageOf(value: ScriptValue | undefined): string {
	const { state } = asThing(value)
	return common[asText(state['kind'])] ?? asText(state['message'])
}

/** `ToString()` would name the type and the places in the code as well: the new job has others of both. */
export const exceptionMembers: readonly Member[] = (['Message', 'ToString'] as const).map((name) =>
	instance('Exception', name, {
		id: `Exception.${name}`,
		parameters: [exception],
		result: string,
		evaluate: ([value]) => messageOf(value),
		python: ([value]) => call('message_of', value),
		differences: ['RG-D220'],
	}),
)
