/**
 * Tasks that copy files between a disk and a store of Azure or a Hadoop cluster (Microsoft: Azure Blob Upload and Download Task,
 * Azure Data Lake Store File System Task, Hadoop File System Task). Both ends are places in S3 now: a copy of each file.
 */
import type { Task } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import { pathOf } from '../flow/flat-file-layout.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { isTrue } from '../formats/properties.ts'
import { textOf } from '../package-scope.ts'
import { eachFile } from './each-file.ts'
import { joined, settingsOf, takesAllTimes } from './setting.ts'
import type { LowerTask, TaskContext } from './task-context.ts'
import { declareAt, taskBase } from './task-context.ts'

interface Copy {
	readonly from: SourcedExpression
	readonly to: SourcedExpression
	readonly pattern: SourcedExpression
}

const blobCopy =
	(element: string, toBlob: boolean): LowerTask =>
	(context) => {
		const setting = settingsOf(context, element)
		if (setting === undefined) return refuse('it holds no settings')
		const blob = joined(setting, 'BlobContainer', 'BlobDirectory')
		if ('reason' in blob) return blob
		if (!takesAllTimes(setting)) return refuse('it copies the files of a certain time only')
		if (isTrue(setting('SearchRecursively').text)) return refuse('it copies the files of inner folders too')
		const local = setting('LocalDirectory')
		const [from, to] = toBlob ? [local, blob] : [blob, local]
		return copyEach(context, { from, to, pattern: setting('FileNameFilter') })
	}

export const lowerBlobUpload = blobCopy('CopyToBlobTask', true)
export const lowerBlobDownload = blobCopy('CopyFromBlobTask', false)

export function lowerAdls(context: TaskContext): Task | Refusal {
	const setting = settingsOf(context, 'AdlsTask')
	if (setting === undefined) return refuse('it holds no settings')
	if (isTrue(setting('SearchRecursively').text)) return refuse('it copies the files of inner folders too')
	const [local, lake] = [setting('LocalDirectory'), setting('AzureDataLakeDirectory')]
	const pattern = setting('FileNamePattern')
	const operation = setting('Operation').text
	if (operation === 'CopyToADLS') return copyEach(context, { from: local, to: lake, pattern })
	if (operation === 'CopyFromADLS') return copyEach(context, { from: lake, to: local, pattern })
	return refuse(`it does ${operation === '' ? 'nothing that is stated' : operation}`)
}

/** Each file whose name fits, by a loop with a variable of its own. */
function copyEach(context: TaskContext, { from, to, pattern }: Copy): Task | Refusal {
	if (from.text === '' || to.text === '') return refuse('it names no folder')
	declareAt(context, 'RG-D112', `It copies from ${from.text} to ${to.text}; a file that is there is replaced.`)
	return eachFile(
		context,
		taskBase(context),
		{ folder: from, pattern: pattern.text === '' ? textOf('*') : pattern },
		{ operation: 'copy-file', destination: to, intoFolder: true, overwrite: true, useExisting: false },
	)
}

export function lowerHadoopFiles(context: TaskContext): Task | Refusal {
	const setting = settingsOf(context, 'HadoopFileSystemTask')
	if (setting === undefined) return refuse('it holds no settings')
	const connection = context.scope.connection(setting('LocalFilePathId').text)
	const local = connection === undefined ? undefined : pathOf(connection, context.scope)
	const hadoop = setting('HadoopFilePath')
	const ends = {
		CopyToHDFS: [local, hadoop],
		CopyFromHDFS: [hadoop, local],
		CopyWithinHDFS: [hadoop, setting('DestinationHadoopFilePath')],
	} as const
	const operation = setting('Operation').text
	if (!Object.hasOwn(ends, operation))
		return refuse(`it does ${operation === '' ? 'nothing that is stated' : operation}`)
	const [source, destination] = ends[operation as keyof typeof ends]
	if (source === undefined || destination === undefined)
		return refuse('the connection manager of its file is not there')
	if ('reason' in source) return source
	if ('reason' in destination) return destination
	if (source.text === '' || destination.text === '') return refuse('it names no file')
	declareAt(context, 'RG-D112', `It copies from ${source.text} to ${destination.text}.`)
	const isFolder = setting('HadoopFileType').text === 'Directory'
	return {
		...taskBase(context),
		kind: 'file-operation',
		operation: isFolder ? 'copy-folder' : 'copy-file',
		source,
		destination,
		intoFolder: false,
		overwrite: isTrue(setting('IsOverwrite').text),
		useExisting: false,
	}
}
