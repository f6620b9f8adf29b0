/** Folders and what is known about files: `Directory`, `DirectoryInfo`, `FileInfo`. In Python both infos are paths. */
import type { ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypes } from '#model/scripts.ts'
import { makeTimestamp } from '#model/values.ts'
import { atom, call } from '../../python.ts'
import type { Member, ScriptOperation } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import type { ScriptThing, ScriptValue } from '../runtime.ts'
import { asList, asText, asThing } from '../runtime.ts'
import { outside } from './outside.ts'
import { partNames, parts } from './paths.ts'

const { string, boolean, long, moment, nothing } = scriptTypes
const file: ScriptType = { kind: 'thing', name: 'FileInfo' }
const folder: ScriptType = { kind: 'thing', name: 'DirectoryInfo' }

const infoOf = (type: ScriptType, path: ScriptValue): ScriptThing => ({
	kind: 'thing',
	name: type === file ? 'FileInfo' : 'DirectoryInfo',
	state: { path },
})

const pathOf = (value: ScriptValue | undefined): ScriptValue => asThing(value).state['path'] ?? null

/** The same of an info as of a path. */
function ofInfo(id: string, info: ScriptType, operation: ScriptOperation): ScriptOperation {
	return {
		...operation,
		id,
		parameters: [info, ...operation.parameters.slice(1)],
		evaluate: ([one, ...rest], context) => operation.evaluate([pathOf(one), ...rest], context),
	}
}

/** A list of paths as one of infos. */
function listed(operation: ScriptOperation, type: ScriptType): ScriptOperation {
	return {
		...operation,
		result: listOf(type),
		evaluate: (args, context) => ({
			kind: 'list',
			items: asList(operation.evaluate(args, context)).items.map((path) => infoOf(type, path)),
		}),
	}
}

const paths = listOf(string)
/** Without a pattern, everything. */
function inFolder(helper: string, count: 1 | 2): ScriptOperation {
	const whole = outside(`Directory.${helper}(pattern)`, [string, string], paths, { helper, names: ['path', 'pattern'] })
	if (count === 2) return whole
	return {
		...whole,
		id: `Directory.${helper}`,
		parameters: [string],
		evaluate: ([path], context) => whole.evaluate([path, '*'], context),
		python: ([path]) => call(helper, atom('spark'), path),
	}
}

/** With folders below, or without them (SearchOption). */
const everywhere: ScriptOperation = outside('Directory.folder_files(below)', [string, string, boolean], paths, {
	helper: 'folder_files',
	names: ['path', 'pattern', 'below'],
})

const listings: readonly Member[] = [inFolder('folder_files', 1), inFolder('folder_files', 2), everywhere].flatMap(
	(operation) => [
		fixed('Directory', 'GetFiles', operation),
		fixed('Directory', 'EnumerateFiles', operation),
		...['GetFiles', 'EnumerateFiles'].map((name) =>
			instance('DirectoryInfo', name, listed(ofInfo(`DirectoryInfo.${operation.id}`, folder, operation), file)),
		),
	],
)

const folders: readonly Member[] = [inFolder('sub_folders', 1), inFolder('sub_folders', 2)].flatMap((operation) => [
	fixed('Directory', 'GetDirectories', operation),
	fixed('Directory', 'EnumerateDirectories', operation),
	instance(
		'DirectoryInfo',
		'GetDirectories',
		listed(ofInfo(`DirectoryInfo.${operation.id}`, folder, operation), folder),
	),
])

const made = (name: string, type: ScriptType): Member =>
	fixed(name, 'new', {
		id: `${name}.new`,
		parameters: [string],
		result: type,
		evaluate: ([path]) => infoOf(type, asText(path)),
		python: ([path]) => path,
	})

