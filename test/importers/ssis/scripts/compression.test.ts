/** Packed files and entries of archives in Script Tasks. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import { makeTimestamp } from '#model/values.ts'
import type { Effect } from '#reference/effects.ts'
import { interpretJob } from '#reference/job.ts'
import { proveJob } from '../../../support/prove-job.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { csharp, taskJob } from './task-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const job = (main: string): Job => taskJob(`using System.IO.Compression;\n${csharp(main)}`)

function effectsOf(read: Job): readonly Effect[] {
	const effects: Effect[] = []
	const outside = (effect: Effect) => {
		effects.push(effect)
		const isList = effect.kind === 'helper' && effect.helper === 'archive_entries'
		return { value: isList ? ['2024/', '2024/a.csv', 'b.txt'] : true }
	}
	interpretJob(read, {
		flows: new Map(),
		parameters: new Map(),
		outside,
		run: { at: makeTimestamp(0n), job: read.name, project: '', host: '', invocation: '' },
	})
	return effects
}

async function proven(read: Job): Promise<string> {
	const { proof, script } = await proveJob(engine, read)
	expect(proof.report, `${script}\n${JSON.stringify(proof)}`).toMatchObject({ level: 'E3' })
	return script
}

it('a file is unpacked, and another is packed', async () => {
	const read = job(`using (FileStream from = new FileInfo(@"C:\\in\\a.csv.gz").OpenRead())
            using (FileStream to = File.Create(@"C:\\in\\a.csv"))
            using (GZipStream unpacked = new GZipStream(from, CompressionMode.Decompress))
            {
                unpacked.CopyTo(to);
            }
            using (FileStream from = File.OpenRead(@"C:\\in\\a.csv"))
            using (FileStream to = File.Create(@"C:\\out\\a.gz"))
            using (var packed = new GZipStream(to, CompressionMode.Compress))
                from.CopyTo(packed);`)
	expect(effectsOf(read)).toMatchObject([
		{ helper: 'path_exists', args: { path: 'C:\\in\\a.csv.gz' } },
		{ helper: 'create_file', args: { path: 'C:\\in\\a.csv' } },
		{ helper: 'decompress_file', args: { path: 'C:\\in\\a.csv.gz', destination: 'C:\\in\\a.csv' } },
		{ helper: 'path_exists', args: { path: 'C:\\in\\a.csv' } },
		{ helper: 'create_file', args: { path: 'C:\\out\\a.gz' } },
		{ helper: 'compress_file', args: { path: 'C:\\in\\a.csv', destination: 'C:\\out\\a.gz' } },
	])
	const script = await proven(read)
	expect(script).toContain('decompress_file(spark, unpacked, to)')
})

it('entries of an archive are looked at, and taken out one by one', async () => {
	const read = job(`using (ZipArchive archive = ZipFile.OpenRead(@"C:\\in\\all.zip"))
            {
                foreach (ZipArchiveEntry entry in archive.Entries)
                {
                    if (entry.Name == "") continue;
                    if (entry.FullName.EndsWith(".csv")) entry.ExtractToFile(Path.Combine(@"C:\\in", entry.Name), true);
                    else entry.ExtractToFile(@"C:\\in\\" + entry.FullName);
                }
                Dts.Variables["User::Found"].Value = archive.Entries.Count;
            }`)
	expect(effectsOf(read)).toMatchObject([
		{ helper: 'archive_entries', args: { archive: 'C:\\in\\all.zip' } },
		{
			helper: 'extract_entry',
			args: { archive: 'C:\\in\\all.zip', entry: '2024/a.csv', path: 'C:\\in\\a.csv', overwrite: true },
		},
		{ helper: 'extract_entry', args: { entry: 'b.txt', path: 'C:\\in\\b.txt', overwrite: false } },
	])
	await proven(read)
})

it('an archive that is put together entry by entry is refused', () => {
	const made = `using (var z = ZipFile.Open(@"C:\\a.zip", ZipArchiveMode.Create)) { z.CreateEntryFromFile(@"C:\\a.txt", "a.txt"); }`
	expect(() => job(made)).toThrow('an archive that is opened to put entries into it')
})
