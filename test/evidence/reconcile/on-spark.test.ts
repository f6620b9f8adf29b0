/** What memory says of two data sets, Spark says too; and it reads what only Spark reads. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '#engines/port.ts'
import type { DataFormat } from '#evidence/reconcile/data-set.ts'
import { readDataSet } from '#evidence/reconcile/data-set.ts'
import { reconcileOnSpark } from '#evidence/reconcile/on-spark.ts'
import { reconcileMarkdown } from '#evidence/reconcile/print.ts'
import { reconcileHtml } from '#evidence/reconcile/print-html.ts'
import type { ReconcileOptions, ReconcileReport } from '#evidence/reconcile/reconcile.ts'
import { reconcile } from '#evidence/reconcile/reconcile.ts'
import { sideAt } from '#evidence/reconcile/side.ts'
import type { Folder } from '../../cli/reglue.ts'
import { temporaryFolder } from '../../cli/reglue.ts'
import { localSpark, SET_UP_MS, succeeded, withTemporaryFolder } from '../../engines/local-spark/support.ts'
import { withPostgres } from '../../support/postgres.ts'

let folder: Folder
let engine: Engine

beforeAll(() => {
	folder = temporaryFolder()
	engine = localSpark()
})
afterAll(async () => {
	await engine.close()
	folder.remove()
})

const at = (name: string): string => (name.startsWith('jdbc:') ? name : path.join(folder.path, name))

function onSpark(left: string, right: string, options: ReconcileOptions = {}, format: DataFormat = {}) {
	const [expected, actual] = [sideAt(at(left)), sideAt(at(right))]
	const credentials = { user: 'reglue', password: 'pass' }
	return reconcileOnSpark({ expected, actual, format, options, credentials, folder: at('work') }, engine)
}

/** Counts and columns. Samples on Spark show values in the form in which they are compared, so they pair otherwise. */
function common({ aggregates: _aggregates, samples: _samples, columns, ...report }: ReconcileReport, keyed: boolean) {
	return { ...report, columns: keyed ? columns : [] }
}

async function bothWays(left: string, right: string, options: ReconcileOptions = {}, format: DataFormat = {}) {
	folder.write('left', left)
	folder.write('right', right)
	const spark = common(await onSpark('left', 'right', options, format), options.keys !== undefined)
	const memory = reconcile(await readDataSet(at('left'), format), await readDataSet(at('right'), format), options)
	expect(spark).toEqual(common(memory, options.keys !== undefined))
	return spark
}

