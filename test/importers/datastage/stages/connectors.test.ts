import { describe, expect, it } from 'vitest'
import type { SqlTask } from '#model/control-flow.ts'
import type { Expression } from '#model/expressions.ts'
import { children } from '#model/expressions.ts'
import { valueText } from '#model/json-values.ts'
import type { ColumnSpec, LinkSpec, StageSpec, Values } from '../../../support/dsx-builder.ts'
import { importJob, operatorOf, outcomeOf, packed, reads, source, writes } from '../../../support/dsx-builder.ts'

const columns: readonly ColumnSpec[] = [
	{ name: 'ID', sqlType: 4, more: { KeyPosition: '1' } },
	{ name: 'NAME', precision: 20, nullable: true },
]

/** The document of a connector's settings, written as the designer does: text first, then what belongs to it. */
const settings = (usage: string, connection = ''): Values => ({
	XMLProperties: [
		"<?xml version='1.0' encoding='UTF-16'?><Properties version='1.1'><Common><Context type='int'>1</Context></Common>",
		`<Connection><Server><![CDATA[ORCL]]></Server><DataSource><![CDATA[#DSN#]]></DataSource><Username><![CDATA[etl]]></Username>${connection}</Connection>`,
		`<Usage>${usage}</Usage></Properties >`,
	].join(''),
})
const value = (name: string, text: string, inside = ''): string =>
	`<${name} type='string'><![CDATA[${text}]]>${inside}</${name}>`
const yes = (name: string): string => value(name, '1')

/** The texts of an expression between its parameters. */
const literals = (expression: Expression): readonly string[] =>
	expression.kind === 'literal' ? [valueText(expression.value)] : children(expression).flatMap(literals)

const out = source('OUT')
const toFile: LinkSpec = { name: 'rows', from: 'DB', to: 'OUT', columns, inProperties: writes('/data/out.txt') }
const reading = (usage: string, more: Partial<StageSpec> = {}, link: Partial<LinkSpec> = {}) =>
	importJob({
		parameters: [
			{ Name: 'DSN', ParamType: '0', Default: 'dev' },
			{ Name: 'SCHEMA', ParamType: '0', Default: 'SALES' },
			{ Name: 'LoginKey', ParamType: '0', Default: 'hunter2' },
		],
		stages: [{ name: 'DB', type: 'OracleConnectorPX', properties: settings(usage), ...more }, out],
		links: [{ ...toFile, ...link }],
	})

const fromFile: LinkSpec = { name: 'rows', from: 'IN', to: 'DB', columns, outProperties: reads('/data/in.txt') }
const writing = (usage: string, more: Partial<StageSpec> = {}, links: readonly LinkSpec[] = [fromFile]) =>
	importJob({
		parameters: [{ Name: 'SCHEMA', ParamType: '0', Default: 'SALES' }],
		stages: [source('IN'), { name: 'DB', type: 'OracleConnectorPX', properties: settings(usage), ...more }, out],
		links,
	})

