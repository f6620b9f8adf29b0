import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prove } from '#evidence/evidence.ts'
import { workFolder } from '#evidence/work-folder.ts'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import type { JobsFile } from '#generators/jobs-file.ts'
import type { Job } from '#model/job.ts'
import type { Operator } from '#model/operators.ts'
import type { DataSetTarget, TableMode, TableTarget, Target } from '#model/places.ts'
import { decimal, int, text } from '#model/types.ts'
import type { Row } from '#model/values.ts'
import { changeTable } from '#reference/table-state.ts'
import { SET_UP_MS, succeeded, withTemporaryFolder } from '../../engines/local-spark/support.ts'
import { base, column, flow, job, link, literal, schema, sourced, tableSource } from '../../support/model-builder.ts'
import { withPostgres } from '../../support/postgres.ts'
import { startSpark, warmUp } from '../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const modes = ['update', 'delete', 'update-insert', 'insert-update', 'delete-insert', 'insert-new'] as const
const columns = schema(column('Id', int(32)), column('NAME', text(20)), column('AMOUNT', decimal(7, 2)))

const table = (mode: TableMode, changes: Partial<TableTarget> = {}): TableTarget => ({
	kind: 'table',
	connection: 'DW',
	table: sourced(literal('customers'), 'customers'),
	mode,
	keys: mode === 'insert' ? [] : ['Id'],
	...changes,
})

const dataSet = (mode: DataSetTarget['mode'], keys: readonly string[] = []): DataSetTarget => ({
	kind: 'data-set',
	path: sourced(literal('/data/customers.ds'), '/data/customers.ds'),
	flavour: 'data-set',
	mode,
	keys,
})

const writeTo = (target: Target, id = 'LOAD'): Operator => ({ ...base(id), kind: 'write', schema: columns, target })

const loading = (target: Target): Job =>
	job(flow([tableSource('CHANGES', columns), writeTo(target)], [link('CHANGES > LOAD', columns)]))

function printed(one: Job): { readonly script: string; readonly jobs: JobsFile } {
	const { artifacts } = generate({ name: 'unit', jobs: [one] }, defaultOptions)
	const find = (end: string): string => artifacts.find((artifact) => artifact.path.endsWith(end))?.text ?? ''
	return { script: find('.py'), jobs: JSON.parse(find('jobs.json')) as JobsFile }
}

async function proven(one: Job) {
	const { script, jobs } = printed(one)
	const [entry] = jobs.jobs
	if (entry === undefined) throw new Error('the unit has no job')
	return withTemporaryFolder(async (folder) => {
		const file = path.join(folder, 'script.py')
		await writeFile(file, script)
		return prove(one, { entry, script: file, problems: [] }, engine, { folder: workFolder(path.join(folder, 'work')) })
	})
}

describe('a table whose rows are found by key', () => {
	it.each(modes)('%s: the script changes the table as the reference does', async (mode) => {
		const proof = await proven(loading(table(mode)))
		expect(proof.details).toEqual([])
		expect(proof.report.level).toBe('E3')
		expect(proof.report.rows_compared).toBeGreaterThan(1)
	})

	it('counts the last row of a key, and says so in the transform', () => {
		const { script } = printed(loading(table('update-insert')))
		expect(script).toContain('Window.partitionBy("Id").orderBy(F.desc_nulls_last("_order"))')
		expect(script).toContain('filter((F.col("_rank") == 1) | F.col("Id").isNull())')
		expect(script).toContain('"update-insert"')
	})

	it('needs only the keys to delete', () =>
		expect(printed(loading(table('delete'))).script).toContain('frame.select("Id"), params["dw_connection"]'))
})

describe('the action on a table before its first row', () => {
	it.each([
		['truncate', '.option("truncate", True)', 'writer.mode("overwrite")'],
		['replace', 'VARCHAR(20)', 'writer.mode("overwrite")'],
		['create', 'VARCHAR(20)', 'writer.mode("errorifexists")'],
	] as const)('%s', (action, option, mode) => {
		const { script } = printed(loading(table('insert', { action })))
		expect(script).toContain(option)
		expect(script).toContain(mode)
	})
})

