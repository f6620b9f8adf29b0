/**
 * Files that a script only opens: to make one, or to see whether it can be had. Nothing locks a file where the new job
 * has them (RG-D193), so a file that is there can be had.
 */

import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import type { Value } from '#model/values.ts'
import { atom, call } from '../../python.ts'
import type { CallContext, Member, ScriptOperation } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import type { ScriptThing, ScriptValue } from '../runtime.ts'
import { asText, asThing, raise } from '../runtime.ts'

const { string, nothing } = scriptTypes
const handle: ScriptType = { kind: 'thing', name: 'FileStream' }
const mode: ScriptType = { kind: 'thing', name: 'FileMode' }
const access: ScriptType = { kind: 'thing', name: 'FileAccess' }
const share: ScriptType = { kind: 'thing', name: 'FileShare' }

const enumerations: Readonly<Record<string, readonly string[]>> = {
	FileMode: ['Open', 'OpenOrCreate', 'Create', 'CreateNew', 'Append', 'Truncate'],
	FileAccess: ['Read', 'Write', 'ReadWrite'],
	FileShare: ['None', 'Read', 'Write', 'ReadWrite', 'Delete', 'Inheritable'],
}

/** `filemode.open` and its kin, each with its name as its value. */
export const fileConstants: Readonly<Record<string, readonly [value: Value, type: ScriptType]>> = Object.fromEntries(
	Object.entries(enumerations).flatMap(([name, values]) =>
		values.map((one) => [`${name}.${one}`.toLowerCase(), [one, { kind: 'thing', name }] as const]),
	),
)

const opened = (path: string): ScriptThing => ({ kind: 'thing', name: 'FileStream', state: { path } })

/** An existing file: what is asked outside is whether it is there. */
function evaluateOpen(path: ScriptValue | undefined, { outside }: CallContext): ScriptValue {
	const isThere = outside({ helper: 'path_exists', args: [asText(path)], names: ['path'] })
	if (isThere !== true) return raise('FileNotFoundException', `Could not find file '${asText(path)}'.`)
	return opened(asText(path))
}

const opening = (name: string, more: readonly ScriptType[]): ScriptOperation => ({
	id: `${name}(${more.length})`,
	parameters: [string, ...more],
	result: handle,
	isEffect: true,
	helper: 'path_exists',
	paths: [0],
	differences: ['RG-D193'],
	evaluate: ([path], context) => evaluateOpen(path, context),
	python: ([path]) => call('open_file', atom('spark'), path),
	...(more[0] === mode
		? {
				literals: [1],
				refuses: ([, how]) => (how === 'Open' ? undefined : `a file opened with FileMode.${asText(how)}`),
			}
		: {}),
})

export const fileHandleMembers: readonly Member[] = [
	fixed('File', 'Create', {
		id: 'File.Create',
		parameters: [string],
		result: handle,
		isEffect: true,
		helper: 'create_file',
		paths: [0],
		evaluate: ([path], { outside }) => {
			outside({ helper: 'create_file', args: [asText(path)], names: ['path'] })
			return opened(asText(path))
		},
		python: ([path]) => call('create_file', atom('spark'), path),
	}),
	...[[mode], [mode, access], [mode, access, share]].flatMap((more) => [
		fixed('File', 'Open', opening('File.Open', more)),
		fixed('FileStream', 'new', opening('FileStream.new', more)),
	]),
	fixed('File', 'OpenRead', opening('File.OpenRead', [])),
	instance('FileInfo', 'OpenRead', {
		...opening('FileInfo.OpenRead', []),
		parameters: [{ kind: 'thing', name: 'FileInfo' }],
		evaluate: ([one], context) => evaluateOpen(asThing(one).state['path'], context),
	}),
	...['Close', 'Dispose'].map((name) =>
		instance('FileStream', name, {
			id: `FileStream.${name}`,
			parameters: [handle],
			result: nothing,
			evaluate: () => null,
			python: ([one]) => one,
		}),
	),
]
