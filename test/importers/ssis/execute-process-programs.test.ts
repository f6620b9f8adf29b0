/** Execute Process tasks that start a program whose work the new job does: 7-Zip, sqlcmd, bcp, robocopy, waits. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Task } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import { proveJob } from '../../support/prove-job.ts'
import { startSpark, warmUp } from '../../support/run-flow.ts'
import { connections, db, first, jobOf, variables, x } from '../../support/ssis-tasks.ts'

const escaped = (value: string): string =>
	value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A package with one task that runs a program; it has a connection manager of the database dw on srv. */
function running(program: string, args: string, more = '', expression = ''): Job {
	const data = `<ExecuteProcessData Executable="${escaped(program)}" Arguments="${escaped(args)}" ${more}/>`
	const computed =
		expression === ''
			? ''
			: `<DTS:PropertyExpression DTS:Name="Arguments">${escaped(expression)}</DTS:PropertyExpression>`
	return jobOf(
		connections(db),
		variables(x.variable('File', 8, 'C:\\in\\a.zip'), x.variable('Day', 8, '2024-01-31')),
		x.executables(x.executable('Run', 'Microsoft.ExecuteProcess', data, computed)),
	)
}

const task = (program: string, args: string, more = ''): Task => first(running(program, args, more))
const reasonOf = (one: Task): string => (one.kind === 'opaque' ? one.reason : `it is a ${one.kind}`)
const zip = (args: string): Task => task('C:\\Program Files\\7-Zip\\7z.exe', args)

describe('7-Zip', () => {
	it.each([
		['x "C:\\my zips\\a.zip" -oD:\\out -y', 'C:\\my zips\\a.zip', 'D:\\out', { flat: false, overwrite: true }],
		['e C:\\in\\a.zip -o"D:\\out dir" -aoa -bd', 'C:\\in\\a.zip', 'D:\\out dir', { flat: true, overwrite: true }],
		['x C:\\in\\a.zip -oD:\\out', 'C:\\in\\a.zip', 'D:\\out', { flat: false, overwrite: false }],
	])('takes files out: %s', (args, source, destination, options) => {
		expect(zip(args)).toMatchObject({
			kind: 'extract-archive',
			source: { text: source },
			destination: { text: destination },
			...options,
		})
	})

	it('adds files to an archive, one name after the other', () => {
		expect(zip('a -tzip D:\\out\\all.zip C:\\in\\*.csv -mx9')).toMatchObject({
			kind: 'pack-archive',
			source: { text: 'C:\\in\\*.csv' },
			destination: { text: 'D:\\out\\all.zip' },
			existing: 'add',
		})
		expect(zip('a D:\\out\\all.zip C:\\in\\a.csv C:\\in\\sub')).toMatchObject({
			kind: 'sequence',
			body: { tasks: [{ source: { text: 'C:\\in\\a.csv' } }, { source: { text: 'C:\\in\\sub' } }] },
		})
	})

	it('takes values for paths, behind -o too, and runs inside cmd', () => {
		const job = running('7za.exe', '', '', '"x " + @[User::File] + " -o\\"D:\\\\" + @[User::Day] + "\\" -y"')
		expect(first(job)).toMatchObject({
			kind: 'extract-archive',
			source: { expression: { kind: 'variable', name: 'User::File' } },
			destination: { text: 'D:\\@[User::Day]' },
		})
		expect(job.differences.map(({ id }) => id)).toEqual(['RG-D064'])
		const quoted = '/c ""C:\\Program Files\\7-Zip\\7z.exe" x C:\\a.zip -oD:\\out && del C:\\a.zip"'
		expect(task('cmd', quoted)).toMatchObject({ body: { tasks: [{ overwrite: false }, { kind: 'file-operation' }] } })
		expect(task('cmd', '/c 7z x C:\\a.zip -oD:\\out -y >nul && del C:\\a.zip')).toMatchObject({
			body: { tasks: [{ kind: 'extract-archive' }, { kind: 'file-operation' }] },
		})
	})

	it.each([
		['x C:\\in\\a.rar -oD:\\out', 'no zip but rar'],
		['x C:\\in\\a.zip -oD:\\out -psecret', 'the switch -p'],
		['x C:\\in\\a.zip -oD:\\out -aos', 'keeps files that are there'],
		['x C:\\in\\a.zip', 'one archive and, by -o, one folder'],
		['x C:\\in\\*.zip -oD:\\out', 'several archives'],
		['a D:\\out\\all C:\\in\\a.csv', 'no zip but 7z'],
		['a D:\\all.zip C:\\in\\*.*', 'write * for all'],
		['t C:\\in\\a.zip', 'asked to do t'],
		['a all.zip C:\\in\\a.csv', 'only the old server knows'],
	])('stays opaque: %s', (args, reason) => {
		const why = reasonOf(zip(args))
		expect(why).toContain(reason)
		expect(why).not.toContain('secret')
	})
})

