import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readJsonLines, writeJsonLines } from '#engines/json-lines.ts'
import { canIsolateNetwork } from '#engines/local-spark/isolation.ts'
import { fixtureConnection, type HelperFixture, type RunOutcome, type TableFixture } from '#engines/port.ts'
import * as types from '#model/types.ts'
import { makeDate, makeDecimal, makeTime, makeTimestamp, type Row } from '#model/values.ts'
import { failureOf, ownSpark, SET_UP_MS, script, succeeded, withTemporaryFolder } from './support.ts'

const engine = ownSpark()
const misbehave = (how: string, more: Partial<Parameters<typeof engine.run>[0]> = {}): Promise<RunOutcome> =>
	engine.run({ script: script('misbehave'), args: { how }, ...more })

beforeAll(async () => {
	const warm = await misbehave('print')
	expect(warm).toMatchObject({ ok: true })
}, SET_UP_MS)
afterAll(() => engine.close())

async function linesOf(folder: string): Promise<string[]> {
	const parts = (await readdir(folder)).filter((name) => name.startsWith('part-')).sort()
	const texts = await Promise.all(parts.map((part) => readFile(path.join(folder, part), 'utf8')))
	return texts.flatMap((text) => text.split('\n').filter((line) => line !== ''))
}

describe('a script that does its work', () => {
	it('reads and writes the files that its arguments name', () =>
		withTemporaryFolder(async (folder) => {
			await writeFile(path.join(folder, 'in.txt'), 'naïve\nzwei\n')
			const args = { source_path: path.join(folder, 'in.txt'), target_path: path.join(folder, 'out'), suffix: '?' }
			const outcome = await engine.run({ script: script('upper_lines'), args })
			expect(outcome).toMatchObject({ ok: true, effects: [], stdout: 'job local\n' })
			expect(await linesOf(args.target_path)).toEqual(['NAÏVE?', 'ZWEI?'])
			const again = await engine.run({ script: script('upper_lines'), args })
			expect(again.seconds).toBeLessThan(5)
		}))

	it('may print as it likes: its output is kept, apart from the messages', async () => {
		const outcome = await misbehave('print')
		expect(outcome).toMatchObject({ ok: true, stdout: 'to standard output é\n', stderr: 'to standard error\n' })
	})

	it('begins with other values of its variables, where the run says so', async () => {
		const own = await engine.run({ script: script('variables'), args: {} })
		expect(own.stdout).toBe('10000 own\n')
		const other = await engine.run({ script: script('variables'), args: {}, variables: { rows: 3, unknown: 1 } })
		expect(other.stdout).toBe('3 own\n')
	})

	it('gets a session without what the one before left', async () => {
		expect((await misbehave('view')).stdout).toBe('False\n')
		expect((await misbehave('view')).stdout).toBe('False\n')
	})

	it('sees nothing of our environment', async () => {
		process.env['REGLUE_TEST_SECRET'] = 'secret'
		const { stdout } = await misbehave('environment')
		expect(stdout).toContain("'JAVA_HOME'")
		expect(stdout).not.toContain('REGLUE_TEST_SECRET')
		expect(stdout).not.toContain('AWS_')
	})
})

