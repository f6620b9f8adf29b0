/**
 * CDC Control task: moves the state of change data capture on (Microsoft: CDC Control Task; Define a State Variable). The state is
 * in a variable, which the CDC Source reads; a table keeps it from run to run where the task says so. Its element is stored as
 * `<CDCControlTask Connection="…" TaskOperation="GetProcessingRange" StateVariable="User::CDC_State" …/>`.
 */
import type { ControlFlow, SqlParameter, SqlTask, Task } from '#model/control-flow.ts'
import { isTableName } from '#model/table-names.ts'
import { text } from '#model/types.ts'
import { childOf } from '../../xml/element.ts'
import { connectionName } from '../connection-names.ts'
import { numberAfter } from '../flow/cdc-state.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { isTrue } from '../formats/properties.ts'
import { textOf } from '../package-scope.ts'
import { quoted } from './maintenance.ts'
import type { TaskContext } from './task-context.ts'
import { declareAt, taskBase } from './task-context.ts'

const follows = (name: string): string => `@state LIKE '${name}/%'`

/** The next state without its time: nothing where the one before is none that the operation follows. */
const operations: Readonly<Record<string, string>> = {
	ResetCdcState: "'TFEND/CS/' + @latest",
	MarkInitialLoadStart: "'ILSTART/IR/' + @latest + '/'",
	MarkInitialLoadEnd: `CASE WHEN ${follows('ILSTART')} THEN 'ILEND/IR/' + @initial + '/' + @latest END`,
	MarkCdcStart: "'TFEND/CS/' + @latest",
	GetProcessingRange: [
		'CASE',
		`    WHEN ${follows('TFEND')} THEN 'TFSTART/CS/' + @start + '/CE/' + @latest`,
		// A range that was not processed to its end is processed again.
		`    WHEN ${follows('TFSTART')} OR ${follows('TFREDO')} THEN 'TFREDO/CS/' + @start + '/CE/' + @end`,
		`    WHEN ${follows('ILEND')} THEN 'ILUPDATE' + SUBSTRING(@state, 6, 49) + '/CS/' + @initial + '/CE/' + @latest`,
		`    WHEN ${follows('ILUPDATE')} THEN LEFT(@state, CHARINDEX('/TS/', @state) - 1)`,
		'END',
	].join('\n'),
	MarkProcessedRange: `CASE WHEN ${['TFSTART', 'TFREDO', 'ILUPDATE'].map(follows).join(' OR ')} THEN 'TFEND/CS/' + @end END`,
}

export function lowerCdcControl(context: TaskContext): Task | Refusal {
	const { executable, scope } = context
	const data = childOf(executable.data, 'CDCControlTask')
	if (data === undefined) return refuse('it holds no settings')
	const setting = (name: string): string => data.attributes.get(name)?.trim() ?? ''
	const operation = setting('TaskOperation')
	const next = operations[operation]
	if (next === undefined) return refuse(`it does ${operation === '' ? 'nothing that is stated' : operation}`)
	const latest = latestNumber(operation, setting('OperationParameter'))
	if (typeof latest !== 'string') return latest
	const source = scope.connection(setting('Connection'))
	if (source === undefined) return refuse('its connection manager is not there')
	const variable = scope.value(setting('StateVariable'))
	if (variable?.kind !== 'variable') return refuse('the variable that holds its state is not there')
	if (operation === 'MarkInitialLoadEnd')
		declareAt(context, 'RG-D158', 'The load ends at the latest change that is captured then.')
	const made = maker(context, variable.name)
	const move = made('move', connectionName(source), moveOf(operation, next, latest), true)
	if (!isTrue(setting('AutomaticStatePersistence'))) return { ...move, ...taskBase(context) }
	const keeper =
		scope.connection(setting('StateConnection')) ?? (setting('StateConnection') === '' ? source : undefined)
	if (keeper === undefined) return refuse('the connection manager of its table of states is not there')
	const [table, name] = [setting('StateTable'), quoted(setting('StateName'))]
	if (!isTableName(table)) return refuse('it names no table of states')
	const load = `SELECT COALESCE((SELECT [state] FROM ${table} WHERE [name] = ${name}), '') AS [state]`
	const keep = [
		'SET NOCOUNT ON',
		'DECLARE @state varchar(256) = ?',
		`UPDATE ${table} SET [state] = @state WHERE [name] = ${name}`,
		`IF @@ROWCOUNT = 0 INSERT INTO ${table} ([name], [state]) VALUES (${name}, @state)`,
	].join(';\n')
	const steps = [
		{ ...made('load', connectionName(keeper), load, true), parameters: [] },
		move,
		made('keep', connectionName(keeper), keep, false),
	]
	return { ...taskBase(context), kind: 'sequence', body: inTurn(steps) }
}

/** The number from which the operation reckons: the latest that is captured, or the one that is stored with the task. */
function latestNumber(operation: string, parameter: string): string | Refusal {
	if (operation !== 'MarkCdcStart' || parameter === '') return 'CONVERT(varchar(22), sys.fn_cdc_get_max_lsn(), 1)'
	return /^0x[0-9a-f]{20}$/i.test(parameter)
		? `'${parameter}'`
		: refuse('it starts at the state of a database snapshot')
}

const number = (name: string, value: string): string => `DECLARE @${name} varchar(22) = ${value}`

function moveOf(operation: string, next: string, latest: string): string {
	const message = quoted(`${operation} cannot follow the present state of change data capture`)
	const numbers = [
		number('latest', latest),
		number('start', numberAfter('@state', 'CS')),
		number('end', numberAfter('@state', 'CE')),
		number('initial', numberAfter('@state', 'IR')),
	]
	return [
		'SET NOCOUNT ON',
		'DECLARE @state varchar(256) = ?',
		...numbers.filter((one) => next.includes(one.split(' ')[1] ?? '')),
		`DECLARE @next varchar(256) = ${next}`,
		`IF @next IS NULL THROW 50000, ${message}, 1`,
		"SELECT @next + '/TS/' + CONVERT(varchar(33), SYSUTCDATETIME(), 126) + '/' AS [state]",
	].join(';\n')
}

function maker(context: TaskContext, variable: string) {
	const base = taskBase(context)
	const given: SqlParameter = { direction: 'input', variable, type: text(256) }
	return (part: string, connection: string, sql: string, gives: boolean): SqlTask => ({
		...base,
		id: `${base.id}\\${part}`,
		name: `${base.name}, ${part}`,
		disabled: false,
		kind: 'execute-sql',
		connection,
		batches: [textOf(sql)],
		parameters: [given],
		result: gives ? { kind: 'single-row', bindings: [{ column: 'state', variable }] } : { kind: 'none' },
	})
}

function inTurn(tasks: readonly SqlTask[]): ControlFlow {
	const precedences = tasks.slice(1).map((task, index) => ({
		id: `${task.id}\\after`,
		from: tasks[index]?.id ?? '',
		to: task.id,
		outcome: 'success' as const,
		combine: 'and' as const,
		provenance: task.provenance,
	}))
	return { tasks, precedences, joins: [] }
}
