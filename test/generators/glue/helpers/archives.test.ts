/** The functions that scripts use for archives and new files, on files of this machine. */
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withNeeded } from '#generators/glue/helpers/registry.ts'
import { SET_UP_MS, succeeded, withTemporaryFolder } from '../../../engines/local-spark/support.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine), SET_UP_MS)
afterAll(() => engine.close())

/** Runs lines of a `main` that has these functions, with the folder as `folder`. */
async function run(folder: string, lines: readonly string[]) {
	const used = withNeeded(['extract_archive', 'archive_folder', 'pack_archive', 'create_file', 'open_file'])
	const imports = [...new Set(used.flatMap((helper) => helper.imports))]
	const head = ['spark = SparkSession.builder.getOrCreate()', `folder = ${JSON.stringify(folder)}`]
	const script = path.join(folder, 'job.py')
	const body = [...head, ...lines].map((line) => `    ${line}`)
	await writeFile(script, [...imports, ...used.map(({ text }) => text), 'def main(argv):', ...body, ''].join('\n'))
	return engine.run({ script, args: {} })
}

describe('archives', () => {
	it('are made of a folder with those below it, and taken out again', async () => {
		await withTemporaryFolder(async (folder) => {
			const outcome = await run(folder, [
				'create_file(spark, f"{folder}/in/empty.flag")',
				'write_new(spark, f"{folder}/in/below/b.txt", "Zür".encode(), False)',
				'archive_folder(spark, f"{folder}/in", f"{folder}/all.zip")',
				'extract_archive(spark, f"{folder}/all.zip", f"{folder}/out/")',
				'print(open_file(spark, f"{folder}/out/empty.flag") == f"{folder}/out/empty.flag")',
				'try:',
				'    extract_archive(spark, f"{folder}/all.zip", f"{folder}/out")',
				'except FileExistsError as error:',
				'    print("already" in str(error))',
			])
			expect(succeeded(outcome).stdout).toBe('True\nTrue\n')
			expect(await readFile(path.join(folder, 'out/below/b.txt'), 'utf8')).toBe('Zür')
		})
	})

	it('are added to, made anew or refused, from a file, a folder or a pattern', async () => {
		await withTemporaryFolder(async (folder) => {
			const outcome = await run(folder, [
				'for name in ("a.csv", "b.csv", "c.txt", "deep/d.csv"):',
				'    write_new(spark, f"{folder}/in/{name}", name.encode(), False)',
				'names = lambda: print(sorted(zipfile.ZipFile(f"{folder}/all.zip").namelist()))',
				'pack_archive(spark, f"{folder}/in/c.txt", f"{folder}/all.zip", "refuse")',
				'names()',
				'pack_archive(spark, f"{folder}/in/*.csv", f"{folder}/all.zip", "add")',
				'names()',
				'pack_archive(spark, f"{folder}/in", f"{folder}/all.zip", "replace")',
				'names()',
				'pack_archive(spark, f"{folder}/in/*", f"{folder}/all.zip", "replace")',
				'names()',
				'extract_archive(spark, f"{folder}/all.zip", f"{folder}/flat", flat=True)',
				'extract_archive(spark, f"{folder}/all.zip", f"{folder}/flat", overwrite=True, flat=True)',
				'print(len(files_below(spark, f"{folder}/flat", False)))',
				'for what in (f"{folder}/in/a.csv", f"{folder}/in/*.none", f"{folder}/none"):',
				'    try:',
				'        pack_archive(spark, what, f"{folder}/all.zip", "refuse")',
				'    except OSError as error:',
				'        print(type(error).__name__)',
			])
			expect(succeeded(outcome).stdout.split('\n')).toEqual([
				"['c.txt']",
				"['a.csv', 'b.csv', 'c.txt']",
				"['in/a.csv', 'in/b.csv', 'in/c.txt', 'in/deep/d.csv']",
				"['a.csv', 'b.csv', 'c.txt', 'deep/d.csv']",
				'4',
				'FileExistsError',
				'FileNotFoundError',
				'FileNotFoundError',
				'',
			])
		})
	})

	it('may not write beside their folder', async () => {
		await withTemporaryFolder(async (folder) => {
			const outcome = await run(folder, [
				'with zipfile.ZipFile(f"{folder}/bad.zip", "w") as held:',
				'    held.writestr("../beside.txt", "x")',
				'try:',
				'    extract_archive(spark, f"{folder}/bad.zip", f"{folder}/out")',
				'except OSError as error:',
				'    print("leads out" in str(error))',
			])
			expect(succeeded(outcome).stdout).toBe('True\n')
		})
	})
})
