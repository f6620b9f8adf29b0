/**
 * Rebuild Index, Reorganize Index and Update Statistics tasks, with the statements that their editors show, for all tables and views
 * of their databases (Microsoft: Rebuild Index Task; Reorganize Index Task; Update Statistics Task). What a task for single tables
 * stores is not documented, nor are the conditions that SQL Server 2016 added: such a task is left to a person.
 */
import type { Task } from '#model/control-flow.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { isTrue } from '../formats/properties.ts'
import { inDatabases, runEach } from './chosen-databases.ts'
import type { Maintenance } from './maintenance.ts'
import { knownOnly, maintenanceOf } from './maintenance.ts'
import type { TaskContext } from './task-context.ts'

const table = "QUOTENAME(s.name) + N'.' + QUOTENAME(o.name)"

/** Tables and views of users that have an index: what has none keeps no statistics of indexes either. */
const owners = 'sys.objects AS o JOIN sys.schemas AS s ON s.schema_id = o.schema_id'
const indexed = `${owners} WHERE o.type IN ('U', 'V') AND EXISTS (SELECT 1 FROM sys.indexes AS i WHERE i.object_id = o.object_id AND i.index_id > 0)`
const counted = `${owners} WHERE o.type IN ('U', 'V') AND EXISTS (SELECT 1 FROM sys.stats AS t WHERE t.object_id = o.object_id)`

export function lowerRebuildIndex(context: TaskContext): Task | Refusal {
	return lowerFor(context, ['UseOriginalAmount', 'Percentage', 'Sort', 'KeepOnline'], (task) => {
		const free = task.setting('Percentage')
		const keeps = isTrue(task.setting('UseOriginalAmount') || 'True')
		if (!keeps && !/^(?:100|\d{1,2})$/.test(free)) return refuse('it does not say how much of a page stays free')
		const options = [
			`SORT_IN_TEMPDB = ${onOff(task.setting('Sort'))}`,
			`ONLINE = ${onOff(task.setting('KeepOnline'))}`,
			// A fill factor of 0 means full pages.
			...(keeps ? [] : [`FILLFACTOR = ${100 - Number(free)}`]),
		]
		return runEach(`N'ALTER INDEX ALL ON ' + ${table} + N' REBUILD WITH (${options.join(', ')});'`, indexed)
	})
}

export function lowerReorganizeIndex(context: TaskContext): Task | Refusal {
	return lowerFor(context, ['CompactLargeObjects'], (task) => {
		const compacts = onOff(task.setting('CompactLargeObjects') || 'True')
		return runEach(`N'ALTER INDEX ALL ON ' + ${table} + N' REORGANIZE WITH (LOB_COMPACTION = ${compacts});'`, indexed)
	})
}

/** By `UpdateStatisticsType`: those of indexes, those of columns, all. */
const groups: Readonly<Record<string, string>> = { 0: ', INDEX', 1: ', COLUMNS', 2: '' }

export function lowerUpdateStatistics(context: TaskContext): Task | Refusal {
	return lowerFor(context, ['UpdateStatisticsType', 'UpdateScanType', 'UpdateSampleValue'], (task) => {
		const [group, scan] = [groups[task.setting('UpdateStatisticsType') || '2'], scanOf(task)]
		if (group === undefined || scan === undefined) return refuse('it does not say which statistics it updates, or how')
		return runEach(`N'UPDATE STATISTICS ' + ${table} + N' WITH ${scan}${group};'`, counted)
	})
}

/** By `UpdateScanType`: a sample in percent or rows, or all rows. */
function scanOf(task: Maintenance): string | undefined {
	const size = task.setting('UpdateSampleValue')
	switch (task.setting('UpdateScanType') || '3') {
		case '1':
			return /^\d+$/.test(size) ? `SAMPLE ${size} PERCENT` : undefined
		case '2':
			return /^\d+$/.test(size) ? `SAMPLE ${size} ROWS` : undefined
		case '3':
			return 'FULLSCAN'
		default:
			return undefined
	}
}

const onOff = (flag: string): string => (isTrue(flag) ? 'ON' : 'OFF')

function lowerFor(
	context: TaskContext,
	settings: readonly string[],
	make: (task: Maintenance) => string | Refusal,
): Task | Refusal {
	const task = maintenanceOf(context, [...settings, 'IgnoreDatabasesInNotOnlineState'])
	if ('reason' in task) return task
	const unknown = knownOnly(task, settings)
	if (unknown !== undefined) return unknown
	const statement = make(task)
	if (typeof statement !== 'string') return statement
	const statements = inDatabases(task, statement)
	return 'reason' in statements ? statements : task.statements(...statements)
}