describe('a connector that reads', () => {
	it('takes a table as a whole, quoted where it quotes names', () => {
		const table = `${yes('GenerateSQL')}${value('TableName', '#SCHEMA#.orders', value('TableScope', '0'))}`
		const { source: plain } = operatorOf(reading(table), 'DB', 'read')
		expect(plain).toMatchObject({ kind: 'table', connection: 'ORCL.etl', table: { text: '#SCHEMA#.orders' } })
		const { source: quoted } = operatorOf(reading(table + yes('EnableQuotedIDs')), 'DB', 'read')
		expect(quoted.kind === 'table' && literals(quoted.table.expression)).toEqual(['"', '"."orders"'])
	})

	it('makes a statement of its clauses', () => {
		const clauses = `<SQL>${value('WhereClause', "NAME LIKE 'A%'")}${value('OtherClause', 'ORDER BY ID')}</SQL>`
		const job = reading(`${yes('GenerateSQL')}${value('TableName', 'orders')}${clauses}`)
		const { source: query } = operatorOf(job, 'DB', 'read')
		if (query.kind !== 'query') throw new Error(query.kind)
		expect(query.sql.text).toBe("SELECT ID, NAME\nFROM orders\nWHERE NAME LIKE 'A%'\nORDER BY ID")
		expect(query.form).toBe('select')
	})

	it('runs its own statement, with parameters, without the semicolon at its end', () => {
		const text = 'select ID, NAME from #SCHEMA#.orders;\n'
		const job = reading(`${value('GenerateSQL', '0')}<SQL>${value('SelectStatement', text, yes('Tables'))}</SQL>`)
		const { source: query } = operatorOf(job, 'DB', 'read')
		if (query.kind !== 'query') throw new Error(query.kind)
		expect(literals(query.sql.expression)).toEqual(['select ID, NAME from ', '.orders'])
		expect(outcomeOf(job, 'DB')).toBe('exact')
	})

	it.each([
		[
			'a statement in a file',
			`<SQL>${value('SelectStatement', '/sql/a.sql', yes('ReadFromFileSelect'))}</SQL>`,
			'stands in the file /sql/a.sql',
		],
		['a block', `${value('ReadMode', '1')}${value('TableName', 'T')}`, 'PL/SQL'],
		['nothing', '', 'no table'],
		['the first rows only', `${value('TableName', 'T')}${yes('LimitRows')}`, 'only some of the rows'],
	])('refuses %s', (_what, usage, reason) => {
		const job = reading(usage)
		expect(outcomeOf(job, 'DB')).toContain(`opaque: `)
		expect(outcomeOf(job, 'DB')).toContain(reason)
	})

	it('drops a password, and hides the parameter that holds one, whatever its name', () => {
		const table = value('TableName', 'T')
		const plain = reading(table, { properties: settings(table, value('Password', '{iisenc}Zm9v==')) })
		expect(JSON.stringify(plain)).not.toContain('Zm9v')
		expect(plain.diagnostics.map(({ what }) => what)).toContain('The Password of DB was left out')
		const named = reading(table, { properties: settings(table, value('Password', '#LoginKey#')) })
		expect(JSON.stringify(named)).not.toContain('hunter2')
		expect(named.parameters.find(({ name }) => name === 'LoginKey')).toMatchObject({ secret: true })
	})

	it('is known by its server and user', () => {
		const [connection] = reading(value('TableName', 'T')).connections
		expect(connection).toMatchObject({ name: 'ORCL.etl', dialect: 'oracle', kind: 'database' })
		const odbc = reading(value('TableName', 'T'), { type: 'ODBCConnectorPX' })
		expect(odbc.connections.map(({ name }) => name)).toEqual(['DSN.etl'])
	})
})

describe('a sparse lookup', () => {
	const sparse = (where: string, type = 'sparse') => {
		const statement = value('SelectStatement', `SELECT ID, NAME FROM T WHERE ${where}`)
		return reading(
			`${value('GenerateSQL', '0')}<SQL>${statement}</SQL>`,
			{},
			{ outProperties: { 'lookup\\type': type } },
		)
	}
	it('reads all rows once, without the conditions on the row', () => {
		const job = sparse("ID = ORCHESTRATE.KEY AND STATE = 'A' AND ORCHESTRATE.K2 = T.NAME ORDER BY ID")
		const { source: query } = operatorOf(job, 'DB', 'read')
		if (query.kind !== 'query') throw new Error(query.kind)
		expect(query.sql.text).toBe("SELECT ID, NAME FROM T WHERE STATE = 'A' ORDER BY ID")
		expect(outcomeOf(job, 'DB')).toContain('RG-D021')
		expect(outcomeOf(sparse('ID = ORCHESTRATE.KEY', 'pxbridge'), 'DB')).toContain('RG-D021')
	})
	it('a lookup that is none takes no values of rows', () => {
		expect(outcomeOf(sparse('ID = ORCHESTRATE.KEY', ' '), 'DB')).toContain('takes values of the row')
	})
	it.each([
		'ID > ORCHESTRATE.KEY',
		"ID = ORCHESTRATE.KEY OR NAME = 'x'",
		'ID IN (SELECT A FROM B WHERE C = ORCHESTRATE.D)',
	])('refuses %s', (where) => expect(outcomeOf(sparse(where), 'DB')).toContain('in a way that no single query answers'))
})

