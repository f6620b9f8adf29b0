/** Bodies of tasks that start jobs, work on files or send mail: calls of printed helpers. */
import { pyString } from '#languages/python.ts'
import type {
	ArchiveTask,
	ClusterTask,
	FilesTask,
	FileTask,
	MailTask,
	RunJobTask,
	TransferTask,
	UserStatusTask,
	WaitForFileTask,
} from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { Node } from '../../text/tree.ts'
import { driverValue } from '../driver-value.ts'
import { userStatusArgument } from '../plan/arguments.ts'
import { destinationPlace, localPlace, placeText, sourcePlace } from '../plan/task-places.ts'
import type { ScriptContext } from '../script-context.ts'

const valueIn = (script: ScriptContext, { expression }: SourcedExpression): string =>
	driverValue(expression, script.driver)

/** A job of the unit is named by its slug; another by an argument, or as the export computes its name. */
export function jobBody(task: RunJobTask, script: ScriptContext): Node {
	const child = script.plan.children.find((one) => one.task.id === task.id)
	const given = task.parameters.map(
		({ name, value }) => `${pyString(child?.parameters[name] ?? name)}: ${valueIn(script, value)}`,
	)
	const job =
		child?.job !== undefined
			? `${script.use('job_beside')}(params, ${pyString(script.plan.name)}, ${pyString(child.job)})`
			: child?.entry === undefined
				? valueIn(script, task.job)
				: `params[${pyString(child.entry.name)}]`
	const call = `${script.use('run_job')}(${job}${given.length === 0 ? '' : `, {${given.join(', ')}}`})`
	const outputs = task.outputs ?? []
	if (outputs.length === 0) return call
	return [
		`ended = ${call}`,
		...outputs.map(({ what, variable }) => `${script.variable(variable)} = ended[${pyString(what)}]`),
	]
}

const helpers = {
	'copy-file': 'copy_file',
	'move-file': 'move_file',
	'delete-file': 'delete_file',
	'rename-file': 'rename_file',
	'create-folder': 'create_folder',
	'copy-folder': 'copy_folder',
	'move-folder': 'move_folder',
	'delete-folder': 'delete_folder',
	'empty-folder': 'empty_folder',
} as const satisfies Record<FileTask['operation'], string>

export function fileBody(task: FileTask, script: ScriptContext): Node {
	const source = placeText(sourcePlace(task.id), task.source, script)
	const target = task.destination === undefined ? [] : [placeText(destinationPlace(task.id), task.destination, script)]
	const isCopy = task.operation.startsWith('copy') || task.operation.startsWith('move')
	const options = [
		...(isCopy && task.overwrite ? ['overwrite=True'] : []),
		...(task.intoFolder ? ['into=True'] : []),
		...(task.operation === 'create-folder' && task.useExisting ? ['may_exist=True'] : []),
	]
	const helper = task.mayBeAbsent === true ? 'remove_file' : helpers[task.operation]
	return `${script.use(helper)}(${['spark', source, ...target, ...options].join(', ')})`
}

export function archiveBody(task: ArchiveTask, script: ScriptContext): Node {
	const source = placeText(sourcePlace(task.id), task.source, script)
	const target = placeText(destinationPlace(task.id), task.destination, script)
	const options =
		task.kind === 'extract-archive'
			? [...(task.overwrite ? ['overwrite=True'] : []), ...(task.flat ? ['flat=True'] : [])]
			: [`existing=${pyString(task.existing)}`]
	const helper = task.kind === 'extract-archive' ? 'extract_archive' : 'pack_archive'
	return `${script.use(helper)}(${['spark', source, target, ...options].join(', ')})`
}

const patternHelpers = {
	copy: 'copy_files',
	delete: 'delete_files',
	list: 'find_files',
	move: 'move_files',
} as const satisfies Record<FilesTask['action'], string>

export function filesBody(task: FilesTask, script: ScriptContext): Node {
	const { destination, olderThanDays } = task
	const parts = task.pattern.map((part, index) =>
		index === 0 ? placeText(sourcePlace(task.id), part, script) : valueIn(script, part),
	)
	const given = [
		`[${parts.join(', ')}]`,
		...(destination === undefined ? [] : [placeText(destinationPlace(task.id), destination, script)]),
		...(task.whole ? ['whole=True'] : []),
		...(olderThanDays === undefined ? [] : [`older_than_days=int(${valueIn(script, olderThanDays)})`]),
		...(task.needsFile ? ['needs_file=True'] : []),
	]
	return `${script.use(patternHelpers[task.action])}(spark, ${given.join(', ')})`
}

