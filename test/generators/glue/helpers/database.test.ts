/** The functions that scripts use for statements, against a real PostgreSQL. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HelperName } from '#generators/glue/helpers/registry.ts'
import { withNeeded } from '#generators/glue/helpers/registry.ts'
import { failureOf, SET_UP_MS, succeeded, withTemporaryFolder } from '../../../engines/local-spark/support.ts'
import type { SqlClient } from '../../../support/postgres.ts'
import { withPostgres } from '../../../support/postgres.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine), SET_UP_MS)
afterAll(() => engine.close())

/** A script that is nothing but these functions and some lines of a `main`. */
function scriptOf(names: readonly HelperName[], lines: readonly string[]): string {
	const used = withNeeded(names)
	const imports = [...new Set(used.flatMap((helper) => helper.imports))]
	const body = lines.map((line) => `    ${line}`)
	return [
		...imports,
		...used.map(({ text }) => text),
		'def main(argv):',
		'    spark = SparkSession.builder.getOrCreate()',
		...body,
		'',
	].join('\n')
}

async function onPostgres(
	lines: readonly string[],
	work: (run: () => ReturnType<typeof engine.run>, client: SqlClient) => Promise<void>,
): Promise<void> {
	await withTemporaryFolder((folder) =>
		withPostgres(folder, async (client, port) => {
			await client.query('CREATE TABLE counter (n int); INSERT INTO counter VALUES (41)')
			const script = path.join(folder, 'job.py')
			await writeFile(script, scriptOf(['sql', 'sql_kept', 'sql_call_kept', 'task_session'], lines))
			const connection = `jdbc:postgresql://127.0.0.1:${port}/postgres?user=reglue&password=pass`
			await work(() => engine.run({ script, args: { connection } }), client)
		}),
	)
}

describe('a batch of statements', () => {
	const batch = (...statements: string[]): string =>
		`print(sql(spark, argv[argv.index("--connection") + 1], ${JSON.stringify(statements.join('; '))}))`

	it('gives the rows of the first statement that has any, also behind one that only counts', async () => {
		const rows = batch('UPDATE counter SET n = n + 1', 'SELECT n FROM counter', "SELECT 'second' AS n")
		await onPostgres([rows], async (run) => {
			expect(succeeded(await run()).stdout).toBe("[{'n': '42'}]\n")
		})
	})

	it('gives no rows where no statement has any', async () => {
		await onPostgres([batch('DELETE FROM counter', 'INSERT INTO counter VALUES (1), (2)')], async (run, client) => {
			expect(succeeded(await run()).stdout).toBe('[]\n')
			expect((await client.query('SELECT n FROM counter ORDER BY n')).rows).toEqual([{ n: 1 }, { n: 2 }])
		})
	})

	it('fails where a later statement does', async () => {
		await onPostgres([batch('SELECT n FROM counter', 'SELECT n / 0 FROM counter')], async (run) => {
			expect(failureOf(await run()).message).toContain('division by zero')
		})
	})
})

describe('the session that a connection keeps', () => {
	const call = (helper: string, text: string, more = ''): string =>
		`print(${helper}(spark, argv[argv.index("--connection") + 1], ${JSON.stringify(text)}${more}))`

	it('holds temporary tables and a transaction from one statement to the next', async () => {
		const lines = [
			call('sql_kept', 'CREATE TEMPORARY TABLE mine AS SELECT 7 AS n'),
			call('sql_kept', 'BEGIN'),
			call('sql_kept', 'UPDATE counter SET n = (SELECT n FROM mine)'),
			call('sql', 'SELECT n FROM counter'),
			call('sql_kept', 'SELECT n + ? AS n FROM counter', ', [1]'),
			call('sql_kept', 'COMMIT'),
			call('sql', 'SELECT n FROM counter'),
		]
		await onPostgres(lines, async (run) => {
			const seen = succeeded(await run())
				.stdout.trim()
				.split('\n')
			expect(seen).toEqual(['[]', '[]', '[]', "[{'n': '41'}]", "[{'n': '8'}]", '[]', "[{'n': '7'}]"])
		})
	})

	it('ends with the task whose own it is', async () => {
		const lines = [
			'with task_session(argv[argv.index("--connection") + 1]):',
			`    ${call('sql_kept', 'CREATE TEMPORARY TABLE mine AS SELECT 7 AS n')}`,
			`    ${call('sql_kept', 'SELECT n FROM mine')}`,
			// The server may take a moment to remove the table of a session that is gone; nobody else sees it.
			call('sql_kept', "SELECT count(*) AS n FROM pg_class WHERE relname = 'mine' AND pg_table_is_visible(oid)"),
		]
		await onPostgres(lines, async (run) => {
			expect(succeeded(await run()).stdout).toBe("[]\n[{'n': '7'}]\n[{'n': '0'}]\n")
		})
	})

	it('is that of statements that give values, too', async () => {
		const seen = "SELECT current_setting('reglue.seen') || a"
		const lines = [
			call('sql_kept', `CREATE FUNCTION seen(IN a int, OUT b text) LANGUAGE SQL AS $$ ${seen} $$`),
			call('sql_kept', "SET reglue.seen = 'kept '"),
			call('sql_call_kept', '{call seen(?, ?)}', ', [21, None], [2]'),
		]
		await onPostgres(lines, async (run) => {
			expect(succeeded(await run()).stdout).toBe("[]\n[]\n([], ['kept 21'])\n")
		})
	})
})