describe('sqlcmd and osql', () => {
	it('run a statement on the connection manager of the same database', () => {
		const job = running('sqlcmd', '-S srv -d dw -E -b -Q "EXEC load_all"')
		expect(first(job)).toMatchObject({
			kind: 'execute-sql',
			connection: 'DB',
			batches: [{ text: 'EXEC load_all' }],
			result: { kind: 'none' },
		})
		expect(job.differences.map(({ id }) => id)).toEqual(['RG-D197'])
	})

	it('run on a connection of their own where none names the database, without the login', () => {
		const job = running('osql.exe', '-Sother -dshop -U sa -P secret -Q "DELETE FROM t"')
		expect(first(job)).toMatchObject({ connection: 'shop on other' })
		expect(job.connections).toContainEqual(expect.objectContaining({ name: 'shop on other', dialect: 'sqlserver' }))
		expect(JSON.stringify(job)).not.toContain('secret')
	})

	it('run a file, and statements that hold a value', () => {
		expect(task('sqlcmd', '-S srv -d dw -i "C:\\sql\\load all.sql"')).toMatchObject({
			batches: [],
			file: { text: 'C:\\sql\\load all.sql' },
		})
		const job = running('sqlcmd', '', '', '"-S srv -d dw -Q \\"EXEC load_day \'" + @[User::Day] + "\'\\""')
		expect(first(job)).toMatchObject({ batches: [{ text: "EXEC load_day '@[User::Day]'" }] })
	})

	it.each([
		['-S srv -d dw -Q "SELECT 1" -o C:\\out.txt', 'the option -o'],
		['-S srv -d dw -Q "SELECT $(Day)"', 'variables of sqlcmd'],
		['-S srv -d dw', 'waits for statements'],
		['-S srv -d dw -v Day=1 -i C:\\a.sql', 'the option -v'],
	])('stay opaque: %s', (args, reason) => expect(reasonOf(task('sqlcmd', args))).toContain(reason))
})

describe('bcp', () => {
	it('fills a table as BULK INSERT does', () => {
		const job = running('bcp', 'dbo.Sales in "C:\\in\\sales 1.csv" -c -t, -r \\n -F 2 -E -S srv -d dw -T')
		expect(first(job)).toMatchObject({
			kind: 'execute-sql',
			connection: 'DB',
			batches: [
				{
					text: "BULK INSERT dbo.Sales FROM N'C:\\in\\sales 1.csv' WITH (KEEPIDENTITY, DATAFILETYPE = 'char', FIELDTERMINATOR = ',', ROWTERMINATOR = '\\n', FIRSTROW = 2)",
				},
			],
		})
		expect(job.differences.map(({ id }) => id)).toEqual(['RG-D197', 'RG-D056'])
	})

	it.each([
		['dbo.Sales out C:\\a.csv -c -T', 'whose columns only the database knows'],
		['dbo.Sales in C:\\a.csv -T', 'asks for the form'],
		['dbo.Sales in C:\\a.csv -c -e C:\\bad.txt -T', 'the option -e'],
	])('stays opaque: %s', (args, reason) => expect(reasonOf(task('bcp', args))).toContain(reason))
})

describe('robocopy', () => {
	const free = 'FailTaskIfReturnCodeIsNotSuccessValue="False"'

	it('copies each file that fits, wherever its exit code says nothing', () => {
		const job = running('robocopy', 'C:\\in D:\\out *.csv *.txt /mov /r:3 /np', free)
		expect(first(job)).toMatchObject({
			kind: 'sequence',
			body: {
				tasks: [
					{
						kind: 'loop',
						over: { folder: { text: 'C:\\in' }, pattern: { text: '*.csv' } },
						body: {
							tasks: [{ operation: 'move-file', destination: { text: 'D:\\out' }, overwrite: true, intoFolder: true }],
						},
					},
					{ kind: 'loop', over: { pattern: { text: '*.txt' } } },
				],
			},
		})
		expect(job.differences.map(({ id }) => id)).toEqual(['RG-D198'])
	})

	it('needs a file where 1 is the code of success', () =>
		expect(task('robocopy', 'C:\\in D:\\out', 'SuccessValue="1"')).toMatchObject({
			kind: 'loop',
			over: { pattern: { text: '*' }, needsFile: true },
		}))

	it.each([
		['C:\\in D:\\out', '', 'fails where it copies a file'],
		['C:\\in D:\\out /mir', free, 'the switch /mir'],
		['in D:\\out', free, 'only the old server knows'],
	])('stays opaque: %s', (args, more, reason) => expect(reasonOf(task('robocopy', args, more))).toContain(reason))
})

describe('waits', () => {
	it.each([
		['timeout', '/t 10 /nobreak', 10_000],
		['timeout.exe', '5', 5000],
		['cmd', '/c ping -n 11 127.0.0.1 >nul', 10_000],
		['ping', 'localhost', 3000],
	])('%s %s', (program, args, milliseconds) =>
		expect(task(program, args)).toMatchObject({ kind: 'pause', milliseconds }),
	)

	it.each([
		['timeout', '/t -1', 'waits for a key'],
		['ping', '-n 1 fileserver', 'a machine of the old network'],
	])('%s %s stays opaque', (program, args, reason) => expect(reasonOf(task(program, args))).toContain(reason))
})

describe('on Spark', () => {
	const engine = startSpark()
	beforeAll(() => warmUp(engine))
	afterAll(() => engine.close())

	it.each([
		['cmd', '/c 7z x C:\\in\\a.zip -oD:\\out -y && 7z a D:\\all.zip C:\\in\\*.csv && timeout /t 1'],
		['sqlcmd', '-S srv -d dw -Q "EXEC load_all"'],
		['sqlcmd', '-S srv -d dw -i C:\\sql\\all.sql'],
	])('%s %s does the same', async (program, args) => {
		const { proof, script } = await proveJob(engine, running(program, args))
		expect(proof.report, script).toMatchObject({ level: 'E3' })
	})
})
