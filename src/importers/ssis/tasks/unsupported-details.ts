/** What the package says of a task that is not translated, for the person who replaces it: settings that public packages show. */
import type { XmlElement } from '../../xml/element.ts'
import type { ExecutableRecord } from '../formats/records.ts'

type Setting = (name: string) => string
/** A setting of an element inside the task's own. */
type Inside = (element: string, name: string) => string

const details: Readonly<Record<string, (setting: Setting, inside: Inside) => readonly string[]>> = {
	'Microsoft.DataProfilingTask': (setting) => [named('to the file', setting('Destination'))],
	'Microsoft.MessageQueueTask': (setting) => [named('queue', setting('QueuePath'))],
	'Microsoft.TransferDatabaseTask': (setting) => [
		named('database', setting('SrcDBName')),
		named('as', setting('DestDBName')),
	],
	'Microsoft.TransferSqlServerObjectsTask': (setting) => [
		named('from', setting('SourceDatabase')),
		named('to', setting('DestinationDatabase')),
		named('tables', listed(setting('TablesList')).join(', ')),
	],
	'Microsoft.WebServiceTask': (setting, inside) => [
		named('service', setting('Service')),
		named('method', inside('MethodInfo', 'MethodName')),
		named('WSDL file', setting('WSDLFile')),
		named('answer to', setting('OutputLocation')),
	],
	'Microsoft.WmiDataReaderTask': (setting) => [named('query', setting('WQLQuerySource'))],
}

/** In brackets behind the reason; empty where the package says nothing that is understood. */
export function detailsOf({ type, data }: Pick<ExecutableRecord, 'type' | 'data'>): string {
	const tell = Object.hasOwn(details, type) ? details[type] : undefined
	const own = data?.children[0]
	const setting = settingOf(own)
	const inside: Inside = (element, name) =>
		settingOf(own?.children.find((child) => plainName(child.name) === element))(name)
	const found = (tell?.(setting, inside) ?? []).filter((one) => one !== '')
	return found.length === 0 ? '' : ` (${found.join(', ')})`
}

/** Names have the prefix of the task or none. */
const plainName = (name: string): string => name.replace(/^.*:/, '')

function settingOf(element: XmlElement | undefined): Setting {
	const stored = new Map([...(element?.attributes ?? [])].map(([name, value]) => [plainName(name), value]))
	return (name) => stored.get(name)?.trim() ?? ''
}

const named = (what: string, value: string): string => (value === '' ? '' : `${what} ${value}`)

/** A list of names as the transfer tasks store it: how many, then the length of each before it, `2,9,[dbo].[a],9,[dbo].[b],`. */
function listed(text: string): readonly string[] {
	const names: string[] = []
	let rest = text.replace(/^\d+,/, '')
	for (let length = /^(\d+),/.exec(rest); length !== null; length = /^(\d+),/.exec(rest)) {
		const start = length[0].length
		names.push(rest.slice(start, start + Number(length[1])))
		rest = rest.slice(start + Number(length[1]) + 1)
	}
	return names
}
