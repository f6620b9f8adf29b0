import type { Task } from '#model/control-flow.ts'
import { childOf } from '../../xml/element.ts'
import { connectionName } from '../connection-names.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { read } from '../package-scope.ts'
import type { TaskContext } from './task-context.ts'
import { declareAt, taskBase } from './task-context.ts'

const priorities: Readonly<Record<string, 'low' | 'normal' | 'high'>> = {
	Low: 'low',
	High: 'high',
	'1': 'low',
	'2': 'high',
}

/** Send Mail task (Microsoft: Send Mail Task). */
export function lowerSendMail(context: TaskContext): Task | Refusal {
	const { executable, scope, properties } = context
	const data = childOf(executable.data, 'SendMailTask:SendMailTaskData')
	if (data === undefined) return refuse('it holds no message')
	const stored = (name: string): string => data.attributes.get(`SendMailTask:${name}`) ?? ''
	const connection = scope.connection(stored('SMTPServer'))
	if (connection === undefined) return refuse('its mail server is not there')
	const text = (name: string) => properties.text(name, stored(name))
	const kind = stored('MessageSourceType') || 'DirectInput'
	const variable = kind === 'Variable' || kind === '3' ? scope.value(stored('MessageSource')) : undefined
	if (variable === undefined && kind !== 'DirectInput' && kind !== '1') {
		return refuse(/Variable|3/.test(kind) ? 'the variable of its message is not there' : 'its message is in a file')
	}
	declareAt(context, 'RG-D053', 'Amazon SES sends it instead of the mail server of the connection.')
	return {
		...taskBase(context),
		kind: 'mail',
		connection: connectionName(connection),
		from: properties.text('FromLine', stored('From')),
		to: properties.text('ToLine', stored('To')),
		cc: properties.text('CCLine', stored('CC')),
		bcc: properties.text('BCCLine', stored('BCC')),
		subject: text('Subject'),
		text: properties.computed('MessageSource') ?? (variable === undefined ? text('MessageSource') : read(variable)),
		attachments: properties.text('FileAttachments', stored('Attachments')),
		priority: priorities[stored('Priority')] ?? 'normal',
	}
}
