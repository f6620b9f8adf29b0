/**
 * Loops over the files of a blob store, a data lake or a Hadoop file system (Microsoft: Foreach Loop Container, Azure Blob
 * Enumerator, Azure Data Lake Store File Enumerator, HDFS File Enumerator). The files are in S3 now: a loop over files.
 */
import type { LoopBinding, LoopOver } from '#model/loops.ts'
import type { XmlElement } from '../../xml/element.ts'
import { childOf } from '../../xml/element.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { isTrue } from '../formats/properties.ts'
import { textOf } from '../package-scope.ts'
import type { TaskProperties } from './properties.ts'
import type { Setting } from './setting.ts'
import { joined, takesAllTimes } from './setting.ts'
import type { TaskContext } from './task-context.ts'
import { declareAt } from './task-context.ts'

interface Names {
	readonly element: string
	/** Parts of the path. */
	readonly folder: readonly string[]
	readonly pattern: string
	readonly recurse: string
}

const stores: Readonly<Record<string, Names>> = {
	ForEachBlobEnumerator: {
		element: 'FEECloudEnumerator',
		folder: ['Container', 'BlobPath'],
		pattern: 'FileNameFilter',
		recurse: 'SearchRecursively',
	},
	ForEachAdlsFileEnumerator: {
		element: 'AdlsFileEnumerator',
		folder: ['AzureDataLakeDirectory'],
		pattern: 'FileNamePattern',
		recurse: 'SearchRecursively',
	},
	ForEachHdfsEnumerator: {
		element: 'FEEHdfsEnumerator',
		folder: ['DirectoryPath'],
		pattern: 'FileNameFilter',
		recurse: 'IsRecursive',
	},
}

const retrieved: Readonly<Record<string, 'path' | 'name-and-extension' | 'name'>> = {
	'': 'path',
	FullyQualified: 'path',
	NameAndExtension: 'name-and-extension',
	NameOnly: 'name',
}

/** @returns undefined where the enumerator is none of these */
export function remoteFiles(
	enumerator: string,
	data: XmlElement,
	bindings: readonly LoopBinding[],
	properties: TaskProperties,
	context: TaskContext,
): LoopOver | Refusal | undefined {
	const names = Object.hasOwn(stores, enumerator) ? stores[enumerator] : undefined
	if (names === undefined) return undefined
	const stored = childOf(data, names.element)
	if (stored === undefined) return refuse('it holds no settings')
	const setting: Setting = (name) => properties.text(name, stored.attributes.get(name) ?? '')
	const [only, ...more] = names.folder
	const folder = more.length === 0 && only !== undefined ? setting(only) : joined(setting, ...names.folder)
	if ('reason' in folder) return folder
	if (folder.text === '') return refuse('it names no folder')
	if (!takesAllTimes(setting)) return refuse('it goes over the files of a certain time only')
	const retrieve = retrieved[setting('RetrieveFileName').text]
	if (retrieve === undefined) return refuse('it takes an unknown part of the file names')
	const pattern = setting(names.pattern)
	declareAt(context, 'RG-D112', `It goes over the files of ${folder.text}.`)
	if (retrieve === 'path')
		declareAt(context, 'RG-D057', `${bindings.map(({ variable }) => variable).join(', ')} holds it.`)
	return {
		kind: 'files',
		folder,
		pattern: pattern.text === '' ? textOf('*') : pattern,
		recurse: isTrue(setting(names.recurse).text),
		retrieve,
		bindings,
	}
}
