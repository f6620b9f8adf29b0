/** The whole data flow that the Slowly Changing Dimension Wizard makes (Microsoft: Slowly Changing Dimension Transformation Outputs). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proveJob } from '../../support/prove-job.ts'
import { startSpark, warmUp } from '../../support/run-flow.ts'
import { jobOf, packageOf } from '../../support/ssis-case.ts'
import { combine, derive, fan, source } from '../../support/ssis-components.ts'
import type { Flow, Rows } from '../../support/ssis-flow.ts'
import { flow } from '../../support/ssis-flow.ts'
import { x } from './component-job.ts'

const customers = { code: 'wstr(10)', mail: 'wstr(20)', city: 'wstr(20)', born: 'wstr(4)' }
const dimension = { ...customers, since: 'dbTimeStamp' }
/** By `ColumnType`: key, changing, historical, fixed. */
const kinds = { code: 1, mail: 2, city: 3, born: 4 }
const attributes = (type: string) =>
	type === 'dbTimeStamp' || type === 'bool' ? { dataType: type } : { dataType: 'wstr', length: 20 }

/** Slowly Changing Dimension, with all six outputs. */
function compare(load: Flow, from: Rows, own: Readonly<Record<string, string>>) {
	const titles = {
		unchanged: 'Unchanged Output',
		fresh: 'New Output',
		fixed: 'Fixed Attribute Output',
		changing: 'Changing Attribute Updates Output',
		historical: 'Historical Attribute Inserts Output',
		inferred: 'Inferred Member Updates Output',
	}
	const columns = Object.entries(kinds).map(([column, ColumnType]) =>
		load.used('Compare', from, column, { ColumnType }, { externalMetadataColumnId: `dim.${column}` }),
	)
	const external = Object.keys(kinds).map((name) => ({ id: `dim.${name}`, name, attributes: attributes('wstr') }))
	const input = load.input('Compare', 'Compare Input', from, columns, { external })
	const outputs = Object.values(titles).map((title) =>
		load.output('Compare', title, [], { attributes: { synchronousInputId: input.id } }),
	)
	const properties = {
		SqlCommand: 'SELECT [code], [mail], [city], [born], [guessed] FROM [dbo].[Customers]',
		CurrentRowWhere: '[until] IS NULL',
		EnableInferredMember: 'true',
		InferredMemberIndicator: 'guessed',
		IncomingRowChangeType: 1,
		...own,
	}
	load.add({ name: 'Compare', type: 'Microsoft.SCD', properties, connections: ['DB'], inputs: [input], outputs })
	const rows = (title: string): Rows => ({
		id: outputs.find(({ name }) => name === title)?.id ?? '',
		columns: from.columns,
	})
	return { ...titles, rows }
}

/** OLE DB Command whose markers take these columns. */
function command(load: Flow, name: string, from: Rows, sql: string, takes: readonly string[]): Rows {
	const uses = takes.map((column, place) =>
		load.used(name, from, column, {}, { externalMetadataColumnId: `${name}.${place}` }),
	)
	const external = takes.map((column, place) => ({
		id: `${name}.${place}`,
		name: `Param_${place}`,
		attributes: attributes(from.columns.find((one) => one.name === column)?.type ?? ''),
	}))
	const input = load.input(name, `${name} Input`, from, uses, { external })
	const output = load.output(name, `${name} Output`, [], { attributes: { synchronousInputId: input.id } })
	const properties = { SqlCommand: sql }
	load.add({
		name,
		type: 'Microsoft.OLEDBCommand',
		properties,
		connections: ['DB'],
		inputs: [input],
		outputs: [output],
	})
	return { id: output.id, columns: from.columns }
}

function insert(load: Flow, from: Rows): void {
	const uses = Object.keys(dimension).map((column) =>
		load.used('Insert', from, column, {}, { externalMetadataColumnId: `insert.${column}` }),
	)
	const external = Object.entries(dimension).map(([name, type]) => ({
		id: `insert.${name}`,
		name,
		attributes: attributes(type),
	}))
	load.add({
		name: 'Insert',
		type: 'Microsoft.OLEDBDestination',
		properties: { AccessMode: 3, OpenRowset: '[dbo].[Customers]' },
		connections: ['DB'],
		inputs: [load.input('Insert', 'Insert Input', from, uses, { external })],
	})
}

function wizard(own: Readonly<Record<string, string>> = {}) {
	const load = flow('Load')
	const read = source(load, 'Read', 'customers', customers, { properties: { RetainNulls: 'true' } }).rows
	const { rows, ...titles } = compare(load, read, own)
	const update = 'UPDATE [dbo].[Customers] SET [mail] = ? WHERE [code] = ?'
	command(load, 'Overwrite', rows(titles.changing), update, ['mail', 'code'])
	const whole = derive(load, 'No guess', rows(titles.inferred), { guessed: { type: 'bool', expression: 'FALSE' } }).rows
	const completed = 'SET [born] = ?,[city] = ?,[guessed] = ?,[mail] = ?'
	const complete = `UPDATE [dbo].[Customers] ${completed} WHERE [code] = ? AND [until] IS NULL`
	command(load, 'Complete', whole, complete, ['born', 'city', 'guessed', 'mail', 'code'])
	const now = { type: 'dbTimeStamp', expression: '@[System::StartTime]' }
	const ended = derive(load, 'Ends now', rows(titles.historical), { until: now }).rows
	const end = 'UPDATE [dbo].[Customers] SET [until] = ? WHERE [code] = ? AND [until] IS NULL'
	const expired = command(load, 'Expire', ended, end, ['until', 'code'])
	const columns = Object.fromEntries(
		Object.entries(customers).map(([name, type]) => [name, { type, from: [name, name] }]),
	)
	const added = combine(load, 'Added', 'Microsoft.UnionAll', [rows(titles.fresh), expired], columns)
	insert(load, derive(load, 'Begins now', added, { since: now }).rows)
	fan(load, 'Fixed stay', 'Microsoft.Multicast', rows(titles.fixed), {})
	const manager = x.connection('DB', 'OLEDB', 'Data Source=srv;Initial Catalog=Dw;Provider=SQLNCLI11.1')
	const files = { customers: { path: 'C:\\in\\customers.txt', columns: customers } }
	return jobOf(packageOf({ name: 'Customers', files, flows: [load], extra: [manager] }))
}

describe('what the Slowly Changing Dimension Wizard makes', () => {
	const engine = startSpark()
	beforeAll(() => warmUp(engine))
	afterAll(() => engine.close())

	it.each([
		['changes of current records only', {}],
		['changes of attributes in their history too', { UpdateChangingAttributeHistory: 'true' }],
	])('reaches E3: %s', async (_what, own) => {
		const job = wizard(own)
		expect(job.accounting.filter(({ outcome }) => outcome === 'opaque')).toEqual([])
		const { proof, script } = await proveJob(engine, job)
		expect(proof, script).toMatchObject({ details: [], report: { level: 'E3' } })
	})
})
