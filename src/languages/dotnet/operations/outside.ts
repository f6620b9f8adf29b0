/** Files, mail and the web: calls of printed helpers, which an engine can answer in their place. */
import type { ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypes } from '#model/scripts.ts'
import type { Py } from '../../python.ts'
import { atom, call, method } from '../../python.ts'
import type { Args, Member, ScriptOperation } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import type { ScriptThing, ScriptValue } from '../runtime.ts'
import { asBoolean, asInt, asText, asThing, raise } from '../runtime.ts'

const { string, boolean, long, int, nothing } = scriptTypes
const info: ScriptType = { kind: 'thing', name: 'FileInfo' }
const reader: ScriptType = { kind: 'thing', name: 'StreamReader' }
const writer: ScriptType = { kind: 'thing', name: 'StreamWriter' }
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
function answered(value: ScriptValue, result: ScriptType): ScriptValue {
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

/** Windows takes both slashes. */
const lastSlash = (path: string): number => Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'))
const fileName = (path: string): string => path.slice(lastSlash(path) + 1)
const extension = (path: string): string => {
	const name = fileName(path)
	const at = name.lastIndexOf('.')
	return at === -1 || at === name.length - 1 ? '' : name.slice(at)
}
const parts = {
	Name: fileName,
	FullName: (path: string): string => path,
	Extension: extension,
	DirectoryName: (path: string): string => path.slice(0, Math.max(0, lastSlash(path))),
}
const partNames = { Name: 'file_name', FullName: 'str', Extension: 'file_extension', DirectoryName: 'folder_of' }

function withoutExtension(path: string): string {
	const name = fileName(path)
	const at = name.lastIndexOf('.')
	return at === -1 ? name : name.slice(0, at)
}

/** The second path alone where it begins at a root (.NET: Path.Combine). */
function combined(left: string, right: string): string {
	if (right === '') return left
	if (left === '' || /^(?:[\\/]|[A-Za-z]:)/.test(right)) return right
	return /[\\/:]$/.test(left) ? left + right : `${left}\\${right}`
}

const define = (name: string, python: string, evaluate: (args: readonly string[]) => string, count = 1): Member =>
	fixed('Path', name, {
		id: `Path.${name}${count === 1 ? '' : `(${count})`}`,
		parameters: Array.from({ length: count }, () => string),
		result: string,
		evaluate: (args) => evaluate(args.map(asText)),
		python: (args) => call(python, ...args.slice(0, count)),
		intent: 'files',
	})

const paths: readonly Member[] = [
	define('GetFileName', 'file_name', ([path = '']) => fileName(path)),
	define('GetFileNameWithoutExtension', 'file_stem', ([path = '']) => withoutExtension(path)),
	define('GetExtension', 'file_extension', ([path = '']) => extension(path)),
	define('GetDirectoryName', 'folder_of', ([path = '']) => parts.DirectoryName(path)),
	define('Combine', 'join_path', ([left = '', right = '']) => combined(left, right), 2),
	define(
		'Combine',
		'join_path',
		([first = '', second = '', third = '']) => combined(combined(first, second), third),
		3,
	),
]

function readerOf(args: Args): ScriptThing {
	return asThing(args[0])
}

/** The next line, without its end; null when there is none. */
function nextLine(one: ScriptThing): string | null {
	const text = asText(one.state['text'])
	const at = Number(asInt(one.state['at']))
	if (at >= text.length) return null
	const found = /\r\n|\r|\n/g
	found.lastIndex = at
	const end = found.exec(text)
	one.state['at'] = BigInt(end === null ? text.length : end.index + end[0].length)
	return text.slice(at, end === null ? undefined : end.index)
}

const isOver = (one: ScriptThing): boolean => Number(asInt(one.state['at'])) >= asText(one.state['text']).length

const opened = (id: string): ScriptOperation => ({
	id,
	parameters: [string],
	result: reader,
	isEffect: true,
	helper: 'read_text',
	paths: [0],
	evaluate: ([path], { outside: ask }) => {
		const text = answered(ask({ helper: 'read_text', args: [asText(path)], names: ['path'] }), string)
		return { kind: 'thing', name: 'StreamReader', state: { text, at: 0n } }
	},
	python: ([path]) => call('TextReader', call('read_text', atom('spark'), path)),
})

const readers: readonly Member[] = [
	fixed('StreamReader', 'new', opened('StreamReader.new')),
	fixed('File', 'OpenText', opened('File.OpenText')),
	instance('StreamReader', 'ReadLine', {
		id: 'StreamReader.ReadLine',
		parameters: [reader],
		result: string,
		evaluate: (args) => nextLine(readerOf(args)),
		python: ([one]) => method(one, 'read_line'),
	}),
	instance('StreamReader', 'EndOfStream', {
		id: 'StreamReader.EndOfStream',
		parameters: [reader],
		result: boolean,
		evaluate: (args) => isOver(readerOf(args)),
		python: ([one]) => method(one, 'is_over'),
	}),
	instance('StreamReader', 'Peek', {
		id: 'StreamReader.Peek',
		parameters: [reader],
		result: int,
		evaluate: (args) =>
			isOver(readerOf(args))
				? -1n
				: BigInt(asText(readerOf(args).state['text']).codePointAt(Number(asInt(readerOf(args).state['at']))) ?? 0),
		python: ([one]) => method(one, 'peek'),
	}),
	instance('StreamReader', 'ReadToEnd', {
		id: 'StreamReader.ReadToEnd',
		parameters: [reader],
		result: string,
		evaluate: (args) => {
			const one = readerOf(args)
			const rest = asText(one.state['text']).slice(Number(asInt(one.state['at'])))
			one.state['at'] = BigInt(asText(one.state['text']).length)
			return rest
		},
		python: ([one]) => method(one, 'read_rest'),
	}),
]

/** What is written reaches the file when the writer is closed. */
const making = (id: string, parameters: readonly ScriptType[]): ScriptOperation => ({
	id,
	parameters,
	result: writer,
	isEffect: true,
	helper: 'write_text',
	paths: [0],
	evaluate: ([path, append]) => ({
		kind: 'thing',
		name: 'StreamWriter',
		state: { path: asText(path), append: append === undefined ? false : asBoolean(append), text: '', open: true },
	}),
	python: ([path, append]) => call('TextWriter', atom('spark'), path, ...(parameters.length === 2 ? [append] : [])),
})

function written(name: string, more: string): Member {
	return instance('StreamWriter', name, {
		id: `StreamWriter.${name}`,
		parameters: [writer, string],
		result: nothing,
		isEffect: true,
		evaluate: ([one, text]) => {
			const thing = asThing(one)
			if (thing.state['open'] === false) return raise('ObjectDisposedException', 'Cannot write to a closed TextWriter.')
			thing.state['text'] = `${asText(thing.state['text'])}${text === null ? '' : asText(text)}${more}`
			return null
		},
		python: ([one, text]) => method(one, name === 'Write' ? 'write' : 'write_line', text),
	})
}

const writers: readonly Member[] = [
	fixed('StreamWriter', 'new', making('StreamWriter.new', [string])),
	fixed('StreamWriter', 'new', making('StreamWriter.new(bool)', [string, boolean])),
	written('Write', ''),
	written('WriteLine', '\r\n'),
	...['Close', 'Dispose'].map((name) =>
		instance('StreamWriter', name, {
			id: `StreamWriter.${name}`,
			parameters: [writer],
			result: nothing,
			isEffect: true,
			helper: 'write_text',
			evaluate: ([one], { outside: ask }) => {
				const { state } = asThing(one)
				if (state['open'] === false) return null
				state['open'] = false
				const args = [asText(state['path']), asText(state['text']), asBoolean(state['append'])]
				return ask({ helper: 'write_text', args, names: ['path', 'text', 'append'] })
			},
			python: ([value]) => method(value, 'close'),
		}),
	),
	instance('StreamWriter', 'Flush', {
		id: 'StreamWriter.Flush',
		parameters: [writer],
		result: nothing,
		isEffect: true,
		evaluate: () => null,
		python: ([one]) => method(one, 'flush'),
	}),
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

export const outsideMembers: readonly Member[] = [...files, ...infos, ...paths, ...readers, ...writers, ...services]
