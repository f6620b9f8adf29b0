import { describe, expect, it } from 'vitest'
import type { ColumnSpec, Values } from '../../../support/dsx-builder.ts'
import { importJob, operatorOf, outcomeOf, packed, reads, source, writes } from '../../../support/dsx-builder.ts'

const columns: readonly ColumnSpec[] = [{ name: 'ID', sqlType: 4 }]
const login: Values = {
	dboptionssel: packed(['server', 'dw1']),
	user: packed(['user', 'etl']),
	password: packed(['password', '#PW#']),
}
const reading = (properties: Values) =>
	importJob({
		parameters: [{ Name: 'PW', ParamType: '0', Default: 'tiger' }],
		stages: [{ name: 'DB', type: 'PxOracle' }, source('OUT')],
		links: [{ name: 'r', from: 'DB', to: 'OUT', columns, outProperties: properties, inProperties: writes('/out') }],
	})
const writing = (properties: Values) =>
	importJob({
		stages: [source('IN'), { name: 'DB', type: 'Pxsqlsvr' }],
		links: [{ name: 'r', from: 'IN', to: 'DB', columns, outProperties: reads('/in'), inProperties: properties }],
	})

describe('a database stage of version 7', () => {
	it('reads a table or a query; its password and the parameter behind it are hidden', () => {
		const job = reading({ ...login, tablename: packed(['table', 'SALES.ORDERS']) })
		expect(operatorOf(job, 'DB', 'read').source).toMatchObject({
			kind: 'table',
			connection: 'dw1.etl',
			table: { text: 'SALES.ORDERS' },
		})
		expect(JSON.stringify(job)).not.toContain('tiger')
		const asked = reading({ ...login, query: packed(['query', 'SELECT ID FROM T;']) })
		expect(operatorOf(asked, 'DB', 'read').source).toMatchObject({ kind: 'query', sql: { text: 'SELECT ID FROM T' } })
	})

	it('that asks for each row of a sparse lookup reads all of it once', () => {
		const query = packed(['query', "SELECT ID FROM T WHERE ID = ORCHESTRATE.KEY AND STATE = 'A'"])
		const job = reading({ ...login, query, 'lookup\\type': 'oralookup' })
		const sql = { text: "SELECT ID FROM T WHERE STATE = 'A'" }
		expect(operatorOf(job, 'DB', 'read').source).toMatchObject({ kind: 'query', sql })
		expect(outcomeOf(job, 'DB')).toContain('RG-D021')
		expect(outcomeOf(reading({ ...login, query }), 'DB')).toContain('takes values of the row')
	})

	it.each([
		[{}, undefined],
		[{ truncate: 'truncate' }, 'truncate'],
		[{ mode: 'replace' }, 'replace'],
	] as const)('writes with %j', (more, action) => {
		const { target } = operatorOf(writing({ table: 'ORDERS', ...more }), 'DB', 'write')
		expect(target).toMatchObject({ kind: 'table', mode: 'insert', ...(action === undefined ? {} : { action }) })
	})

	it.each([
		[{ table: 'T', upsertmode: 'update_and_insert' }, 'its property upsertmode is update_and_insert'],
		[{ table: 'T', mode: 'upsert' }, 'its write mode is upsert'],
		[{}, 'no table'],
	])('refuses %j', (properties, reason) => expect(outcomeOf(writing(properties), 'DB')).toContain(reason))
})

it('says what to do about a stage that nothing stands for', () => {
	const job = importJob({
		stages: [source('IN'), { name: 'MQ', type: 'WebSphereMQConnectorPX' }],
		links: [{ name: 'r', from: 'IN', to: 'MQ', columns, outProperties: reads('/in') }],
	})
	expect(outcomeOf(job, 'MQ')).toContain('it writes to a message queue, which Spark does not reach; write a data set')
})
