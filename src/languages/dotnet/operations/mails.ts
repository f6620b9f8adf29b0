/** Mails made piece by piece (Microsoft: System.Net.Mail); Amazon SES sends them, as it does those of the Send Mail task. */
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import { atom, binary, call, method, pyString } from '../../python.ts'
import type { Member } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import type { ScriptThing } from '../runtime.ts'
import { asBoolean, asText, asThing } from '../runtime.ts'

const { string, boolean, nothing, int } = scriptTypes
const mail: ScriptType = { kind: 'thing', name: 'MailMessage' }
const server: ScriptType = { kind: 'thing', name: 'SmtpClient' }
const address: ScriptType = { kind: 'thing', name: 'MailAddress' }
const attachment: ScriptType = { kind: 'thing', name: 'Attachment' }

function newMail(sender = '', to = '', subject = '', body = ''): ScriptThing {
	const state = { sender, to, cc: '', bcc: '', subject, body, attachments: '', priority: 'normal', is_html: false }
	return { kind: 'thing', name: 'MailMessage', state }
}

/** A property that is set, by its name in the script and in Python. */
const sets = (property: string, held: string, type: ScriptType): Member =>
	instance('MailMessage', `set ${property}`, {
		id: `MailMessage.${property}`,
		parameters: [mail, type],
		result: nothing,
		isEffect: true,
		evaluate: ([one, value]) => {
			asThing(one).state[held] = value ?? null
			return null
		},
		python: ([one, value]) => atom(`${one.code}.${held} = ${value.code}`),
	})

/** Lists that one adds to: `mail.To.Add("a@b.org")`. */
function gathers(property: string, held: string, separator: string, taken: readonly ScriptType[]): readonly Member[] {
	const collection: ScriptType = { kind: 'thing', name: `MailMessage.${property}` }
	return [
		instance('MailMessage', property, {
			id: `MailMessage.${property}.get`,
			parameters: [mail],
			result: collection,
			evaluate: ([one]) => one ?? null,
			python: ([one]) => one,
		}),
		...taken.map((type, at) =>
			instance(collection.name, 'Add', {
				id: `MailMessage.${property}.Add(${at})`,
				parameters: [collection, type],
				result: nothing,
				isEffect: true,
				evaluate: ([one, value]) => {
					const { state } = asThing(one)
					const before = asText(state[held])
					state[held] = before === '' ? asText(value) : `${before}${separator}${asText(value)}`
					return null
				},
				python: ([one, value]) => atom(`${one.code}.${held}.append(${value.code})`),
			}),
		),
	]
}

/** An address or a file is its text. */
const texts: readonly Member[] = (
	[
		['MailAddress', address],
		['Attachment', attachment],
	] as const
).map(([name, type]) =>
	fixed(name, 'new', {
		id: `${name}.new`,
		parameters: [string],
		result: type,
		evaluate: ([text]) => asText(text),
		python: ([text]) => text,
		...(name === 'Attachment' ? { paths: [0] } : {}),
	}),
)

/** `"Name" <a@b.org>`, as a mail has it in its head (RFC 5322, 3.4). */
const named = fixed('MailAddress', 'new', {
	id: 'MailAddress.new(name)',
	parameters: [string, string],
	result: address,
	evaluate: ([text, name]) => `"${asText(name)}" <${asText(text)}>`,
	python: ([text, name]) =>
		['"', name, '" <', text, '>']
			.map((part) => (typeof part === 'string' ? atom(pyString(part)) : part))
			.reduce((whole, part) => binary('+', whole, part)),
})

const parts = ['sender', 'to', 'cc', 'bcc', 'subject', 'body', 'attachments', 'priority', 'is_html'] as const

export const mailMembers: readonly Member[] = [
	...texts,
	named,
	...[0, 2, 4].map((count) =>
		fixed('MailMessage', 'new', {
			id: `MailMessage.new(${count})`,
			parameters: Array.from({ length: count }, () => string),
			result: mail,
			isEffect: true,
			evaluate: (args) => newMail(...args.map(asText)),
			python: (args) => call('Mail', ...args.slice(0, count)),
		}),
	),
	sets('From', 'sender', address),
	sets('Subject', 'subject', string),
	sets('Body', 'body', string),
	sets('Priority', 'priority', string),
	sets('IsBodyHtml', 'is_html', boolean),
	...gathers('To', 'to', ';', [string, address]),
	...gathers('CC', 'cc', ';', [string, address]),
	...gathers('Bcc', 'bcc', ';', [string, address]),
	...gathers('Attachments', 'attachments', '|', [attachment]),
	fixed('MailMessage', 'new', {
		id: 'MailMessage.new(addresses)',
		parameters: [address, address],
		result: mail,
		isEffect: true,
		evaluate: ([sender, to]) => newMail(asText(sender), asText(to)),
		python: ([sender, to]) => call('Mail', sender, to),
	}),
	...[[], [string], [string, int]].map((takes) =>
		fixed('SmtpClient', 'new', {
			id: `SmtpClient.new(${takes.length})`,
			parameters: takes,
			result: server,
			evaluate: () => ({ kind: 'thing', name: 'SmtpClient', state: {} }),
			python: () => atom('None'),
			differences: ['RG-D053'],
		}),
	),
	instance('SmtpClient', 'Send', {
		id: 'SmtpClient.Send(mail)',
		parameters: [server, mail],
		result: nothing,
		isEffect: true,
		helper: 'send_mail',
		evaluate: ([, one], { outside }) => {
			const { state } = asThing(one)
			const args = parts.map((name) => (name === 'is_html' ? asBoolean(state[name]) : asText(state[name])))
			return outside({ helper: 'send_mail', args, names: [...parts] })
		},
		python: ([, one]) => method(one, 'send', atom('spark')),
	}),
]
