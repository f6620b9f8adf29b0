/** Files, mail and the web: calls of printed helpers, which an engine can answer in their place. */
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import type { Py } from '../../python.ts'
import { atom, call } from '../../python.ts'
import type { Member, ScriptOperation } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import type { ScriptValue } from '../runtime.ts'

const { string, boolean, nothing } = scriptTypes
const web: ScriptType = { kind: 'thing', name: 'WebClient' }
const server: ScriptType = { kind: 'thing', name: 'SmtpClient' }

export interface OutsideCall {
	readonly helper: string
	/** Names of the helper's parameters, in the order of the arguments. */
	readonly names: readonly string[]
	/** Arguments that the helper takes beside those of the script. */
	readonly more?: Readonly<Record<string, boolean>>
	/** Positions of paths. */
	readonly paths?: readonly number[]
	readonly withoutSpark?: boolean
}

/** What the world says to a question; nothing said means the empty answer of that type. */
export function answered(value: ScriptValue, result: ScriptType): ScriptValue {
	if (value !== null) return value
	if (result.kind === 'list') return { kind: 'list', items: [] }
	if (result.kind !== 'value') return null
	return result.type.kind === 'boolean' ? false : result.type.kind === 'int' ? 0n : ''
}

/** A call of a printed helper. */
export function outside(
	id: string,
	parameters: readonly ScriptType[],
	result: ScriptType,
	how: OutsideCall,
): ScriptOperation {
	const { helper, names, more = {}, paths = [0], withoutSpark = false } = how
	return {
		id,
		parameters,
		result,
		isEffect: true,
		helper,
		paths,
		evaluate: (args, context) => {
			const given = [...args.slice(0, names.length).map((one) => one ?? null), ...Object.values(more)]
			return answered(context.outside({ helper, args: given, names: [...names, ...Object.keys(more)] }), result)
		},
		python: (args) => {
			const given = names.map((name, index): Py => {
				const text = args[index] ?? atom('None')
				return index === 0 || (index === 1 && !/overwrite|append/.test(name)) ? text : atom(`${name}=${text.code}`)
			})
			const fixedOnes = Object.entries(more).map(([name, value]) => atom(`${name}=${value ? 'True' : 'False'}`))
			return call(helper, ...(withoutSpark ? [] : [atom('spark')]), ...given, ...fixedOnes)
		},
	}
}

const files: readonly Member[] = [
	fixed('File', 'Exists', outside('File.Exists', [string], boolean, { helper: 'path_exists', names: ['path'] })),
	fixed(
		'File',
		'Copy',
		outside('File.Copy', [string, string], nothing, {
			helper: 'copy_file',
			names: ['path', 'destination'],
			paths: [0, 1],
		}),
	),
	fixed(
		'File',
		'Copy',
		outside('File.Copy(bool)', [string, string, boolean], nothing, {
			helper: 'copy_file',
			names: ['path', 'destination', 'overwrite'],
			paths: [0, 1],
		}),
	),
	fixed(
		'File',
		'Move',
		outside('File.Move', [string, string], nothing, {
			helper: 'move_file',
			names: ['path', 'destination'],
			paths: [0, 1],
		}),
	),
	fixed('File', 'Delete', outside('File.Delete', [string], nothing, { helper: 'remove_file', names: ['path'] })),
]

const thing = (name: string): ScriptOperation => ({
	id: `${name}.new`,
	parameters: [],
	result: { kind: 'thing', name },
	evaluate: () => ({ kind: 'thing', name, state: {} }),
	python: () => atom('None'),
})

const services: readonly Member[] = [
	fixed('WebClient', 'new', thing('WebClient')),
	instance(
		'WebClient',
		'DownloadString',
		onReceiver(
			outside('WebClient.DownloadString', [string], string, {
				helper: 'http_get',
				names: ['url'],
				paths: [],
				withoutSpark: true,
			}),
			web,
		),
	),
	instance(
		'WebClient',
		'DownloadFile',
		onReceiver(
			outside('WebClient.DownloadFile', [string, string], nothing, {
				helper: 'download_file',
				names: ['url', 'path'],
				paths: [1],
			}),
			web,
		),
	),
	fixed('SmtpClient', 'new', {
		...thing('SmtpClient'),
		id: 'SmtpClient.new(string)',
		parameters: [string],
		differences: ['RG-D053'],
	}),
	instance('SmtpClient', 'Send', {
		...onReceiver(
			outside('SmtpClient.Send', [string, string, string, string], nothing, {
				helper: 'send_mail',
				names: ['sender', 'to', 'subject', 'body'],
				paths: [],
			}),
			server,
		),
		python: ([, sender, to, subject, body]) =>
			call(
				'send_mail',
				atom('spark'),
				...Object.entries({ sender, to, subject, body }).map(([name, value]) => atom(`${name}=${value.code}`)),
			),
	}),
]

/** The receiver says nothing to the helper. */
function onReceiver(operation: ScriptOperation, receiver: ScriptType): ScriptOperation {
	return {
		...operation,
		parameters: [receiver, ...operation.parameters],
		...(operation.paths === undefined ? {} : { paths: operation.paths.map((at) => at + 1) }),
		evaluate: (args, context) => operation.evaluate(args.slice(1), context),
		python: (args, types) => operation.python(args.slice(1) as unknown as typeof args, types),
	}
}

export const outsideMembers: readonly Member[] = [...files, ...services]
