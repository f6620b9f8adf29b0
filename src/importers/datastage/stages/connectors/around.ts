/** Statements that a connector runs before its first row and after its last. */
import { parameterised } from '../../paths.ts'
import type { StageContext } from '../../stage-context.ts'
import type { Settings } from './settings.ts'
import { statementsOf } from './sql-text.ts'

const places = [
	{ when: 'before', path: 'BeforeSQL', file: 'ReadFromFileBeforeSQL', node: false },
	{ when: 'before', path: 'BeforeSQLNode', file: 'ReadFromFileBeforeSQLNode', node: true },
	{ when: 'after', path: 'AfterSQL', file: 'ReadFromFileAfterSQL', node: false },
	{ when: 'after', path: 'AfterSQLNode', file: 'ReadFromFileAfterSQLNode', node: true },
] as const

/** Takes the statements over as tasks around the data flow. */
export function statementsAround(context: StageContext, settings: Settings, connection: string): void {
	if (!settings.isSet('Usage/BeforeAfter')) return
	for (const { when, path, file, node } of places) {
		const at = `Usage/BeforeAfter/${path}`
		const sql = settings.text(at)
		if (sql === '') continue
		if (settings.isSet(`${at}/${file}`)) {
			context.refuse(`its ${path} stands in the file ${sql}, which is not part of the export`)
			continue
		}
		if (node) context.differ('RG-D090', `${path} of ${context.stage.name} runs once`)
		const failOnError = settings.text(`${at}/FailOnError`) !== '0'
		for (const statement of statementsOf(sql)) {
			const text = parameterised(context, statement, context.stage.record.lines)
			context.around({ when, connection, statement: text, failOnError, name: `${context.stage.name} ${when}` })
		}
	}
}
