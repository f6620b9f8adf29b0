/**
 * Command lines of sqlcmd and osql that run statements, or a file of them (Microsoft: sqlcmd Utility; osql Utility):
 * `sqlcmd -S srv -d shop -E -Q "EXEC load"`.
 */
import type { SqlTask } from '#model/control-flow.ts'
import { valueText } from '#model/json-values.ts'
import type { Refusal } from '../../flow/parts.ts'
import { refuse } from '../../flow/parts.ts'
import { batches } from '../../flow/sql.ts'
import { textOf } from '../../package-scope.ts'
import type { TaskContext } from '../task-context.ts'
import { optionsOf } from './options.ts'
import { databaseOf } from './server-tools.ts'
import type { Places, Step } from './steps.ts'
import { absolute } from './steps.ts'
import type { Word } from './words.ts'
import { joined } from './words.ts'

/** The login, and what the answer looks like in a window that nobody sees. */
const letters = { valued: 'SdUPQqiltawhsVmfyYHKD', plain: 'EbIeNkWuCnpRx' }

export function sqlcmd(
	program: string,
	words: readonly Word[],
	places: Places,
	context: TaskContext,
): readonly Step[] | Refusal {
	const options = optionsOf(program, words, letters)
	if ('reason' in options) return options
	const { values, others } = options
	if (others.length > 0) return refuse(`${program} names more than it takes`)
	const [query, file] = [values.get('Q') ?? values.get('q'), values.get('i')]
	if (query !== undefined && file !== undefined) return refuse(`${program} has a statement and a file`)
	const statement = query === undefined ? fileOf(file, program, places) : statementOf(query)
	if ('reason' in statement) return statement
	const connection = databaseOf(program, options, context)
	if ('reason' in connection) return connection
	const task = {
		kind: 'execute-sql',
		connection: connection.name,
		...statement,
		parameters: [],
		result: { kind: 'none' },
	} as const
	return [{ task, open: false }]
}

type Statement = Pick<SqlTask, 'batches' | 'file'>

/** `$(name)` stands for a variable of sqlcmd, of the machine where none is given. */
function statementOf(query: Word): Statement | Refusal {
	const sql = joined(query.pieces)
	if (/\$\(/.test(sql.text)) return refuse('its statement holds variables of sqlcmd')
	if (sql.expression.kind !== 'literal') return { batches: [sql] }
	return { batches: batches(valueText(sql.expression.value)).map(textOf) }
}

function fileOf(file: Word | undefined, program: string, { folder }: Places): Statement | Refusal {
	if (file === undefined) return refuse(`${program} waits for statements`)
	const path = absolute(file, folder)
	return path === undefined
		? refuse(`the path ${joined(file.pieces).text} begins in a folder that only the old server knows`)
		: { batches: [], file: joined(path.pieces) }
}