export function mailBody(task: MailTask, script: ScriptContext): Node {
	const texts = { to: task.to, cc: task.cc, bcc: task.bcc, subject: task.subject, body: task.text }
	const given = Object.entries(texts).flatMap(([name, value]) =>
		value.text === '' && value.expression.kind === 'literal' ? [] : [`${name}=${valueIn(script, value)}`],
	)
	const { attachments } = task
	const files = attachments.text === '' ? [] : [`attachments=${valueIn(script, attachments)}`]
	const priority = task.priority === 'normal' ? [] : [`priority=${pyString(task.priority)}`]
	const call = ['spark', `sender=${valueIn(script, task.from)}`, ...given, ...files, ...priority]
	return `${script.use('send_mail')}(${call.join(', ')})`
}

const transferHelpers = {
	send: 'ftp_send',
	receive: 'ftp_receive',
	delete: 'ftp_delete',
	'create-folder': 'ftp_create_folder',
	'remove-folder': 'ftp_remove_folder',
} as const satisfies Record<TransferTask['operation'], string>

const secureHelpers = { send: 'sftp_send', receive: 'sftp_receive' } as const

/** What is sent has its path first and the folder on the server behind it; what is fetched the other way round. */
export function transferBody(task: TransferTask, script: ScriptContext): Node {
	const { local, operation, overSsh } = task
	const remote = valueIn(script, task.remote)
	const disk = local === undefined ? [] : [placeText(localPlace(task), local, script)]
	const paths = [
		...(local === undefined ? [] : ['spark']),
		`params[${pyString(script.plan.connections.get(task.connection) ?? '')}]`,
		...(operation === 'send' ? [...disk, remote] : [remote, ...disk]),
	]
	if (overSsh !== undefined && (operation === 'send' || operation === 'receive')) {
		const { expression } = overSsh.removes
		const never = expression.kind === 'literal' && expression.value === false
		const remove = never ? [] : [`remove=${driverValue(expression, script.driver)}`]
		return `${script.use(secureHelpers[operation])}(${[...paths, ...remove].join(', ')})`
	}
	const given = [
		...paths,
		...(task.overwrite && local !== undefined ? ['overwrite=True'] : []),
		...(task.asText && local !== undefined ? ['as_text=True'] : []),
		...(task.mayFail ? ['may_fail=True'] : []),
	]
	return `${script.use(transferHelpers[operation])}(${given.join(', ')})`
}

export function clusterBody(task: ClusterTask, script: ScriptContext): Node {
	const { action } = task
	switch (action.kind) {
		case 'run': {
			const { language, isFile, timeoutMinutes } = action
			const text = isFile ? placeText(sourcePlace(task.id), action.script, script) : valueIn(script, action.script)
			const given = [
				`params[${pyString(script.plan.connections.get(action.connection) ?? '')}]`,
				pyString(language),
				`${isFile ? 'path' : 'script'}=${text}`,
				...(timeoutMinutes === undefined ? [] : [`timeout_minutes=${timeoutMinutes}`]),
			]
			return `${script.use('run_on_cluster')}(${given.join(', ')})`
		}
		case 'create': {
			const given = [
				valueIn(script, action.name),
				`nodes=${action.nodes}`,
				...(action.mayExist ? ['may_exist=True'] : []),
			]
			return `${script.use('create_cluster')}(${given.join(', ')})`
		}
		case 'delete': {
			const given = [valueIn(script, action.name), ...(action.mayBeAbsent ? ['may_be_absent=True'] : [])]
			return `${script.use('delete_cluster')}(${given.join(', ')})`
		}
	}
}

export function userStatusBody({ value }: UserStatusTask, script: ScriptContext): Node {
	return `${script.use('tell_user_status')}(spark, params[${pyString(userStatusArgument)}], ${valueIn(script, value)})`
}

export function waitBody({ id, path, until, timeoutSeconds }: WaitForFileTask, script: ScriptContext): Node {
	const options = [
		...(until === 'appears' ? [] : ['until="disappears"']),
		...(timeoutSeconds === undefined ? [] : [`timeout_seconds=${timeoutSeconds}`]),
	]
	return `${script.use('wait_for_file')}(${['spark', placeText(sourcePlace(id), path, script), ...options].join(', ')})`
}