describe('tables of a redirected connection', () => {
	const orders: types.Schema = {
		columns: [
			{ name: 'id', type: types.int(64), nullable: false },
			{ name: 'Amount Due', type: types.decimal(38, 10), nullable: true },
			{ name: 'placed', type: types.timestamp(), nullable: true },
			{ name: 'day', type: types.date, nullable: true },
			{ name: 'clock', type: types.time(6), nullable: true },
			{ name: 'note', type: types.text(), nullable: true },
		],
		open: false,
	}
	const flagged = { ...orders, columns: [...orders.columns, { name: 'newest', type: types.boolean, nullable: false }] }
	const counts: types.Schema = { columns: [{ name: 'count', type: types.int(64), nullable: false }], open: false }
	const newest: types.Schema = { columns: [{ name: 'id', type: types.int(64), nullable: true }], open: false }
	const rows: Row[] = [
		{
			id: 9_223_372_036_854_775_807n,
			'Amount Due': makeDecimal(-99_999_999_999_999_999_999_999_999_999_999_999_999n, 10),
			placed: makeTimestamp(-62_135_596_800_000_000n),
			day: makeDate(2_932_896),
			clock: makeTime(86_399_999_999n),
			note: 'a "quoted"\\ 😀\nline\u2028',
		},
		{
			id: 2n,
			'Amount Due': makeDecimal(0n, 10),
			placed: makeTimestamp(-1n),
			day: makeDate(-25_569),
			clock: makeTime(0n),
			note: '',
		},
		{ id: 3n, 'Amount Due': null, placed: null, day: null, clock: null, note: null },
	]

	async function runTables(folder: string, shuffle?: { partitions: number; seed: number }) {
		const at = (name: string): string => path.join(folder, name)
		await writeJsonLines(at('orders.jsonl'), rows, orders)
		await writeJsonLines(at('newest.jsonl'), [{ id: 3n }], newest)
		const fixture = (role: 'read' | 'write', table: string, file: string, schema: types.Schema): TableFixture => ({
			connection: 'DW',
			source: { table },
			role,
			path: at(file),
			schema,
		})
		const tables: TableFixture[] = [
			fixture('read', 'sales.orders', 'orders.jsonl', orders),
			{
				...fixture('read', '', 'newest.jsonl', newest),
				source: { statement: 'SELECT max(id) AS id FROM sales.orders' },
			},
			fixture('write', 'sales.flagged', 'flagged', flagged),
			fixture('write', 'sales.counts', 'counts', counts),
		]
		const args = { dw_connection: fixtureConnection('DW') }
		const outcome = await engine.run({ script: script('tables'), args, tables, ...(shuffle ? { shuffle } : {}) })
		return {
			outcome,
			flagged: await readJsonLines(at('flagged'), flagged),
			counts: await readJsonLines(at('counts'), counts),
		}
	}

	it('are read from and written to JSON lines, to the last digit', () =>
		withTemporaryFolder(async (folder) => {
			const result = await runTables(folder)
			succeeded(result.outcome)
			const expected = rows.map((row) => ({ ...row, newest: row['id'] === 3n }))
			expect(result.flagged).toHaveLength(3)
			expect(result.flagged).toEqual(expect.arrayContaining(expected))
			expect(result.counts).toEqual([{ count: 3n }])
		}))

	it('are logged in order, as reads and writes', () =>
		withTemporaryFolder(async (folder) => {
			const outcome = succeeded((await runTables(folder)).outcome)
			expect(
				outcome.effects.map(({ helper, args }) => [helper, args['connection'], args['table'] ?? args['statement']]),
			).toEqual([
				['jdbc.read', 'DW', 'sales.orders'],
				['jdbc.read', 'DW', 'SELECT max(id) AS id\n  FROM sales.orders'],
				['jdbc.write', 'DW', 'sales.flagged'],
				['jdbc.read', 'DW', 'sales.flagged'],
				['jdbc.write', 'DW', 'sales.counts'],
			])
			expect(outcome.effects[2]?.args).toMatchObject({ mode: 'append', rows: 3 })
			expect(outcome.effects[4]?.args).toMatchObject({
				mode: 'overwrite',
				columns: [{ name: 'count', type: 'bigint' }],
			})
		}))

	it('give the same rows when they are shuffled', () =>
		withTemporaryFolder(async (folder) => {
			const { outcome, flagged: shuffled } = await runTables(folder, { partitions: 7, seed: 42 })
			succeeded(outcome)
			expect(shuffled.map((row) => row['id'])).toHaveLength(3)
			expect(new Set(shuffled.map((row) => row['id']))).toEqual(new Set(rows.map((row) => row['id'])))
		}))

	it('that nobody gave fail by name', async () => {
		const failure = failureOf(
			await engine.run({ script: script('tables'), args: { dw_connection: fixtureConnection('DW') } }),
		)
		expect(failure).toMatchObject({
			errorClass: 'MissingFixture',
			trace: [{ function: 'main' }, { function: 'run', line: 16 }],
		})
		expect(failure.message).toBe("no rows are given for table 'sales.orders' of connection 'DW'")
	})
})

describe('helpers of a script', () => {
	const names: types.Schema = { columns: [{ name: 'name', type: types.text(), nullable: true }], open: false }
	const helpers: HelperFixture[] = [
		{
			name: 'sql',
			answers: [
				{ when: { statement: 'SELECT name FROM t' }, reply: { kind: 'rows', schema: names, rows: [{ name: 'Ann' }] } },
			],
		},
		{ name: 'list_files', answers: [{ reply: { kind: 'value', value: ['/in/a.csv', '/in/b.csv'] } }] },
		{ name: 'send_mail', answers: [{ reply: { kind: 'error', message: 'no route' } }] },
		{ name: 'move_file', answers: [] },
	]

	it('are recorded by argument name and answered in order; those that the script lacks are not missed', async () => {
		const outcome = await engine.run({ script: script('helpers'), args: {}, helpers })
		expect(outcome).toMatchObject({ ok: true, stdout: 'ScriptedFailure: no route\n' })
		expect(outcome.effects).toEqual([
			{ helper: 'sql', args: { connection: 'DW', statement: 'SELECT name FROM t', values: [] } },
			{ helper: 'sql', args: { connection: 'DW', statement: 'DELETE FROM t', values: [1, '2024-02-29'] } },
			{ helper: 'list_files', args: { pattern: '/in/*.csv' } },
			{ helper: 'send_mail', args: { to: 'ops', subject: "/in/a.csv ['Ann']" } },
			{ helper: 'send_mail', args: { to: 'ops', subject: "/in/b.csv ['Ann']" } },
		])
	})

	it('that are not named do what they do', async () => {
		const failure = failureOf(await engine.run({ script: script('helpers'), args: {} }))
		expect(failure).toMatchObject({ errorClass: 'RuntimeError', message: 'reached a database' })
	})
})

