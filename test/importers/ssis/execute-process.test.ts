import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Task } from '#model/control-flow.ts'
import { proveJob } from '../../support/prove-job.ts'
import { startSpark, warmUp } from '../../support/run-flow.ts'
import { first, jobOf, variables, x } from '../../support/ssis-tasks.ts'

const escaped = (value: string): string =>
	value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A package with one task that runs a program. */
function running(program: string, args: string, more = '', expressions = '') {
	const data = `<ExecuteProcessData Executable="${escaped(program)}" Arguments="${escaped(args)}" ${more}/>`
	return jobOf(
		variables(
			x.variable('Path', 8, 'C:\\in\\a.csv'),
			x.variable('Inbox', 8, 'C:\\in\\'),
			x.variable('Command', 8, '', {
				EvaluateAsExpression: -1,
				Expression: '"/c del \\"" + @[User::Path] + "\\""',
			}),
		),
		x.executables(x.executable('Run', 'Microsoft.ExecuteProcess', data, expressions)),
	)
}
const cmd = (command: string, more = ''): Task =>
	first(running('C:\\Windows\\System32\\cmd.exe', `/C ${command}`, more))
const reasonOf = (task: Task): string => (task.kind === 'opaque' ? task.reason : `it is a ${task.kind}`)

describe('commands of cmd on one file', () => {
	it.each([
		[
			'copy /Y "C:\\in dir\\a.csv" D:\\out\\',
			'copy-file',
			'C:\\in dir\\a.csv',
			'D:\\out\\',
			{ overwrite: true, intoFolder: true },
		],
		[
			'copy C:\\in\\a.csv D:\\out\\b.csv',
			'copy-file',
			'C:\\in\\a.csv',
			'D:\\out\\b.csv',
			{ overwrite: false, intoFolder: false },
		],
		[
			'"move /y "C:\\in dir\\a.csv" "D:\\out dir\\""',
			'move-file',
			'C:\\in dir\\a.csv',
			'D:\\out dir\\',
			{ overwrite: true },
		],
		['ren C:\\in\\a.csv b.csv', 'rename-file', 'C:\\in\\a.csv', 'C:\\in\\b.csv', {}],
		['DEL /f/q C:\\in\\a.csv >nul 2>&1', 'delete-file', 'C:\\in\\a.csv', undefined, { mayBeAbsent: true }],
		['mkdir D:\\out\\2024', 'create-folder', 'D:\\out\\2024', undefined, { useExisting: false }],
		['rd /s /q D:\\tmp', 'delete-folder', 'D:\\tmp', undefined, {}],
	])('%s', (command, operation, source, destination, options) => {
		expect(cmd(command)).toMatchObject({
			kind: 'file-operation',
			operation,
			source: { text: source },
			...(destination === undefined ? {} : { destination: { text: destination } }),
			...options,
		})
	})

	it('begin in the working folder where they name none', () =>
		expect(cmd('del a.csv', 'WorkingDirectory="C:\\work"')).toMatchObject({ source: { text: 'C:\\work\\a.csv' } }))

	it('are found in a variable that is put together from others', () => {
		const expression = '<DTS:PropertyExpression DTS:Name="Arguments">@[User::Command]</DTS:PropertyExpression>'
		expect(first(running('cmd.exe', '', '', expression))).toMatchObject({
			operation: 'delete-file',
			source: { expression: { kind: 'variable', name: 'User::Path' } },
		})
	})
})

