/** Settings of a flow's connector → the document that DSX has in `XMLProperties`. */
import type { ConnectorSettings } from './connector-settings.ts'
import { firstOf } from './connector-settings.ts'

export function connectorDocument(settings: ConnectorSettings, isSource: boolean): string {
	const body = [
		parent('Common', [element('Context', isSource ? '1' : '2')]),
		parent('Connection', [
			element('Database', firstOf(settings, 'database')),
			element('Server', firstOf(settings, 'host')),
		]),
		parent('Usage', [...(isSource ? reading(settings) : writing(settings)), ...both(settings), around(settings)]),
	]
	return `<?xml version='1.0' encoding='UTF-16'?><Properties version='1.1'>${body.join('')}</Properties>`
}

/** A word of a choice, which some connectors write behind an underscore; codes of Oracle stay as they are. */
const word = (settings: ConnectorSettings, name: string): string => firstOf(settings, name).replace(/^_/, '')
const isOn = (settings: ConnectorSettings, name: string): boolean => settings.get(name) === 'true'
const isOff = (settings: ConnectorSettings, name: string): boolean => settings.get(name) === 'false'

function both(settings: ConnectorSettings): readonly string[] {
	const quotes = ['enable_quoted_ids', 'enable_quoted_i_ds'].some((name) => isOn(settings, name))
	const table = [firstOf(settings, 'schema_name'), firstOf(settings, 'table_name')].filter((part) => part !== '')
	return [element('TableName', table.join('.')), element('EnableQuotedIDs', quotes ? '1' : '')]
}

function reading(settings: ConnectorSettings): readonly string[] {
	const mode = word(settings, 'read_mode')
	const statement = firstOf(settings, 'select_statement')
	const isGenerated = isOn(settings, 'generate_sql') || mode === 'general' || statement === ''
	return [
		element('ReadMode', ['', 'general', 'select'].includes(mode) ? '0' : mode),
		element('GenerateSQL', isGenerated ? '1' : '0'),
		element('LimitRows', isOn(settings, 'limit_rows') ? '1' : ''),
		parent('SQL', [
			element('SelectStatement', statement),
			element('WhereClause', firstOf(settings, 'where_clause', 'select_statement.where_clause')),
			element('OtherClause', firstOf(settings, 'other_clause', 'select_statement.other_clause')),
		]),
	]
}

function writing(settings: ConnectorSettings): readonly string[] {
	const statements = [
		['InsertStatement', firstOf(settings, 'insert_statement')],
		['UpdateStatement', firstOf(settings, 'update_statement')],
		['DeleteStatement', firstOf(settings, 'delete_statement')],
	] as const
	const isGenerated = isOn(settings, 'generate_sql') || statements.every(([, text]) => text === '')
	const ignoresErrors = ['session.fail_on_row_error_px', 'fail_on_row_error_px'].some((name) => isOff(settings, name))
	return [
		element('WriteMode', word(settings, 'write_mode')),
		element('GenerateSQL', isGenerated ? '1' : '0'),
		element('KeyColumnNames', firstOf(settings, 'key_column_names')),
		tableAction(settings),
		parent(
			'SQL',
			statements.map(([name, text]) => element(name, text)),
		),
		parent('Session', [element('FailOnRowErrorPX', ignoresErrors ? '0' : '')]),
	]
}

const actionStatements = [
	['GenerateCreateStatement', 'CreateStatement', 'generate_create_statement', 'create_statement'],
	['GenerateDropStatement', 'DropStatement', 'generate_drop_statement', 'drop_statement'],
	['GenerateTruncateStatement', 'TruncateStatement', 'generate_truncate_statement', 'truncate_statement'],
] as const

/** Statements of its own stand below the flag that they are not generated, or beside it (Oracle). */
function tableAction(settings: ConnectorSettings): string {
	const action = word(settings, 'table_action')
	if (action === '') return ''
	const own = actionStatements.flatMap(([flagElement, statementElement, flag, statement]) => {
		const path = [`table_action.${flag}`, flag].find((name) => settings.has(name))
		if (path === undefined || !isOff(settings, path)) return []
		const text = firstOf(settings, `${path}.${statement}`, statement)
		const fails = isOff(settings, `${path}.fail_on_error`) ? '0' : ''
		return text === ''
			? []
			: [parent(flagElement, [cdata('0'), element(statementElement, text), element('FailOnError', fails)])]
	})
	const first = ['table_action.table_action_first', 'table_action_first'].some((name) => isOff(settings, name))
	return parent('TableAction', [cdata(action), ...own, element('TableActionFirst', first ? '0' : '')])
}

const places = [
	['BeforeSQL', ['before_after.before', 'before_after.before_sql', 'before_sql']],
	['BeforeSQLNode', ['before_after.before_node', 'before_after.before_sql_node', 'before_sql_node']],
	['AfterSQL', ['before_after.after', 'before_after.after_sql', 'after_sql']],
	['AfterSQLNode', ['before_after.after_node', 'before_after.after_sql_node', 'after_sql_node']],
] as const

/** Statements before the first row and after the last one; a connector with a switch for them may have it off. */
function around(settings: ConnectorSettings): string {
	if (isOff(settings, 'before_after')) return ''
	const statements = places.flatMap(([name, spelled]) => {
		const at = spelled.find((one) => firstOf(settings, one) !== '')
		if (at === undefined) return []
		const fails = isOff(settings, `${at}.fail_on_error`) ? '0' : ''
		return [parent(name, [cdata(firstOf(settings, at)), element('FailOnError', fails)])]
	})
	return statements.length === 0 ? '' : parent('BeforeAfter', [cdata('1'), ...statements])
}

const cdata = (value: string): string => `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

const element = (name: string, value: string): string => (value === '' ? '' : `<${name}>${cdata(value)}</${name}>`)

function parent(name: string, children: readonly string[]): string {
	const inside = children.join('')
	return inside === '' ? '' : `<${name}>${inside}</${name}>`
}
