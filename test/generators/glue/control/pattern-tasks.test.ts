import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import type { FilesTask, Task } from '#model/control-flow.ts'
import { base, job, literal, sourced } from '../../../support/model-builder.ts'
import { proveJob } from '../../../support/prove-job.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const said = (value: string) => sourced(literal(value), value)
const files = (name: string, pattern: readonly string[], changes: Partial<FilesTask>): FilesTask => ({
	id: name,
	element: name,
	name,
	disabled: false,
	provenance: base(name).provenance,
	kind: 'files',
	action: 'delete',
	pattern: pattern.map(said),
	whole: false,
	needsFile: false,
	tells: 'nothing',
	...changes,
})
const jobOf = (...tasks: readonly Task[]) =>
	job([], { dialect: 'datastage', control: { tasks, precedences: [], joins: [] } })

const all: readonly FilesTask[] = [
	files('Delete', ['old/', '.txt'], { olderThanDays: said('3') }),
	files('Clear', ['gone'], { whole: true }),
	files('Move', ['in/a', '.', '.csv'], { action: 'move', destination: said('done'), needsFile: true }),
	files('Copy', ['in/', '.ds'], { action: 'copy', destination: said('done'), whole: true }),
	files('Look', ['in/b.csv'], { action: 'list', needsFile: true }),
]

describe('tasks on files that fit a pattern', () => {
	it('ask for the same files as the reference', async () => {
		const { proof } = await proveJob(engine, jobOf(...all))
		expect(proof).toMatchObject({ details: [], report: { level: 'E3' } })
	})

	it('work on real files', async () => {
		const folder = await mkdtemp(path.join(tmpdir(), 'reglue-patterns-'))
		try {
			const at = (...names: readonly string[]): string => path.join(folder, ...names)
			for (const name of ['old', 'gone', 'in/x.ds', 'done']) await mkdir(at(name), { recursive: true })
			const given = ['old/new.txt', 'old/old.txt', 'old/.hidden.txt', 'old/old.txt.bak', 'gone/g', 'in/x.ds/part']
			for (const name of [...given, 'in/a.1.csv', 'in/ab.2.csv', 'in/a.csv', 'in/b.csv']) await writeFile(at(name), 'x')
			const long = new Date(Date.now() - 5 * 86_400_000)
			for (const name of ['old/old.txt', 'old/.hidden.txt', 'old/old.txt.bak']) await utimes(at(name), long, long)
			const { artifacts } = generate({ name: 'unit', jobs: [jobOf(...all)] }, defaultOptions)
			const script = artifacts.find(({ path: place }) => place.includes('glue_jobs'))?.text ?? ''
			await writeFile(at('script.py'), script)
			const args = {
				delete_source: `${at('old')}/`,
				clear_source: at('gone'),
				move_source: at('in/a'),
				move_destination: at('done'),
				copy_source: `${at('in')}/`,
				copy_destination: at('done'),
				look_source: at('in/b.csv'),
			}
			const outcome = await engine.run({ script: at('script.py'), args })
			expect(outcome.ok, JSON.stringify(outcome)).toBe(true)
			const left = (await readdir(folder, { recursive: true })).filter((name) => !/crc$|script/.test(name))
			expect(left.toSorted()).toEqual(
				[
					...['done', 'done/a.1.csv', 'done/ab.2.csv', 'done/x.ds', 'done/x.ds/part'],
					...['in', 'in/a.csv', 'in/b.csv', 'in/x.ds', 'in/x.ds/part'],
					...['old', 'old/.hidden.txt', 'old/new.txt', 'old/old.txt.bak'],
				].toSorted(),
			)
		} finally {
			await rm(folder, { recursive: true, force: true })
		}
	})

	it('fail where there has to be a file', async () => {
		const look = files('Look', ['/nowhere/', '.x'], { action: 'list', needsFile: true })
		const folder = await mkdtemp(path.join(tmpdir(), 'reglue-patterns-'))
		try {
			const { artifacts } = generate({ name: 'unit', jobs: [jobOf(look)] }, defaultOptions)
			const script = artifacts.find(({ path: place }) => place.includes('glue_jobs'))?.text ?? ''
			await writeFile(path.join(folder, 'script.py'), script)
			const args = { look_source: `${folder}/` }
			const outcome = await engine.run({ script: path.join(folder, 'script.py'), args })
			expect(JSON.stringify(outcome)).toContain('no file fits')
		} finally {
			await rm(folder, { recursive: true, force: true })
		}
	})
})