describe('a script that fails', () => {
	it('tells the row error, its stage and the line of the script', async () => {
		const failure = failureOf(await misbehave('raise'))
		expect(failure.message).toContain('Stage XFM_CHECK: no such id 3')
		expect(failure.stage).toBe('XFM_CHECK')
		expect(failure.trace.at(-1)).toEqual({
			line: 32,
			function: 'main',
			code: 'check(spark.range(5)).write.format("noop").mode("overwrite").save()',
		})
	})

	it('tells the component of a package', async () =>
		expect(failureOf(await misbehave('component')).stage).toBe('Split Rows'))

	it('gives Spark errors by their condition', async () => {
		expect(failureOf(await misbehave('divide'))).toMatchObject({ condition: 'DIVIDE_BY_ZERO' })
		expect(failureOf(await misbehave('column'))).toMatchObject({
			errorClass: 'AnalysisException',
			condition: 'UNRESOLVED_COLUMN.WITH_SUGGESTION',
		})
	})

	it('by its syntax is told by line', () =>
		withTemporaryFolder(async (folder) => {
			await writeFile(path.join(folder, 'broken.py'), 'x = 1\ndef main(argv:\n')
			const failure = failureOf(await engine.run({ script: path.join(folder, 'broken.py'), args: {} }))
			expect(failure).toMatchObject({ errorClass: 'SyntaxError', trace: [{ line: 2 }] })
		}))

	it('by a missing argument is told by the argument', async () => {
		const failure = failureOf(await engine.run({ script: script('upper_lines'), args: { source_path: '/x' } }))
		expect(failure).toMatchObject({ errorClass: 'GlueArgumentError' })
		expect(failure.message).toContain('--target_path')
	})
})

describe('a script that takes its process with it', () => {
	it('by never ending is ended, and the next one runs', async () => {
		const outcome = await misbehave('loop', { limits: { seconds: 5 } })
		expect(failureOf(outcome)).toMatchObject({ errorClass: 'TimeLimit', message: 'not finished after 5 seconds' })
		expect(outcome.stderr).toContain('looping')
		expect(outcome.seconds).toBeLessThan(8)
		expect(await misbehave('print')).toMatchObject({ ok: true })
	})

	it('by exiting is a failed run, and the next one runs', async () => {
		const outcome = await misbehave('exit')
		expect(failureOf(outcome)).toMatchObject({ errorClass: 'WorkerDied' })
		expect(outcome.stderr).toContain('last words')
		expect(await misbehave('print')).toMatchObject({ ok: true })
	})

	it('by stopping Spark does no harm to the next one', async () => {
		expect(await misbehave('stop')).toMatchObject({ ok: true })
		expect(await misbehave('print')).toMatchObject({ ok: true })
	})

	it('is stopped with the signal', async () => {
		const controller = new AbortController()
		const running = engine.run({ script: script('misbehave'), args: { how: 'loop' } }, controller.signal)
		setTimeout(() => controller.abort(new Error('Ctrl-C')), 1000)
		await expect(running).rejects.toThrow('Ctrl-C')
	})
})

describe('a script of a person or a model', () => {
	it('runs in a process of its own that reaches no network', async ({ skip }) => {
		if (!(await canIsolateNetwork())) skip('this machine does not allow unshare --net')
		const server = createServer((socket) => socket.destroy())
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
		const address = server.address()
		const port = typeof address === 'object' && address ? String(address.port) : ''
		try {
			const reach = async (trust: 'rules' | 'foreign') =>
				(await engine.run({ script: script('misbehave'), args: { how: 'network', port }, trust })).stdout
			expect(await reach('rules')).toBe('host 0\n')
			expect(await reach('foreign')).toBe('host 111\n')
		} finally {
			server.close()
		}
	})
})

describe('files of JSON lines', () => {
	it('name file and line of what does not fit', () =>
		withTemporaryFolder(async (folder) => {
			const schema: types.Schema = { columns: [{ name: 'n', type: types.int(), nullable: true }], open: false }
			await mkdir(path.join(folder, 'rows'))
			await writeFile(path.join(folder, 'rows', 'part-0.json'), '{"n":1}\n\n{"n":"x"}\n')
			await expect(readJsonLines(path.join(folder, 'rows'), schema)).rejects.toThrow(
				/part-0\.json:3: column n: "x" is not a int32/,
			)
			expect(await readJsonLines(path.join(folder, 'nowhere'), schema)).toEqual([])
		}))
})
