/**
 * FTP task (Microsoft: FTP Task; DTSFTPOp). Local ends are File connection managers or variables, remote ones stored paths or
 * variables. What is sent goes into a remote folder, what is fetched into a local one, each file under its own name.
 */
import type { FileOperation, Task, TransferTask } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import { childOf } from '../../xml/element.ts'
import { connectionName } from '../connection-names.ts'
import { pathOf } from '../flow/flat-file-layout.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { isTrue } from '../formats/properties.ts'
import { read, textOf } from '../package-scope.ts'
import type { TaskContext } from './task-context.ts'
import { declareAt, taskBase } from './task-context.ts'

const onServer: Readonly<Record<string, TransferTask['operation']>> = {
	Send: 'send',
	Receive: 'receive',
	DeleteRemote: 'delete',
	MakeDirRemote: 'create-folder',
	RemoveDirRemote: 'remove-folder',
}

const onDisk: Readonly<Record<string, FileOperation>> = {
	DeleteLocal: 'delete-file',
	MakeDirLocal: 'create-folder',
	RemoveDirLocal: 'delete-folder',
}

type Attributes = ReadonlyMap<string, string>

export function lowerFtp(context: TaskContext): Task | Refusal {
	const data = childOf(context.executable.data, 'FtpData')
	if (data === undefined) return refuse('it holds no operation')
	const { attributes } = data
	const written = attributes.get('TaskOperationType') ?? 'Send'
	const operation = onServer[written]
	if (operation !== undefined) return transfer(context, operation, attributes)
	const local = onDisk[written]
	return local === undefined ? refuse(`it does ${written}`) : diskTask(context, local, attributes)
}

function transfer(
	context: TaskContext,
	operation: TransferTask['operation'],
	attributes: Attributes,
): TransferTask | Refusal {
	const connection = context.scope.connection(attributes.get('ConnectionName') ?? '')
	if (connection === undefined) return refuse('its FTP server is not there')
	const remote = remotePath(context, attributes)
	if ('reason' in remote) return remote
	const local = operation === 'send' || operation === 'receive' ? localPath(context, attributes) : undefined
	if (local !== undefined && 'reason' in local) return local
	const mayFail = attributes.has('StopOnFailure') && !isTrue(attributes.get('StopOnFailure'))
	declareAt(
		context,
		'RG-D145',
		`It works on the server of ${connection.name}${mayFail ? ', and goes on where that refuses' : ''}.`,
	)
	return {
		...taskBase(context),
		kind: 'file-transfer',
		operation,
		connection: connectionName(connection),
		remote,
		...(local === undefined ? {} : { local }),
		overwrite: isTrue(attributes.get('TaskOverwriteDest')),
		asText: isTrue(attributes.get('TaskTransferAscii')),
		mayFail,
	}
}

/** Files and folders of the package's own machine, which are in S3 now. */
function diskTask(context: TaskContext, operation: FileOperation, attributes: Attributes): Task | Refusal {
	const source = localPath(context, attributes)
	if ('reason' in source) return source
	if (/[*?]/.test(source.text)) return refuse('it deletes all files that fit a pattern: a loop over files can do that')
	return {
		...taskBase(context),
		kind: 'file-operation',
		operation,
		source,
		overwrite: false,
		useExisting: false,
		intoFolder: false,
	}
}

function localPath({ scope, properties }: TaskContext, attributes: Attributes): SourcedExpression | Refusal {
	if (properties.computed('LocalPath') !== undefined) return refuse('an expression names its local path')
	const named = attributes.get('TaskLocalPath') ?? ''
	if (isTrue(attributes.get('TaskIsLocalPathVar'))) return variable(named, scope)
	const connection = scope.connection(named)
	return connection === undefined
		? refuse('the connection manager of its local path is not there')
		: pathOf(connection, scope)
}

function remotePath({ scope, properties }: TaskContext, attributes: Attributes): SourcedExpression | Refusal {
	const named = attributes.get('TaskRemotePath') ?? ''
	const isVariable = isTrue(attributes.get('TaskIsRemotePathVar'))
	const computed = properties.computed('RemotePath')
	if (computed !== undefined)
		return isVariable ? refuse('an expression names the variable of its remote path') : computed
	if (isVariable) return variable(named, scope)
	return named === '' ? refuse('it names no path on the server') : textOf(named)
}

function variable(name: string, scope: TaskContext['scope']): SourcedExpression | Refusal {
	const found = scope.value(name)
	return found === undefined ? refuse(`no variable has the name ${JSON.stringify(name)}`) : read(found)
}
