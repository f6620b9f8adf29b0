import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import type { FileTask, Task } from '#model/control-flow.ts'
import { int, text } from '#model/types.ts'
import { base, job, literal, sourced } from '../../../support/model-builder.ts'
import { proveJob } from '../../../support/prove-job.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const task = (name: string) => ({ id: name, element: name, name, disabled: false, provenance: base(name).provenance })
const said = (value: string) => sourced(literal(value), value)
const packageOf = (...tasks: readonly Task[]) =>
	job([], {
		kind: 'package',
		dialect: 'ssis',
		control: { tasks, precedences: [], joins: [] },
		variables: [
			{ name: 'User::n', type: int(32), initial: literal(3n, int(32)), provenance: base('n').provenance },
			{ name: 'User::out', type: text(), initial: literal(''), provenance: base('out').provenance },
		],
	})
const files = (name: string, changes: Partial<FileTask>): FileTask => ({
	...task(name),
	kind: 'file-operation',
	operation: 'copy-file',
	source: said('C:\\in\\a.txt'),
	intoFolder: false,
	overwrite: false,
	useExisting: false,
	...changes,
})
const proven = { details: [], report: { level: 'E3' } }

describe('tasks that do something outside', () => {
	it('move files, send mail, start jobs and call procedures with the same values as the reference', async () => {
		const mail: Task = {
			...task('Tell'),
			kind: 'mail',
			connection: 'SMTP',
			from: said('etl@example.com'),
			to: said('ops@example.com;dba@example.com'),
			cc: said(''),
			bcc: said(''),
			subject: said('Done'),
			text: sourced({ kind: 'variable', name: 'User::out', type: text() }),
			attachments: said(''),
			priority: 'high',
		}
		const start: Task = {
			...task('Start'),
			kind: 'run-job',
			job: said('Child.dtsx'),
			reference: 'project',
			parameters: [{ name: 'Rows', value: sourced({ kind: 'variable', name: 'User::n', type: int(32) }) }],
			mode: 'run',
		}
		const ask: Task = {
			...task('Ask'),
			kind: 'execute-sql',
			connection: 'DW',
			batches: [said('EXEC p ?, ? OUTPUT')],
			parameters: [
				{ direction: 'input', variable: 'User::n', type: int(32) },
				{ direction: 'output', variable: 'User::out', type: text() },
			],
			result: { kind: 'none' },
		}
		const move = files('Archive', { operation: 'move-file', destination: said('C:\\old'), intoFolder: true })
		const child = job([], {
			id: 'exports/Child.dtsx#Child',
			name: 'Child',
			kind: 'package',
			dialect: 'ssis',
			parameters: [
				{
					name: '$Package::Rows',
					type: int(32),
					default: 0n,
					secret: false,
					description: '',
					provenance: base('Rows').provenance,
				},
			],
		})
		const { proof, script } = await proveJob(engine, packageOf(ask, move, start, mail), [child])
		expect(proof).toMatchObject(proven)
		expect(proof.report.effects_compared).toBe(3 * 4)
		expect(script).toContain('job_beside(params, "job", "child"), {"rows_": variables.n}')
		expect(script).toContain('_, given = sql_call(')
	})

	it('work on real files', async () => {
		const folder = await mkdtemp(path.join(tmpdir(), 'reglue-files-'))
		try {
			const at = (...names: readonly string[]): string => path.join(folder, ...names)
			await writeFile(at('a.txt'), 'A')
			await writeFile(at('b.txt'), 'B')
			const plain = { overwrite: true, useExisting: true }
			const model = packageOf(
				files('Make', { operation: 'create-folder', source: said('1'), ...plain }),
				files('Copy', { source: said('2'), destination: said('3'), intoFolder: true, ...plain }),
				files('Move', { operation: 'move-file', source: said('4'), destination: said('5'), ...plain }),
				files('Delete', { operation: 'delete-file', source: said('6') }),
			)
			const control = { ...model.control, precedences: edges(['Make', 'Copy', 'Move', 'Delete']) }
			const { artifacts } = generate({ name: 'unit', jobs: [{ ...model, control }] }, defaultOptions)
			const script = artifacts.find(({ path: place }) => place.includes('glue_jobs'))?.text ?? ''
			await writeFile(at('script.py'), script)
			const args = {
				make_source: at('new'),
				copy_source: at('a.txt'),
				copy_destination: at('new'),
				move_source: at('b.txt'),
				move_destination: at('new', 'c.txt'),
				delete_source: at('a.txt'),
			}
			const outcome = await engine.run({ script: at('script.py'), args })
			expect(outcome.ok, JSON.stringify(outcome)).toBe(true)
			const left = (await readdir(folder, { recursive: true })).filter((name) => !/crc$|script/.test(name))
			expect(left.sort()).toEqual(['new', 'new/a.txt', 'new/c.txt'])
			expect(await readFile(at('new', 'c.txt'), 'utf8')).toBe('B')
		} finally {
			await rm(folder, { recursive: true, force: true })
		}
	})

	it('find a path that a variable holds where the config has moved it', async () => {
		const folder = await mkdtemp(path.join(tmpdir(), 'reglue-moved-'))
		try {
			await writeFile(path.join(folder, 'a.txt'), 'A')
			const gone = files('Delete', {
				operation: 'delete-file',
				source: sourced({ kind: 'variable', name: 'User::out', type: text() }),
			})
			const model = packageOf(gone)
			const variables = model.variables.map((one) =>
				one.name === 'User::out' ? { ...one, initial: literal('c:\\IN\\a.txt') } : one,
			)
			const options = { ...defaultOptions, paths: { 'C:\\in': folder } }
			const { artifacts } = generate({ name: 'unit', jobs: [{ ...model, variables }] }, options)
			const script = artifacts.find(({ path: place }) => place.includes('glue_jobs'))?.text ?? ''
			expect(script).toContain('delete_file(spark, relocated(variables.out, PATHS))')
			await writeFile(path.join(folder, 'script.py'), script)
			const outcome = await engine.run({ script: path.join(folder, 'script.py'), args: {} })
			expect(outcome.ok, JSON.stringify(outcome)).toBe(true)
			expect((await readdir(folder)).filter((name) => !name.endsWith('.crc'))).toEqual(['script.py'])
		} finally {
			await rm(folder, { recursive: true, force: true })
		}
	})
})

const edges = (names: readonly string[]) =>
	names.slice(1).map((to, index) => ({
		id: to,
		from: names[index] ?? '',
		to,
		outcome: 'success' as const,
		combine: 'and' as const,
		provenance: base(to).provenance,
	}))