describe('commands of cmd on more', () => {
	it('work on each file that fits a pattern, and fail without one where the command does', () => {
		expect(cmd('move /y C:\\in\\*.csv D:\\done')).toMatchObject({
			kind: 'loop',
			over: { kind: 'files', folder: { text: 'C:\\in\\' }, pattern: { text: '*.csv' }, needsFile: true },
			body: { tasks: [{ operation: 'move-file', destination: { text: 'D:\\done' }, intoFolder: true }] },
		})
		const deleting = cmd('del /q C:\\in\\*.*')
		expect(deleting).toMatchObject({ kind: 'loop', body: { tasks: [{ operation: 'delete-file' }] } })
		expect(deleting).not.toHaveProperty('over.needsFile')
	})

	it('take a value for a folder where it begins as one', () => {
		const expression =
			'<DTS:PropertyExpression DTS:Name="Arguments">"/c del " + @[User::Inbox] + "*.tmp"</DTS:PropertyExpression>'
		const job = running('cmd.exe', '', '', expression)
		expect(first(job)).toMatchObject({
			over: { folder: { expression: { kind: 'variable', name: 'User::Inbox' } }, pattern: { text: '*.tmp' } },
		})
		expect(job.differences.map(({ id }) => id)).toEqual(['RG-D064', 'RG-D050'])
	})

	it('run one after the other while they succeed', () => {
		const task = cmd('copy /y C:\\in\\a.csv D:\\out\\ && del C:\\in\\a.csv')
		expect(task).toMatchObject({
			kind: 'sequence',
			body: {
				tasks: [{ operation: 'copy-file' }, { operation: 'delete-file' }],
				precedences: [{ outcome: 'success' }],
			},
		})
	})
})

describe('what stays opaque', () => {
	it.each([
		['dir /s C:\\in > C:\\out\\list.txt', '">"'],
		['copy a.csv D:\\out\\', 'only the old server knows'],
		['copy C:\\in\\*.csv D:\\out\\all.csv', 'puts several files together'],
		['del /s C:\\in\\*.csv', 'the switch /s'],
		['del C:\\in', 'only the run shows whether C:\\in is a folder'],
		['copy %TEMP%\\a.csv D:\\out\\', '"%"'],
		['del C:\\in\\a.csv & copy C:\\b.csv D:\\out\\', '"&"'],
		['C:\\scripts\\nightly.bat', 'which command it is'],
		['xcopy C:\\in D:\\out /e', 'the switch /e'],
		['rd C:\\in', 'only where that is empty'],
		['rd /s C:\\in', 'it asks'],
		['copy C:\\in D:\\out', 'only the run shows whether C:\\in is a folder'],
		['copy "C:\\in\\a.csv D:\\out\\', 'never closed'],
	])('%s', (command, reason) => expect(reasonOf(cmd(command))).toContain(reason))

	it('another program, one that answers to a variable, one whose failure is none', () => {
		expect(reasonOf(first(running('C:\\tools\\load.exe', '')))).toContain('it starts load')
		expect(reasonOf(first(running('', '')))).toBe('it names no program')
		expect(reasonOf(cmd('del C:\\a.csv', 'StandardOutputVariable="User::Path"'))).toContain('variables take')
		const goesOn = 'FailTaskIfReturnCodeIsNotSuccessValue="False"'
		expect(reasonOf(cmd('copy C:\\a.csv D:\\out\\', goesOn))).toContain('goes on')
		expect(cmd('md D:\\out', goesOn)).toMatchObject({ operation: 'create-folder', useExisting: true })
	})
})

describe('dtexec', () => {
	it('starts a package', () => {
		const task = first(running('dtexec.exe', '/FILE "C:\\my packages\\Child.dtsx" /REPORTING EW /CHECKPOINTING OFF'))
		expect(task).toMatchObject({ kind: 'run-job', reference: 'file', job: { text: 'C:\\my packages\\Child.dtsx' } })
	})

	it('is opaque where it changes the package', () =>
		expect(reasonOf(first(running('dtexec', '/F C:\\c.dtsx /SET \\Package.Variables[X].Value;1')))).toContain('/SET'))
})

describe('on Spark', () => {
	const engine = startSpark()
	beforeAll(() => warmUp(engine))
	afterAll(() => engine.close())

	it('the same is done with the same paths', async () => {
		const commands = ['move /y C:\\in\\*.csv D:\\done\\', 'md D:\\new && del C:\\in\\old.csv']
		for (const command of commands) {
			const { proof, script } = await proveJob(engine, running('cmd', `/c ${command}`))
			expect(proof.report, script).toMatchObject({ level: 'E3' })
		}
	})
})
