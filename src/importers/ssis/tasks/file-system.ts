import type { FileOperation, Task } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import { childOf } from '../../xml/element.ts'
import { pathOf } from '../flow/flat-file-layout.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { isTrue } from '../formats/properties.ts'
import { read } from '../package-scope.ts'
import type { TaskContext } from './task-context.ts'
import { taskBase } from './task-context.ts'

const operations: Readonly<Record<string, FileOperation>> = {
	CopyFile: 'copy-file',
	MoveFile: 'move-file',
	DeleteFile: 'delete-file',
	RenameFile: 'rename-file',
	CreateDirectory: 'create-folder',
	CopyDirectory: 'copy-folder',
	MoveDirectory: 'move-folder',
	DeleteDirectory: 'delete-folder',
	DeleteDirectoryContent: 'empty-folder',
}

const withDestination: ReadonlySet<FileOperation> = new Set([
	'copy-file',
	'move-file',
	'rename-file',
	'copy-folder',
	'move-folder',
])

/** File System task (Microsoft: File System Task). The designer leaves out what has its default: copying a file. */
export function lowerFileSystem(context: TaskContext): Task | Refusal {
	const data = childOf(context.executable.data, 'FileSystemData')
	if (data === undefined) return refuse('it holds no operation')
	const written = data.attributes.get('TaskOperationType') ?? 'CopyFile'
	const operation = operations[written]
	if (operation === undefined) {
		return refuse(
			written === 'SetAttributes' ? 'files in an object store have no attributes to set' : `it does ${written}`,
		)
	}
	const source = pathIn(context, 'Source', data.attributes)
	if ('reason' in source) return source
	const base = {
		...taskBase(context),
		kind: 'file-operation',
		operation,
		source,
		overwrite: isTrue(data.attributes.get('TaskOverwriteDestFile')),
		// For a folder that is made, the designer stores "UseDirectoryIfExists" in the same place.
		useExisting: isTrue(data.attributes.get('TaskOverwriteDestFile')),
		intoFolder: false,
	} as const
	if (!withDestination.has(operation)) return base
	const destination = pathIn(context, 'Destination', data.attributes)
	if ('reason' in destination) return destination
	// Microsoft: copies and moves name a folder as destination, a rename names the file.
	return { ...base, destination, intoFolder: operation !== 'rename-file' && namesFolder(destination) }
}

/** A path that ends like that of a folder; at run time, a folder that is there is one too. */
const namesFolder = ({ text }: SourcedExpression): boolean => /[\\/]$/.test(text) || !/\.\w+$/.test(text)

function pathIn(
	{ scope, properties }: TaskContext,
	end: 'Source' | 'Destination',
	attributes: ReadonlyMap<string, string>,
): SourcedExpression | Refusal {
	const computed = properties.computed(end)
	const isVariable = isTrue(attributes.get(`TaskIs${end}Variable`))
	const named = attributes.get(`Task${end}Path`) ?? ''
	if (computed !== undefined) {
		if (!isVariable) return refuse(`an expression names the connection manager of its ${end.toLowerCase()}`)
		const name = computed.expression.kind === 'literal' ? computed.expression.value : undefined
		const variable = typeof name === 'string' ? scope.value(name) : undefined
		return variable === undefined ? computed : read(variable)
	}
	if (isVariable) {
		const variable = scope.value(named)
		return variable === undefined ? refuse(`no variable has the name ${JSON.stringify(named)}`) : read(variable)
	}
	const connection = scope.connection(named)
	if (connection === undefined) return refuse(`the connection manager of its ${end.toLowerCase()} is not there`)
	return pathOf(connection, scope)
}