describe('a connector that writes', () => {
	const table = `${yes('GenerateSQL')}${value('TableName', 'T')}`
	it.each([
		['OracleConnectorPX', '0', 'insert'],
		['OracleConnectorPX', '1', 'update'],
		['OracleConnectorPX', '2', 'delete'],
		['OracleConnectorPX', '3', 'insert-update'],
		['OracleConnectorPX', '4', 'update-insert'],
		['OracleConnectorPX', '5', 'delete-insert'],
		['OracleConnectorPX', '6', 'insert'],
		['OracleConnectorPX', '9', 'insert-new'],
		['ODBCConnectorPX', '8', 'insert-new'],
		['DB2ConnectorPX', '4', 'update-insert'],
	])('%s: code %s is %s', (type, code, mode) => {
		const job = writing(value('WriteMode', code) + table, {
			type,
			properties: settings(value('WriteMode', code) + table),
		})
		expect(operatorOf(job, 'DB', 'write').target).toMatchObject({
			kind: 'table',
			mode,
			...(mode === 'insert' ? {} : { keys: ['ID'] }),
		})
	})

	it.each([
		['OracleConnectorPX', '8', 'PL/SQL'],
		['ODBCConnectorPX', '7', 'statements of its own'],
		['ODBCConnectorPX', '9', 'code 9'],
		['DB2ConnectorPX', '9', 'code 9'],
	])('%s: refuses code %s', (type, code, reason) => {
		const job = writing('', { type, properties: settings(value('WriteMode', code) + table) })
		expect(outcomeOf(job, 'DB')).toContain(reason)
	})

	it('needs a key column to find rows', () => {
		const without = { ...fromFile, columns: columns.map(({ more: _key, ...column }) => column) }
		expect(outcomeOf(writing(value('WriteMode', '1') + table, {}, [without]), 'DB')).toContain('no column as a key')
	})

	it('leaves it to the unique keys of an Oracle table which rows are new, where the link marks no key', () => {
		const without = { ...fromFile, columns: columns.map(({ more: _key, ...column }) => column) }
		const oracle = writing(value('WriteMode', '9') + table, {}, [without])
		expect(operatorOf(oracle, 'DB', 'write').target).toMatchObject({ mode: 'insert-allowed' })
		expect(outcomeOf(oracle, 'DB')).toContain('RG-D131')
		const odbc = settings(value('WriteMode', '8') + table)
		expect(outcomeOf(writing('', { type: 'ODBCConnectorPX', properties: odbc }, [without]), 'DB')).toContain(
			'opaque: it writes by key',
		)
	})

	it('inserts all rows into a table that it makes itself, where the link marks no key', () => {
		const without = { ...fromFile, columns: columns.map(({ more: _key, ...column }) => column) }
		const oracle = writing(value('WriteMode', '9') + table + value('TableAction', '2'), {}, [without])
		expect(operatorOf(oracle, 'DB', 'write').target).toMatchObject({ mode: 'insert', action: 'replace' })
		expect(outcomeOf(oracle, 'DB')).not.toContain('RG-D131')
	})

	it('says which row of a key counts', () =>
		expect(outcomeOf(writing(value('WriteMode', '4') + table), 'DB')).toContain(
			'RG-D001: Of several rows with the same ID',
		))

	it('reads its own statements where they say what a write mode says', () => {
		const statement = 'INSERT INTO SALES.T (KEY_ID, LABEL) VALUES (ORCHESTRATE.ID, ORCHESTRATE.NAME)'
		const job = writing(`${value('GenerateSQL', '0')}<SQL>${value('InsertStatement', statement)}</SQL>`)
		const write = operatorOf(job, 'DB', 'write')
		expect(write.target).toMatchObject({ table: { text: 'SALES.T' }, mode: 'insert' })
		expect(write.schema.columns.map(({ name }) => name)).toEqual(['KEY_ID', 'LABEL'])
		const more = statement.replace('ORCHESTRATE.NAME', 'UPPER(ORCHESTRATE.NAME)')
		const other = writing(`${value('GenerateSQL', '0')}<SQL>${value('InsertStatement', more)}</SQL>`)
		expect(outcomeOf(other, 'DB')).toContain('do more than put values')
	})

	it.each([
		['1', 'create'],
		['2', 'replace'],
		['3', 'truncate'],
	])('table action %s: %s', (code, action) =>
		expect(operatorOf(writing(table + value('TableAction', code)), 'DB', 'write').target).toMatchObject({ action }),
	)

	it('runs its own truncate statement as a task, and then only inserts', () => {
		const own = value(
			'TableAction',
			'3',
			value('GenerateTruncateStatement', '0', value('TruncateStatement', 'DELETE FROM T')),
		)
		const job = writing(table + own)
		expect(operatorOf(job, 'DB', 'write').target).not.toHaveProperty('action')
		expect(statements(job)).toEqual(['DELETE FROM T', 'flow'])
	})

	it('refuses a statement before the first row that changes the table just emptied', () => {
		const before = value('BeforeAfter', '1', value('BeforeSQL', 'INSERT INTO T VALUES (0)'))
		expect(outcomeOf(writing(table + value('TableAction', '3') + before), 'DB')).toContain('just emptied or made')
	})

	it('leaves its reject link empty, and says so', () => {
		const reject: LinkSpec = {
			name: 'bad',
			from: 'DB',
			to: 'OUT',
			kind: 'reject',
			columns: [...columns, { name: 'ERRORCODE', sqlType: 4, nullable: true }],
			inProperties: writes('/data/bad.txt'),
		}
		const job = writing(table, {}, [fromFile, reject])
		expect(outcomeOf(job, 'DB')).toContain('RG-D022: The link bad stays empty')
		expect(operatorOf(job, 'DB#rejects', 'sample')).toMatchObject({ how: 'head', rows: 0 })
		expect(outcomeOf(writing(value('WriteMode', '1') + table, {}, [fromFile, reject]), 'DB')).toContain(
			'changed nothing',
		)
	})
})

