import { describe, expect, it } from 'vitest'
import { operatorOf, outcomeOf } from '../../../support/dsx-builder.ts'
import { file, from, serverJob, to } from './server-builder.ts'

const settings = (context: number, usage: string): string =>
	`<?xml version='1.0' encoding='UTF-16'?><Properties version='1.1'><Common><Context type='int'>${context}</Context></Common><Connection><DataSource type='string'>SHOP</DataSource></Connection><Usage>${usage}</Usage></Properties>`
const columns = [
	{ name: 'ID', sqlType: 4 },
	{ name: 'PRICE', sqlType: 8 },
	{ name: 'NAME', precision: 10 },
]

describe('a database connector in a server job', () => {
	it('gives what it reads on as texts, with all digits of a number', () => {
		const usage = '<GenerateSQL>1</GenerateSQL><TableName>ITEMS</TableName>'
		const job = serverJob({
			stages: [{ name: 'Db', type: 'ODBCConnector', properties: { XMLProperties: settings(1, usage) } }, file('Out')],
			links: [to('Out', 'Db', columns)],
		})
		expect(outcomeOf(job, 'Db')).toMatch(/^(exact|declared)/)
		const { columns: given } = operatorOf(job, 'Db#out texts', 'project')
		expect(given.map(({ type }) => type.kind)).toEqual(['string', 'string', 'string'])
		expect(given[1]?.value.expression).toMatchObject({ rule: 'basic.convert', operand: { rule: 'datastage.implicit' } })
		expect(job.diagnostics.map(({ what }) => what)).toContain('Db gives PRICE as texts without zeros at the end')
	})

	it('takes texts for values of the declared types; one that is none stops the job', () => {
		const usage =
			'<WriteMode>0</WriteMode><GenerateSQL>1</GenerateSQL><TableName>ITEMS</TableName><TableAction>0</TableAction>'
		const job = serverJob({
			stages: [file('In'), { name: 'Db', type: 'ODBCConnector', properties: { XMLProperties: settings(2, usage) } }],
			links: [{ ...from('In', 'Db', []), columns }],
		})
		expect(outcomeOf(job, 'Db')).toMatch(/^(exact|declared)/)
		const { columns: taken } = operatorOf(job, 'Db#in types', 'project')
		expect(taken.map(({ value, onError }) => [value.expression.kind, onError.kind])).toEqual([
			['cast', 'fail'],
			['cast', 'fail'],
			['column', 'fail'],
		])
	})
})

describe('the ODBC stage of server jobs', () => {
	const stage = { name: 'Db', type: 'CODBCStage', oleType: 'CODBCStage', values: { DSN: '#DSN#', UserName: 'etl' } }
	const parameters = [{ Name: 'DSN', Default: 'SHOP', ParamType: '0' }]

	it('reads by its statement', () => {
		const job = serverJob({
			parameters,
			stages: [stage, file('Out')],
			links: [to('Out', 'Db', columns, { out: { SqlPrimary: 'SELECT ID, PRICE, NAME FROM #DSN#.ITEMS' } })],
		})
		expect(outcomeOf(job, 'Db')).toMatch(/^(exact|declared)/)
		const read = operatorOf(job, 'Db', 'read')
		expect(read.source).toMatchObject({ kind: 'query', connection: 'DSN.etl', form: 'select' })
		expect(read.source.kind === 'query' && read.source.sql.text).toBe('SELECT ID, PRICE, NAME FROM #DSN#.ITEMS')
		expect(job.connections).toMatchObject([{ name: 'DSN.etl', kind: 'database' }])
	})

	it.each([
		[{}, 'it holds no statement to read by'],
		[{ SqlPrimary: 'SELECT 1 FROM T WHERE K = ?' }, 'its statement asks for each row of the lookup'],
		[{ SqlPrimary: 'SELECT 1 FROM T', SqlReference: 'SELECT 2' }, 'its statement SqlReference is not documented'],
	])('is opaque where %s', (out, reason) => {
		const job = serverJob({ stages: [stage, file('Out')], links: [to('Out', 'Db', columns, { out })] })
		expect(outcomeOf(job, 'Db')).toContain(reason)
	})

	it('is opaque where it writes', () => {
		const link = {
			...from('In', 'Db', []),
			columns,
			in: { TableName: 'ITEMS', SqlInsert: 'INSERT INTO ITEMS VALUES (?)' },
		}
		const job = serverJob({ stages: [file('In'), stage], links: [link] })
		expect(outcomeOf(job, 'Db')).toContain('it writes rows by an update action whose code is not documented')
	})
})
