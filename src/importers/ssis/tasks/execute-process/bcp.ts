/** Command lines of bcp that load a file into a table (Microsoft: bcp Utility): the BULK INSERT statement that does the same. */
import type { Refusal } from '../../flow/parts.ts'
import { refuse } from '../../flow/parts.ts'
import { bulkInsert } from '../bulk-insert-statement.ts'
import type { TaskContext } from '../task-context.ts'
import { declareAt } from '../task-context.ts'
import type { Options } from './options.ts'
import { optionsOf } from './options.ts'
import { databaseOf } from './server-tools.ts'
import type { Places, Step } from './steps.ts'
import { absolute } from './steps.ts'
import type { Word } from './words.ts'
import { joined, plainWord } from './words.ts'

/** Login, size of packets and quoted names say nothing about the rows. */
const letters = { valued: 'SdUPtrFLbmCfah', plain: 'TcwnkEqN' }

export function bcp(words: readonly Word[], places: Places, context: TaskContext): readonly Step[] | Refusal {
	const options = optionsOf('bcp', words, letters)
	if ('reason' in options) return options
	const [table, direction, file, ...more] = options.others
	if (table === undefined || direction === undefined || file === undefined || more.length > 0)
		return refuse('bcp does not name a table, a direction and a file')
	const way = plainWord(direction)?.toLowerCase()
	if (way !== 'in')
		return refuse(
			'bcp writes a file whose columns only the database knows: a data flow from the table to a file does the same',
		)
	const name = plainWord(table)
	const path = absolute(file, places.folder)
	if (name === undefined || path === undefined) return refuse('only the run shows which table bcp fills, or from where')
	const settings = settingsOf(options)
	if ('reason' in settings) return settings
	const connection = databaseOf('bcp', options, context)
	if ('reason' in connection) return connection
	const source = joined(path.pieces)
	declareAt(context, 'RG-D056', `The server of ${connection.name} reads ${source.text} itself.`)
	const batches = [bulkInsert(name, source, settings.list)]
	const task = {
		kind: 'execute-sql',
		connection: connection.name,
		batches,
		parameters: [],
		result: { kind: 'none' },
	} as const
	return [{ task, open: false }]
}

const quoted = (name: string, value: string): string => `${name} = '${value.replaceAll("'", "''")}'`

function settingsOf({ values, switches }: Options): { readonly list: readonly string[] } | Refusal {
	const told = new Map<string, string>()
	for (const letter of 'trFLbmCfh') {
		const word = values.get(letter)
		const value = word === undefined ? '' : plainWord(word)
		if (value === undefined) return refuse(`only the run shows the value of -${letter} of bcp`)
		told.set(letter, value)
	}
	const value = (letter: string): string => told.get(letter) ?? ''
	const forms = ['c', 'w', 'n'].filter((letter) => switches.has(letter))
	if (switches.has('N') || forms.length + (value('f') === '' ? 0 : 1) !== 1)
		return refuse('bcp asks for the form of the columns, or has several')
	const number = (name: string, letter: string): readonly string[] =>
		/^\d+$/.test(value(letter)) ? [`${name} = ${value(letter)}`] : []
	const text = (name: string, letter: string): readonly string[] =>
		value(letter) === '' ? [] : [quoted(name, value(letter))]
	const fileType = { c: 'char', w: 'widechar', n: 'native' }[forms[0] ?? '']
	const hints = value('h')
		.split(',')
		.map((hint) => hint.trim())
		.filter((hint) => hint !== '')
	return {
		list: [
			...hints,
			...(switches.has('E') ? ['KEEPIDENTITY'] : []),
			...(switches.has('k') ? ['KEEPNULLS'] : []),
			...text('CODEPAGE', 'C'),
			...(fileType === undefined ? text('FORMATFILE', 'f') : [quoted('DATAFILETYPE', fileType)]),
			...text('FIELDTERMINATOR', 't'),
			...text('ROWTERMINATOR', 'r'),
			...number('FIRSTROW', 'F'),
			...number('LASTROW', 'L'),
			...number('BATCHSIZE', 'b'),
			...number('MAXERRORS', 'm'),
		],
	}
}
