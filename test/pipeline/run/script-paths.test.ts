/** Files that a script of a package names itself: `reglue run --bind` takes their places, too. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import type { Binding } from '#pipeline/run/bindings.ts'
import { inScript } from '#pipeline/run/bindings.ts'
import { runJob } from '#pipeline/run/run-job.ts'
import { generatedJobs } from '#pipeline/run/select-job.ts'
import { localSpark, SET_UP_MS, withTemporaryFolder } from '../../engines/local-spark/support.ts'
import { csharp, taskJob } from '../../importers/ssis/scripts/task-job.ts'

const engine = localSpark()
afterAll(() => engine.close())

const code = `foreach (string file in Directory.GetFiles(@"C:\\In", "*.txt"))
	File.WriteAllText(Path.Combine(@"D:\\out", Path.GetFileName(file)), File.ReadAllText(file).ToUpper());`

const moving = (folder: string, paths: Readonly<Record<string, string>>, bindings: readonly Binding[]) => {
	const { artifacts } = generate({ name: 'unit', jobs: [taskJob(csharp(code))] }, { ...defaultOptions, paths })
	for (const { path: place, text } of artifacts) {
		const file = path.join(folder, 'generated', place)
		mkdirSync(path.dirname(file), { recursive: true })
		writeFileSync(file, text)
	}
	const [job] = generatedJobs(path.join(folder, 'generated'))
	if (job === undefined) throw new Error('no job was generated')
	const run = { job, bindings, parameters: new Map(), out: path.join(folder, 'result'), temporary: folder }
	return runJob(run, engine)
}

it.each([{}, { 'C:\\in': 's3://bucket/in', 'D:\\out': 's3://bucket/out' }])(
	'finds the files of a script where --bind says',
	async (paths) => {
		await withTemporaryFolder(async (folder) => {
			const [from, to] = [path.join(folder, 'from'), path.join(folder, 'to')]
			mkdirSync(from)
			mkdirSync(to)
			writeFileSync(path.join(from, 'a.txt'), 'abc')
			const result = await moving(folder, paths, [
				{ old: 'c:/in', new: from },
				{ old: 'D:\\out', new: to },
			])
			expect(result).toMatchObject({ ok: true })
			expect(readFileSync(path.join(to, 'a.txt'), 'utf8')).toBe('ABC')
		})
	},
	SET_UP_MS,
)

it('takes no path that the script does not name', () => {
	const bindings = ['C:\\In', 'C:\\I', 'C:\\In\\orders.csv', 'Orders'].map((old) => ({ old, new: 'x' }))
	const { moved, unused } = inScript(bindings, 'read_text(spark, "C:\\\\In\\\\orders.csv")')
	expect(Object.keys(moved)).toEqual(['C:\\In', 'C:\\In\\orders.csv'])
	expect(unused.map(({ old }) => old)).toEqual(['C:\\I', 'Orders'])
})
