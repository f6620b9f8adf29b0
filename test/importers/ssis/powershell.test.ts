import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Task } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import { proveJob } from '../../support/prove-job.ts'
import { startSpark, warmUp } from '../../support/run-flow.ts'
import { first, jobOf, variables, x } from '../../support/ssis-tasks.ts'

const escaped = (value: string): string =>
	value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A package with one task that runs a command in Windows PowerShell. */
function running(args: string, more = '', expressions = ''): Job {
	const data = `<ExecuteProcessData Executable="powershell.exe" Arguments="${escaped(args)}" ${more}/>`
	return jobOf(
		variables(x.variable('Path', 8, 'C:\\in\\a.csv'), x.variable('Inbox', 8, 'C:\\in\\')),
		x.executables(x.executable('Run', 'Microsoft.ExecuteProcess', data, expressions)),
	)
}
const task = (args: string, more = ''): Task => first(running(args, more))
const reasonOf = (one: Task): string => (one.kind === 'opaque' ? one.reason : `it is a ${one.kind}`)

describe('a cmdlet on one file or folder', () => {
	it.each([
		[
			`-NoProfile -ExecutionPolicy Bypass -Command "Copy-Item 'C:\\in dir\\a.csv' D:\\out\\b.csv"`,
			'copy-file',
			'C:\\in dir\\a.csv',
			'D:\\out\\b.csv',
			{ overwrite: true, intoFolder: false },
		],
		[
			'"Move-Item -Destination D:\\out -Path C:\\in\\a.csv"',
			'move-file',
			'C:\\in\\a.csv',
			'D:\\out',
			{ overwrite: false, intoFolder: true },
		],
		['-c mv C:\\in\\a.csv D:\\b.csv -Force', 'move-file', 'C:\\in\\a.csv', 'D:\\b.csv', { overwrite: true }],
		['-Command Remove-Item C:\\in\\a.csv -ErrorAction SilentlyContinue', 'delete-file', 'C:\\in\\a.csv', undefined, {}],
		['-Command remove-item C:\\tmp -Recurse -Force', 'delete-folder', 'C:\\tmp', undefined, {}],
		['-Command Remove-Item C:\\tmp\\* -Recurse', 'empty-folder', 'C:\\tmp\\', undefined, {}],
		['-Command Rename-Item C:\\in\\a.csv -NewName b.csv', 'rename-file', 'C:\\in\\a.csv', 'C:\\in\\b.csv', {}],
		['-Command New-Item -ItemType Directory -Path D:\\x', 'create-folder', 'D:\\x', undefined, { useExisting: false }],
		['-Command mkdir D:\\x -Force', 'create-folder', 'D:\\x', undefined, { useExisting: true }],
	])('%s', (args, operation, source, destination, options) => {
		expect(task(args)).toMatchObject({
			kind: 'file-operation',
			operation,
			source: { text: source },
			...(destination === undefined ? {} : { destination: { text: destination } }),
			...options,
		})
	})

	/** Whether an error is shown is nothing to the code that the interpreter ends with. */
	it('fails where its file is not there, unless the task looks at no code', () => {
		const remove = '-Command Remove-Item C:\\in\\a.csv -ErrorAction SilentlyContinue'
		expect(task(remove)).not.toHaveProperty('mayBeAbsent')
		expect(task(remove, 'FailTaskIfReturnCodeIsNotSuccessValue="False"')).toMatchObject({ mayBeAbsent: true })
	})
})

describe('a cmdlet on the files of a folder', () => {
	it('takes exactly those that fit, of which there may be none', () => {
		const read = running('-Command "Copy-Item C:\\in\\*.csv D:\\out"')
		expect(first(read)).toMatchObject({
			kind: 'loop',
			over: { kind: 'files', folder: { text: 'C:\\in\\' }, pattern: { text: '*.csv' }, recurse: false },
			body: { tasks: [{ operation: 'copy-file', overwrite: true, intoFolder: true }] },
		})
		expect(first(read)).not.toHaveProperty('over.needsFile')
		expect(read.differences).toEqual([])
	})

	it('takes a value in quotes as one path', () => {
		const expression =
			'<DTS:PropertyExpression DTS:Name="Arguments">"-Command \\"Remove-Item \'" + @[User::Path] + "\'\\""</DTS:PropertyExpression>'
		const read = running('', '', expression)
		expect(first(read)).toMatchObject({ operation: 'delete-file', source: { text: '@[User::Path]' } })
		expect(read.differences).toEqual([])
	})
})

describe('what stays opaque', () => {
	it.each([
		['-File C:\\scripts\\load.ps1', 'it runs a script of the old server'],
		['-Command "Get-ChildItem C:\\in | Remove-Item"', 'PowerShell reads "|" in its command'],
		['-Command "Remove-Item $env:TEMP\\a.txt"', 'PowerShell reads "$" in its command'],
		['-Command "Stop-Service Spooler"', 'it runs stop-service'],
		['-Command "Copy-Item C:\\in D:\\out -Recurse -Container"', 'its command copy-item has the parameter -recurse'],
		['-Command "Copy-Item C:\\in\\* D:\\out"', 'folders may fit C:\\in\\*, too'],
		['-Command "Copy-Item a.csv D:\\out"', 'the path a.csv begins in a folder that only the old server knows'],
		['-Command "Remove-Item C:\\in"', 'it removes a folder only where that is empty'],
		['-Command "Remove-Item \'C:\\in\\a.csv"', 'a quote in its command is never closed'],
		['-Command "Copy-Item C:\\a.csv D:\\out E:\\out"', 'its command copy-item names more than it takes'],
	])('%s', (args, reason) => expect(reasonOf(task(args))).toBe(reason))
})

describe('on Spark', () => {
	const engine = startSpark()
	beforeAll(() => warmUp(engine))
	afterAll(() => engine.close())

	it('the same is done with the same paths', async () => {
		const { proof, script } = await proveJob(
			engine,
			running("-Command \"Move-Item 'C:\\in\\*.csv' 'D:\\out\\' -Force\""),
		)
		expect(proof.report, script).toMatchObject({ level: 'E3' })
	})
})