describe('on Spark as in memory', { timeout: SET_UP_MS }, () => {
	it('rows are a bag, columns meet by name, numbers and moments are equal by value', async () => {
		const left =
			'a,b,t\n+01.50,x,2020-01-01 10:00:00\n-0,y,\n1e3,z,2020-01-01 10:00:00.120\n.5,"p ""q"", r",\n.5,"p ""q"", r",\n'
		const right =
			'T,B,A\n2020-01-01T10:00:00.000,x,1.5\n,y,0.0\n2020-01-01 10:00:00.12,z,1000\n,"p ""q"", r",0.5\n,"p ""q"", r",00.50\n'
		expect((await bothWays(left, right)).equal).toBe(true)
	})

	it('copies count, and what differs is shown', async () => {
		const report = await bothWays('a,b\n1,x\n1,x\n2,y\n3,z\n', 'a,b\n1,x\n2,Y\n3,z\n')
		expect(report).toMatchObject({ equal: false, missing: 2, extra: 1 })
	})

	it('rows of a key are paired; tolerance, ignored and one-sided columns count as in memory', async () => {
		const left = 'id,v,note,old\n1,1.00,a,x\n2,2.00,b,x\n3,3.00,c,x\n5,5.00,e,x\n'
		const right = 'id,v,note,new\n1,1.01,a,x\n2,2.50,B,x\n4,4.00,d,x\n5,5.00,e,x\n'
		const report = await bothWays(left, right, { keys: ['ID'], tolerance: 0.02, ignore: ['old'] })
		expect(report).toMatchObject({ missing: 1, extra: 1, changed: 1, extra_columns: ['new'] })
		expect(report.columns).toEqual([
			{ name: 'v', differences: 1 },
			{ name: 'note', differences: 1 },
		])
	})

	it('padding, trimming and exact texts are as asked', async () => {
		const [left, right] = ['a,b\n007,x \n', 'a,b\n7,x\n']
		expect((await bothWays(left, right)).equal).toBe(false)
		expect((await bothWays(left, right, { padding: true })).equal).toBe(true)
		expect((await bothWays(left, right, { padding: true, texts: ['A'] })).equal).toBe(false)
		expect((await bothWays(left, right, { trim: true, exact: true })).equal).toBe(false)
	})

	it('JSON lines tell null from the empty text', async () => {
		expect((await bothWays('{"a":null,"n":1.50}\n', '{"n":"1.5","a":""}\n')).equal).toBe(false)
		expect((await bothWays('{"a":null,"n":1.50}\n', '{"n":"1.5","a":null}\n')).equal).toBe(true)
	})

	it('fields of fixed width are cut at their places', async () => {
		const format = { widths: [3, 5], names: ['id', 'name'], header: false }
		expect((await bothWays('001Ann  \n002Bo\n', '  2Bo   \n  1Ann  \n', {}, format)).equal).toBe(true)
		expect(await bothWays('001Ann  \n', '001Anne \n', { keys: ['id'] }, format)).toMatchObject({ changed: 1 })
	})

	it('says what the columns are as a whole, on paper and on a page', async () => {
		folder.write('left', 'a,b\n1,<b>\n2,\n')
		folder.write('right', 'a,b\n1,<b>\n5,\n')
		const report = await onSpark('left', 'right')
		expect(report.aggregates?.actual.columns[0]).toEqual({
			name: 'a',
			nulls: 0,
			least: '1',
			greatest: '5',
			sum: '6.000000',
			distinct: 2,
		})
		expect(reconcileMarkdown(report)).toContain('| a | 0 | 1 | 2 → 5 | 3.000000 → 6.000000 | 2 |')
		const page = reconcileHtml(report, 'left & right')
		expect(page).toContain('left &#38; right')
		expect(page).not.toContain('<b>')
	})

	it('refuses a key that is not there, a record of another width, and a tolerance without keys', async () => {
		folder.write('left', 'a,b\n1,2\n')
		folder.write('right', 'a,b\n1,2,3\n')
		await expect(onSpark('left', 'left', { keys: ['c'] })).rejects.toThrow('the key c is not a column of both sides')
		await expect(onSpark('left', 'right')).rejects.toThrow('Spark could not compare them')
		await expect(onSpark('left', 'left', { tolerance: 1 })).rejects.toThrow('needs keys')
	})

	it('reads Parquet, and tables of a real PostgreSQL', () =>
		withTemporaryFolder((data) =>
			withPostgres(data, async (client, port) => {
				await client.query(
					'CREATE TABLE sales (id bigint, amount numeric(20,4), rate double precision, at timestamp, note text)',
				)
				await client.query(`INSERT INTO sales VALUES (1, 10.5000, 12345678.9, '2020-01-01 10:00:00.120', NULL),
					(2, -3, 0.1, NULL, 'x'), (2, -3, 0.1, NULL, 'x')`)
				const url = `jdbc:postgresql://127.0.0.1:${port}/postgres`
				writeFileSync(
					path.join(folder.path, 'sales.csv'),
					'ID,AMOUNT,RATE,AT,NOTE\n2,-3,.1,,x\n1,10.5,12345678.9,2020-01-01 10:00:00.12,\n2,-3.0,0.1,,x\n',
				)
				const table = await onSpark('sales.csv', `${url}#sales`)
				expect(table).toMatchObject({ equal: true, rows: { expected: 3, actual: 3 } })
				// The table again, as a folder of Parquet files.
				const copy = path.join(folder.path, 'copy.py')
				writeFileSync(copy, readFileSync(new URL('fixtures/table_to_parquet.py', import.meta.url), 'utf8'))
				succeeded(await engine.run({ script: copy, args: { url, folder: at('sales.parquet') } }))
				expect(await onSpark('sales.parquet', `${url}#sales`)).toMatchObject({ equal: true })
				await client.query("UPDATE sales SET note = 'y' WHERE id = 1")
				expect(await onSpark('sales.parquet', `${url}#sales`, { keys: ['id'] })).toMatchObject({
					changed: 1,
					samples: [{ kind: 'changed', columns: [{ name: 'note', expected: null, actual: 'y' }] }],
				})
			}),
		))
})
