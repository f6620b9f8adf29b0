/**
 * The databases that a task of a maintenance plan works on: those that it names, or those that the server has of a kind when the
 * task runs (Microsoft: the options of the maintenance plan tasks). A statement for one database runs inside it, so what it finds
 * there it finds by itself.
 */
import { childrenOf } from '../../xml/element.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { isTrue } from '../formats/properties.ts'
import type { Maintenance } from './maintenance.ts'
import { quoted } from './maintenance.ts'

const system = "N'master', N'model', N'msdb'"

/** By `DatabaseSelectionType`. Never tempdb: all, those of the system, those of users. */
const kinds: Readonly<Record<string, string>> = {
	1: "name <> N'tempdb'",
	2: `name IN (${system})`,
	3: `name NOT IN (${system}, N'tempdb')`,
}

const namedDatabases = ({ data }: Pick<Maintenance, 'data'>): readonly string[] =>
	childrenOf(data, 'SQLTask:SelectedDatabases').map((one) => one.attributes.get('SQLTask:DatabaseName') ?? '')

/** The statement in each of the task's databases. A chosen one that is offline ends the task, unless the task passes over it. */
export function inDatabases(task: Maintenance, statement: string): readonly string[] | Refusal {
	const condition = kinds[task.setting('DatabaseSelectionType')]
	if (condition !== undefined) {
		const online = isTrue(task.setting('IgnoreDatabasesInNotOnlineState')) ? " AND state_desc = N'ONLINE'" : ''
		const each = quoted(`.sys.sp_executesql ${quoted(statement)};`)
		return [runEach(`N'EXEC ' + QUOTENAME(name) + ${each}`, `sys.databases WHERE ${condition}${online}`)]
	}
	const names = namedDatabases(task)
	if (names.length === 0 || names.includes('')) return refuse('it names no database')
	return names.map((name) => `EXEC ${bracketed(name)}.sys.sp_executesql ${quoted(statement)}`)
}

/**
 * Runs a statement for each row: an expression makes its text, which ends with a semicolon. A driver that is told a number of rows
 * takes it for the end, so none is told.
 */
export const runEach = (text: string, rows: string): string =>
	`SET NOCOUNT ON; DECLARE @statements nvarchar(max) = N''; SELECT @statements += ${text} FROM ${rows}; EXEC sys.sp_executesql @statements`

const bracketed = (name: string): string => `[${name.replaceAll(']', ']]')}]`