describe('a data set', () => {
	it.each([
		['overwrite', []],
		['append', []],
		['create', []],
		['upsert', ['Id']],
	] as const)('%s: the script leaves the rows of the reference', async (mode, keys) => {
		const proof = await proven(loading(dataSet(mode, keys)))
		expect(proof.details).toEqual([])
		expect(proof.report.level).toBe('E3')
	})

	it('is read by name and type', async () => {
		const source: Operator = {
			...base('IN'),
			kind: 'read',
			schema: columns,
			source: { kind: 'data-set', path: sourced(literal('/data/in.ds'), '/data/in.ds'), flavour: 'data-set' },
		}
		const copy = job(flow([source, writeTo(dataSet('overwrite'))], [link('IN > LOAD', columns)]))
		const proof = await proven(copy)
		expect(proof.details).toEqual([])
		expect(proof.report.level).toBe('E3')
		expect(printed(copy).jobs.jobs[0]?.places.map(({ kind, argument }) => [kind, argument])).toEqual([
			['data-set', 'in_path'],
			['data-set', 'load_path'],
		])
	})

	it('changes real files without losing what it reads', () =>
		withTemporaryFolder(async (folder) => {
			const { script } = printed(loading(dataSet('upsert', ['Id'])))
			const runs = [
				[1, 'first'],
				[2, 'first'],
				[2, 'second'],
			] as const
			for (const [index, [id, name]] of runs.entries()) {
				const rows = path.join(folder, `rows-${index}.jsonl`)
				await writeFile(rows, `${JSON.stringify({ Id: id, NAME: name, AMOUNT: '1.00' })}\n`)
				const file = path.join(folder, 'script.py')
				await writeFile(file, script)
				const source = { table: 'CHANGES' }
				const tables = [{ connection: 'DW', source, role: 'read', path: rows, schema: columns } as const]
				const args = {
					load_path: path.join(folder, 'out'),
					dw_connection: 'jdbc:reglue:DW',
					run_id: '1',
					run_at: '2024-01-01',
				}
				succeeded(await engine.run({ script: file, args, tables }))
			}
			const show = path.join(folder, 'show.py')
			await writeFile(show, showing(path.join(folder, 'out')))
			const { stdout } = succeeded(await engine.run({ script: show, args: {} }))
			expect(stdout.trim()).toBe("[(1, 'first'), (2, 'second')]")
		}))
})

const showing = (folder: string): string => `
from pyspark.sql import SparkSession


def main(argv):
    rows = SparkSession.builder.getOrCreate().read.format("parquet").load(${JSON.stringify(folder)})
    print(sorted((row.Id, row.NAME) for row in rows.collect()))
`

const before: readonly Row[] = [
	{ Id: 1n, NAME: 'old' },
	{ Id: 2n, NAME: 'old' },
]
const changes: readonly Row[] = [
	{ Id: 2n, NAME: 'first' },
	{ Id: 3n, NAME: 'first' },
	{ Id: null, NAME: 'none' },
	{ Id: 2n, NAME: 'last' },
	{ Id: 3n, NAME: 'last one' },
]

it(
	'changes a table of a real PostgreSQL as the reference says, twice in a row, whatever case its names have',
	() =>
		withTemporaryFolder((folder) =>
			withPostgres(folder, async (client, port) => {
				const url = `jdbc:postgresql://127.0.0.1:${port}/postgres?user=reglue&password=pass`
				const args = { dw_connection: url, run_id: '1', run_at: '2024-01-01' }
				const values = changes.map(({ Id, NAME }) => `(${Id === null ? 'NULL' : String(Id)}, '${String(NAME)}', 7)`)
				await client.query('CREATE TABLE changes (ID integer, NAME varchar(20), AMOUNT numeric(7,2))')
				await client.query(`INSERT INTO changes VALUES ${values.join(', ')}`)
				for (const mode of modes) {
					await client.query('DROP TABLE IF EXISTS customers')
					await client.query('CREATE TABLE customers (ID integer, "NAME" varchar(20), AMOUNT numeric(7,2), REST text)')
					await client.query(`INSERT INTO customers VALUES (1, 'old'), (2, 'old')`)
					const file = path.join(folder, `${mode}.py`)
					await writeFile(file, printed(loading(table(mode))).script)
					succeeded(await engine.run({ script: file, args }))
					const expected = changeTable(before, changes, { mode, keys: ['Id'] })
						.map(({ Id, NAME }) => `${Id} ${String(NAME)}`)
						.toSorted()
					const found = await client.query('SELECT id, "NAME" FROM customers')
					const shown = found.rows
						.map((row) =>
							Object.values(row as object)
								.map(String)
								.join(' '),
						)
						.toSorted()
					expect({ mode, shown }).toEqual({ mode, shown: expected })
					const left = await client.query("SELECT 1 FROM pg_tables WHERE tablename ILIKE '%reglue%'")
					expect(left.rows).toEqual([])
				}
			}),
		),
	SET_UP_MS,
)
