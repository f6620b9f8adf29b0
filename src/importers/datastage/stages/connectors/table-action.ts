/** What a connector does to its table before the first row. */
import type { TableTarget } from '#model/places.ts'
import { parameterised } from '../../paths.ts'
import type { StageContext } from '../../stage-context.ts'
import { tableActions } from './databases.ts'
import type { Settings } from './settings.ts'
import { statementsOf } from './sql-text.ts'

const own = {
	create: [['GenerateCreateStatement', 'CreateStatement']],
	replace: [
		['GenerateDropStatement', 'DropStatement'],
		['GenerateCreateStatement', 'CreateStatement'],
	],
	truncate: [['GenerateTruncateStatement', 'TruncateStatement']],
} as const

/** The action as a part of the target. A statement of the stage's own becomes a task before the flow, and the action is done. */
export function tableAction(
	context: StageContext,
	settings: Settings,
	connection: string,
	table: string,
): Pick<TableTarget, 'action'> {
	const code = settings.text('Usage/TableAction') || '0'
	if (!Object.hasOwn(tableActions, code)) context.refuse(`its table action has the code ${code}, which is not known`)
	const action = tableActions[code as keyof typeof tableActions]
	if (action === undefined) return {}
	const at = 'Usage/TableAction'
	const statements = own[action].filter(([flag]) => settings.text(`${at}/${flag}`) === '0')
	if (statements.length > 0 && statements.length < own[action].length)
		context.refuse('of the statements that make its table anew one is its own and one is not')
	for (const [flag, name] of statements) {
		const text = settings.text(`${at}/${flag}/${name}`) || settings.text(`${at}/${name}`)
		if (text === '') context.refuse(`its ${name} is not in the export`)
		for (const statement of statementsOf(text)) {
			context.around({
				when: 'before',
				connection,
				statement: parameterised(context, statement, context.stage.record.lines),
				failOnError: settings.text(`${at}/${flag}/FailOnError`) !== '0',
				name: `${context.stage.name} ${action}`,
			})
		}
	}
	if (statements.length > 0) return {}
	if (settings.text(`Usage/TableAction/TableActionFirst`) !== '0') refuseTouched(context, settings, table)
	if (action !== 'truncate') context.differ('RG-D092', `${context.stage.name} makes ${table}`)
	return { action }
}

/** The new job empties or makes the table when it writes, which is after the statements that the legacy job ran next. */
function refuseTouched(context: StageContext, settings: Settings, table: string): void {
	if (!settings.isSet('Usage/BeforeAfter')) return
	const before = `${settings.text('Usage/BeforeAfter/BeforeSQL')} ${settings.text('Usage/BeforeAfter/BeforeSQLNode')}`
	const name = table.split('.').at(-1)?.replaceAll('"', '') ?? table
	if (name !== '' && before.toLowerCase().includes(name.toLowerCase()))
		context.refuse('its statement before the first row changes the table that it has just emptied or made')
}
