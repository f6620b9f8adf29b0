/** Databases that the command line tools of SQL Server name themselves, as connections of the job. */
import { placeKey } from '#languages/dotnet/connection-text.ts'
import type { Refusal } from '../../flow/parts.ts'
import { refuse } from '../../flow/parts.ts'
import { placesOf } from '../../scripts/contract.ts'
import type { TaskContext } from '../task-context.ts'
import { declareAt, placeOf } from '../task-context.ts'
import type { Options } from './options.ts'
import { plainWord } from './words.ts'

/**
 * The connection manager of the package that names the same database, or a connection of its own name. `-S` is the server, the
 * default instance of the old one where it is left out; `-d` the database, the login's where it is left out.
 */
export function databaseOf(program: string, { values }: Options, context: TaskContext): { name: string } | Refusal {
	const told = (letter: string, otherwise: string): string | undefined => {
		const word = values.get(letter)
		return word === undefined ? otherwise : plainWord(word)
	}
	const server = told('S', '.')
	const database = told('d', '')
	if (server === undefined || database === undefined) return refuse('only the run shows which database it works on')
	declareAt(
		context,
		'RG-D197',
		`${program} names the server ${server}${database === '' ? '' : `, database ${database}`}.`,
	)
	const known = placesOf(context.scope).get(placeKey({ server, database }))
	if (known !== undefined) return { name: known }
	const name = `${database === '' ? 'default database' : database} on ${server}`
	const { connections } = context.collected
	if (!connections.some((one) => one.name === name))
		connections.push({
			name,
			kind: 'database',
			dialect: 'sqlserver',
			description: `server ${server}, ${database === '' ? 'default database of the login' : `database ${database}`}`,
			provenance: placeOf(context),
		})
	return { name }
}