const exists = outside('Directory.Exists', [string], boolean, { helper: 'path_exists', names: ['path'] })
const length = outside('FileInfo.Length', [string], long, { helper: 'file_size', names: ['path'] })
const remove = outside('FileInfo.Delete', [string], nothing, { helper: 'remove_file', names: ['path'] })
const create = outside('Directory.CreateDirectory', [string], nothing, {
	helper: 'create_folder',
	names: ['path'],
	more: { may_exist: true },
})
const moved = outside('FileInfo.MoveTo', [string, string], nothing, {
	helper: 'move_file',
	names: ['path', 'destination'],
	paths: [0, 1],
})
const copies = [[string, string] as const, [string, string, boolean] as const].map((parameters) =>
	outside(`FileInfo.CopyTo(${parameters.length})`, parameters, nothing, {
		helper: 'copy_file',
		names: ['path', 'destination', 'overwrite'].slice(0, parameters.length),
		paths: [0, 1],
	}),
)
/** Of a file that is not there (.NET: File.GetLastWriteTime): 1601-01-01, in milliseconds from 1970. */
const neverChanged = -11_644_473_600_000n

/** Files tell when they were last changed; the new job has its moments in UTC. */
const changed: ScriptOperation = {
	...outside('File.GetLastWriteTime', [string], long, { helper: 'file_time', names: ['path'] }),
	result: moment,
	evaluate: ([path], { outside: ask }) => {
		const millis = ask({ helper: 'file_time', args: [asText(path)], names: ['path'] })
		return makeTimestamp((typeof millis === 'bigint' ? millis : neverChanged) * 1000n)
	},
	python: ([path]) => call('changed_at', atom('spark'), path),
	differences: ['RG-D172'],
}

/** When it was made: an object of S3 tells when it was written. */
const born: ScriptOperation = { ...changed, id: 'File.GetCreationTime', differences: ['RG-D172', 'RG-D212'] }

const infos: readonly Member[] = [
	made('FileInfo', file),
	made('DirectoryInfo', folder),
	instance('FileInfo', 'Length', ofInfo('FileInfo.Length', file, length)),
	instance('FileInfo', 'Exists', ofInfo('FileInfo.Exists', file, exists)),
	instance('DirectoryInfo', 'Exists', ofInfo('DirectoryInfo.Exists', folder, exists)),
	instance('DirectoryInfo', 'Create', ofInfo('DirectoryInfo.Create', folder, create)),
	instance('FileInfo', 'Delete', ofInfo('FileInfo.Delete', file, remove)),
	instance('FileInfo', 'MoveTo', ofInfo('FileInfo.MoveTo', file, moved)),
	...copies.map((operation) => instance('FileInfo', 'CopyTo', ofInfo(operation.id, file, operation))),
	instance('FileInfo', 'LastWriteTime', ofInfo('FileInfo.LastWriteTime', file, changed)),
	instance('FileInfo', 'LastWriteTimeUtc', ofInfo('FileInfo.LastWriteTimeUtc', file, { ...changed, differences: [] })),
	instance('FileInfo', 'CreationTime', ofInfo('FileInfo.CreationTime', file, born)),
	instance(
		'FileInfo',
		'CreationTimeUtc',
		ofInfo('FileInfo.CreationTimeUtc', file, { ...born, differences: ['RG-D212'] }),
	),
	...([file, folder] as const).flatMap((info) =>
		(['Name', 'FullName', 'Extension', 'DirectoryName'] as const).map((name) => {
			const owner = info === file ? 'FileInfo' : 'DirectoryInfo'
			return instance(owner, name, {
				id: `${owner}.${name}`,
				parameters: [info],
				result: string,
				evaluate: ([one]) => parts[name](asText(pathOf(one))),
				python: ([one]) => (name === 'FullName' ? one : call(partNames[name], one)),
			})
		}),
	),
]

export const folderMembers: readonly Member[] = [
	fixed('Directory', 'Exists', exists),
	fixed('Directory', 'CreateDirectory', create),
	fixed(
		'Directory',
		'Delete',
		outside('Directory.Delete', [string, boolean], nothing, { helper: 'delete_folder', names: ['path'] }),
	),
	fixed('File', 'GetLastWriteTime', changed),
	fixed('File', 'GetCreationTime', born),
	fixed('File', 'GetCreationTimeUtc', { ...born, id: 'File.GetCreationTimeUtc', differences: ['RG-D212'] }),
	fixed('File', 'GetLastWriteTimeUtc', { ...changed, id: 'File.GetLastWriteTimeUtc', differences: [] }),
	...listings,
	...folders,
	...infos,
]