const statements = (job: ReturnType<typeof importJob>): readonly string[] =>
	job.control.tasks.map((task) => (task.kind === 'execute-sql' ? (task.batches[0]?.text ?? '') : 'flow'))

describe('statements before and after', () => {
	const around = (inside: string) =>
		writing(`${yes('GenerateSQL')}${value('TableName', 'T')}${value('BeforeAfter', '1', inside)}`)
	it('run one by one around the flow, a block as a whole', () => {
		const job = around(
			value('BeforeSQL', "DELETE FROM A; UPDATE B SET C = ';';") + value('AfterSQL', 'BEGIN\n  P(1);\n  P(2);\nEND;'),
		)
		expect(statements(job)).toEqual(['DELETE FROM A', "UPDATE B SET C = ';'", 'flow', 'BEGIN\n  P(1);\n  P(2);\nEND;'])
		expect(job.control.precedences.map(({ outcome }) => outcome)).toEqual(['success', 'success', 'success'])
	})
	it('may fail without ending the job where the stage says so', () => {
		const job = around(value('BeforeSQL', 'DELETE FROM A', value('FailOnError', '0')))
		const [first] = job.control.tasks.filter((task): task is SqlTask => task.kind === 'execute-sql')
		expect(first?.handlers).toMatchObject([{ event: 'error', contains: true }])
		expect(job.control.precedences).toMatchObject([{ outcome: 'completion' }])
	})
	it('those of each node run once', () =>
		expect(outcomeOf(around(value('AfterSQLNode', 'DELETE FROM A')), 'DB')).toContain('RG-D090'))
	it('are not run where they are switched off', () => {
		const job = writing(`${value('TableName', 'T')}${value('BeforeAfter', '0', value('BeforeSQL', 'DELETE FROM A'))}`)
		expect(statements(job)).toEqual(['flow'])
	})
})

describe('data sets', () => {
	const link = (properties: Values): LinkSpec => ({ ...fromFile, to: 'DS', inProperties: properties })
	it.each([
		['>| [ds', 'overwrite'],
		['>> [ds', 'append'],
		['> [ds', 'create'],
		// Use existing: the records go, or the schema with them.
		['> [ds; -dr', 'overwrite'],
		['> [ds; -dsr', 'overwrite'],
	])('%s: %s', (datasetmode, mode) => {
		const stages = [source('IN'), { name: 'DS', type: 'PxDataSet' }]
		const job = importJob({ stages, links: [link({ dataset: '/ds/a.ds', datasetmode })] })
		expect(operatorOf(job, 'DS', 'write').target).toMatchObject({ kind: 'data-set', mode, path: { text: '/ds/a.ds' } })
	})
	it('a lookup file set keeps the first row of each key unless it may hold several', () => {
		const stages = (more: Values) => [source('IN'), { name: 'DS', type: 'PxLookupFileSet', properties: more }]
		const keyed = { lookupfileset: '/ds/a.fs', key: packed(['key', 'ID']) }
		const one = importJob({ stages: stages({}), links: [link(keyed)] })
		expect(operatorOf(one, 'DS#keys', 'distinct')).toMatchObject({ keep: 'first', keys: [{ column: 'ID' }] })
		const all = importJob({ stages: stages({}), links: [link({ ...keyed, allow_dups: 'allow_dups' })] })
		expect(all.flows[0]?.operators.map(({ kind }) => kind)).not.toContain('distinct')
	})
})
