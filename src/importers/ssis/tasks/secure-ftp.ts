/**
 * Secure FTP task of the "SSIS Cookbook" for SQL Server 2017, whose sources are public: it opens a session of WinSCP with the
 * server that its properties name and calls GetFiles or PutFiles with both paths. It does not look at what they return, so what
 * the server refuses does not fail it.
 */
import type { TransferTask } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import { boolean } from '#model/types.ts'
import { childOf } from '../../xml/element.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { isTrue } from '../formats/properties.ts'
import type { TaskContext } from './task-context.ts'
import { declareAt, taskBase } from './task-context.ts'

const operations: Readonly<Record<string, 'send' | 'receive'>> = { GetFiles: 'receive', PutFiles: 'send' }

export function lowerSecureFtp(context: TaskContext): TransferTask | Refusal {
	const { properties } = context
	const data = childOf(context.executable.data, 'InnerObject')
	const stored = (name: string): string => childOf(data, name)?.attributes.get('Value') ?? ''
	const setting = (name: string): SourcedExpression => properties.text(name, stored(name))
	const protocol = stored('FtpProtocolName')
	if (protocol !== 'Sftp') return refuse(`it speaks ${protocol === '' ? 'no protocol that is stated' : protocol}`)
	const operation = operations[stored('FtpOperationName')]
	if (operation === undefined) return refuse('it holds no operation')
	const [remote, local] = [setting('FtpRemotePath'), setting('FtpLocalPath')]
	if (remote.text === '' || local.text === '') return refuse('it names no path')
	const server = ['FtpProtocolName', 'FtpHostName', 'FtpPortNumber', 'FtpUserName', 'FtpSshHostKeyFingerprint']
	const isComputed = server.map((name) => properties.computed(name)).some((one) => one !== undefined)
	const connection = stored('FtpHostName') === '' ? context.executable.name : stored('FtpHostName')
	const from = isComputed ? ', whatever its expressions say' : ''
	declareAt(
		context,
		'RG-D151',
		`It works over SSH on the server of the Glue connection for ${connection}${from}; folders whose files it removes stay.`,
	)
	return {
		...taskBase(context),
		kind: 'file-transfer',
		operation,
		connection,
		remote,
		local,
		overwrite: true,
		asText: false,
		mayFail: true,
		overSsh: { removes: properties.computed('FtpRemove') ?? flagOf(stored('FtpRemove')) },
	}
}

const flagOf = (text: string): SourcedExpression => ({
	expression: { kind: 'literal', value: isTrue(text), type: boolean },
	text,
})
