/** Files, mail and the web: calls of printed helpers, which an engine can answer in their place. */
import type { ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypes } from '#model/scripts.ts'
import type { Py } from '../../python.ts'
import { atom, call } from '../../python.ts'
import type { Member, ScriptOperation, Texts } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import type { ScriptValue } from '../runtime.ts'
import { asList, asText, asThing } from '../runtime.ts'
import { partNames, parts } from './paths.ts'

const { string, boolean, long, nothing } = scriptTypes
const info: ScriptType = { kind: 'thing', name: 'FileInfo' }
const web: ScriptType = { kind: 'thing', name: 'WebClient' }
const server: ScriptType = { kind: 'thing', name: 'SmtpClient' }

interface OutsideCall {
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

function outside(id: string, parameters: readonly ScriptType[], result: ScriptType, how: OutsideCall): ScriptOperation {
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
		'Directory',
		'Exists',
		outside('Directory.Exists', [string], boolean, { helper: 'path_exists', names: ['path'] }),
	),
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
	fixed(
		'Directory',
		'CreateDirectory',
		outside('Directory.CreateDirectory', [string], nothing, {
			helper: 'create_folder',
			names: ['path'],
			more: { may_exist: true },
		}),
	),
	fixed(
		'Directory',
		'Delete',
		outside('Directory.Delete', [string, boolean], nothing, { helper: 'delete_folder', names: ['path'] }),
	),
	fixed(
		'Directory',
		'GetFiles',
		outside('Directory.GetFiles', [string], listOf(string), { helper: 'folder_files', names: ['path'] }),
	),
	fixed(
		'Directory',
		'GetFiles',
		outside('Directory.GetFiles(pattern)', [string, string], listOf(string), {
			helper: 'folder_files',
			names: ['path', 'pattern'],
		}),
	),
	fixed('File', 'ReadAllText', outside('File.ReadAllText', [string], string, { helper: 'read_text', names: ['path'] })),
	fixed('File', 'ReadAllLines', {
		...outside('File.ReadAllLines', [string], listOf(string), { helper: 'read_text', names: ['path'] }),
		evaluate: ([path], context) => {
			const text = asText(
				answered(context.outside({ helper: 'read_text', args: [path ?? null], names: ['path'] }), string),
			)
			const lines = text.split(/\r\n|\r|\n/)
			return { kind: 'list', items: lines.at(-1) === '' ? lines.slice(0, -1) : lines }
		},
		python: ([path]) => call('text_lines', call('read_text', atom('spark'), path)),
	}),
	...(['WriteAllLines', 'AppendAllLines'] as const).map((name) => {
		const append = name === 'AppendAllLines'
		const how = { helper: 'write_text', names: ['path', 'text'], more: { append } }
		const operation = outside(`File.${name}`, [string, listOf(string)], nothing, how)
		return fixed('File', name, {
			...operation,
			evaluate: ([path, lines], context) => {
				const text = asList(lines).items.map((one) => `${one === null ? '' : asText(one)}\r\n`)
				return operation.evaluate([path, text.join('')], context)
			},
			python: ([path, lines, ...rest], types) =>
				operation.python([path, call('lines_text', lines), ...rest] as unknown as Texts, types),
		})
	}),
	fixed(
		'File',
		'WriteAllText',
		outside('File.WriteAllText', [string, string], nothing, { helper: 'write_text', names: ['path', 'text'] }),
	),
	fixed(
		'File',
		'AppendAllText',
		outside('File.AppendAllText', [string, string], nothing, {
			helper: 'write_text',
			names: ['path', 'text'],
			more: { append: true },
		}),
	),
]

const infos: readonly Member[] = [
	fixed('FileInfo', 'new', {
		id: 'FileInfo.new',
		parameters: [string],
		result: info,
		evaluate: ([path]) => ({ kind: 'thing', name: 'FileInfo', state: { path: asText(path) } }),
		python: ([path]) => path,
	}),
	...(
		[
			['Length', 'file_size', long],
			['Exists', 'path_exists', boolean],
		] as const
	).map(([name, helper, result]) =>
		instance('FileInfo', name, {
			...outside(`FileInfo.${name}`, [info], result, { helper, names: ['path'] }),
			evaluate: ([one], context) => answered(context.outside({ helper, args: [pathOf(one)], names: ['path'] }), result),
		}),
	),
	...(['Name', 'FullName', 'Extension', 'DirectoryName'] as const).map((name) =>
		instance('FileInfo', name, {
			id: `FileInfo.${name}`,
			parameters: [info],
			result: string,
			evaluate: ([one]) => parts[name](asText(pathOf(one))),
			python: ([one]) => (name === 'FullName' ? one : call(partNames[name], one)),
		}),
	),
]

const pathOf = (value: ScriptValue | undefined): ScriptValue => asThing(value).state['path'] ?? null

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

export const outsideMembers: readonly Member[] = [...files, ...infos, ...services]
