/** What the package says of a task that is not translated, for the person who replaces it: settings that public packages show. */
import type { ExecutableRecord } from '../formats/records.ts'

type Setting = (name: string) => string

const details: Readonly<Record<string, (setting: Setting) => readonly string[]>> = {
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
	'Microsoft.WmiDataReaderTask': (setting) => [named('query', setting('WQLQuerySource'))],
}

/** In brackets behind the reason; empty where the package says nothing that is understood. */
export function detailsOf({ type, data }: Pick<ExecutableRecord, 'type' | 'data'>): string {
	const tell = Object.hasOwn(details, type) ? details[type] : undefined
	// Names of attributes have the prefix of the task or none.
	const stored = new Map(
		[...(data?.children[0]?.attributes ?? [])].map(([name, value]) => [name.replace(/^.*:/, ''), value]),
	)
	const found = (tell?.((name) => stored.get(name)?.trim() ?? '') ?? []).filter((one) => one !== '')
	return found.length === 0 ? '' : ` (${found.join(', ')})`
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
