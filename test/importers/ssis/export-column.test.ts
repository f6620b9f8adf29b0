import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeJsonLines } from '#engines/json-lines.ts'
import { fixtureConnection } from '#engines/port.ts'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import type { JobsFile } from '#generators/jobs-file.ts'
import type { Job } from '#model/job.ts'
import type { Row } from '#model/values.ts'
import type { ComponentSpec } from '../../support/dtsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'
import { column, job, names, operator, outcome } from './component-job.ts'

const exported = (own: Readonly<Record<string, string>> = {}, disposition = 'FailComponent'): ComponentSpec => ({
	name: 'Exp',
	type: 'Microsoft.Extractor',
	inputs: [
		{
			id: 'ex.in',
			columns: [
				{
					id: 'ex.path',
					lineage: 's.name',
					name: 'name',
					attributes: { errorRowDisposition: disposition },
					properties: { FileDataColumnID: '#{ex.data}', WriteBOM: 'true', ForceTruncate: 'true', ...own },
				},
				{ id: 'ex.data', lineage: 'd.text', name: 'text', properties: { FileDataColumnID: '#{0:invalid}' } },
			],
		},
	],
	outputs: [
		{ id: 'ex.out', attributes: { synchronousInputId: 'ex.in' } },
		{ id: 'ex.err', attributes: { synchronousInputId: 'ex.in', isErrorOut: 'true' } },
	],
})
const long: ComponentSpec = {
	name: 'Long',
	type: 'Microsoft.DerivedColumn',
	inputs: [{ id: 'd.in' }],
	outputs: [
		{
			id: 'd.out',
			attributes: { synchronousInputId: 'd.in' },
			columns: [column('d.text', 'text', 'nText', {}, { FriendlyExpression: '(DT_NTEXT)("é" + (DT_WSTR,9)id)' })],
		},
	],
}
const after: ComponentSpec = { name: 'After', type: 'Microsoft.Multicast', inputs: [{ id: 'af' }] }
const read = (spec: ComponentSpec): Job =>
	job(
		[long, spec, after],
		[
			['src', 'd.in'],
			['d.out', 'ex.in'],
			['ex.out', 'af'],
		],
	)

describe('Export Column', () => {
	it('is a target of pairs of path and content, while rows pass on', () => {
		const written = operator(read(exported()), 'Exp', 'write')
		expect(written).toMatchObject({
			target: {
				kind: 'row-files',
				path: { text: 'Flow/Exp/text' },
				existing: 'replace',
				encoding: 'utf-16le',
				byteOrderMark: true,
			},
			differences: ['RG-D110'],
		})
		expect(written.schema.columns.map(({ name }) => name)).toEqual(['name', 'text'])
		expect(names(read(exported()), 'After')).toEqual(['id', 'name', 'text'])
	})

	it('replaces files, adds to them, or refuses those that are there, as the designer says', () => {
		const existing = (own: Readonly<Record<string, string>>) => {
			const { target } = operator(read(exported(own)), 'Exp', 'write')
			return target.kind === 'row-files' ? target.existing : undefined
		}
		expect(existing({ ForceTruncate: 'false', AllowAppend: 'true' })).toBe('append')
		expect(existing({ ForceTruncate: 'false', AllowAppend: 'false' })).toBe('fail')
		expect(outcome(read(exported({ AllowAppend: 'true' })), 'Exp')?.reason).toContain('which the designer forbids')
		expect(outcome(read(exported({}, 'IgnoreFailure')), 'Exp')?.reason).toBe('it goes on when a file cannot be written')
	})
})

describe('on Spark', () => {
	const engine = startSpark()
	beforeAll(() => warmUp(engine))
	afterAll(() => engine.close())

	it('hands the same pairs on as the reference, and fails for a row that names no file', async () => {
		const rows = [
			{ id: 1n, name: 'C:\\a.txt' },
			{ id: 2n, name: 'C:\\b.txt' },
		]
		const { expected, actual, script } = await runBoth(engine, read(exported()), { Src: rows })
		expect(actual, script).toEqual(expected)
		const nameless = await runBoth(engine, read(exported()), { Src: [{ id: 3n, name: null }] })
		expect(nameless).toMatchObject({ expected: { failed: 'Exp#columns' }, actual: { failed: 'Exp' } })
		expect(actual).toMatchObject({ Exp: [expect.stringContaining('é1'), expect.stringContaining('é2')] })
	})

	it('writes each file below the folder that stands for the old disks', async () => {
		const folder = await mkdtemp(path.join(tmpdir(), 'reglue-files-'))
		try {
			const rows = [
				{ id: 1n, name: 'C:\\out\\a.txt' },
				{ id: 2n, name: '\\\\srv\\share/b.txt' },
				{ id: 3n, name: 'c:\\out\\a.txt' },
			]
			const outcome = await runReal(read(exported({ ForceTruncate: 'false', AllowAppend: 'true' })), rows, folder)
			expect(outcome).toMatchObject({ ok: true })
			const files = (await readdir(path.join(folder, 'files'), { recursive: true })).filter(
				(name) => !name.endsWith('.crc'),
			)
			expect(files.toSorted()).toEqual([
				'C',
				'C/out',
				'C/out/a.txt',
				'c',
				'c/out',
				'c/out/a.txt',
				'srv',
				'srv/share',
				'srv/share/b.txt',
			])
			expect(await readFile(path.join(folder, 'files/C/out/a.txt'), 'utf16le')).toBe('\ufeffé1')
			const again = await runReal(read(exported({ ForceTruncate: 'false', AllowAppend: 'true' })), rows, folder)
			expect(again).toMatchObject({ ok: true })
			expect(await readFile(path.join(folder, 'files/C/out/a.txt'), 'utf16le')).toBe('\ufeffé1é1')
			const refused = await runReal(read(exported({ ForceTruncate: 'false' })), rows, folder)
			expect(refused).toMatchObject({ ok: false, failure: { message: expect.stringContaining('is there already') } })
			const hostile = await runReal(read(exported()), [{ id: 4n, name: '..\\x' }], folder)
			expect(hostile).toMatchObject({ ok: false, failure: { message: expect.stringContaining('out of the folder') } })
		} finally {
			await rm(folder, { recursive: true, force: true })
		}
	})

	/** Runs the script with its own helpers: files are really written. */
	async function runReal(one: Job, rows: readonly Row[], folder: string) {
		const { artifacts } = generate({ name: 'unit', jobs: [one] }, defaultOptions)
		const text = (end: string): string => artifacts.find((artifact) => artifact.path.endsWith(end))?.text ?? ''
		const script = path.join(folder, 'script.py')
		await writeFile(script, text('.py'))
		const [entry] = (JSON.parse(text('jobs.json')) as JobsFile).jobs
		const places = entry?.places ?? []
		const args: Record<string, string> = { run_id: 'test', run_at: '1970-01-01 00:00:00' }
		for (const { name, argument } of entry?.connections ?? []) args[argument] = fixtureConnection(name)
		for (const { argument, role } of places)
			if (argument !== null && role === 'write') args[argument] = path.join(folder, 'files')
		const [source] = places.filter(({ role }) => role === 'read')
		const schema = { columns: source?.columns ?? [], open: false }
		await writeJsonLines(path.join(folder, 'rows.jsonl'), rows, schema)
		const table = { connection: 'DB', source: { table: source?.statement ?? '' }, role: 'read', schema } as const
		const tables = [{ ...table, path: path.join(folder, 'rows.jsonl') }]
		return engine.run({ script, args, tables, helpers: [] })
	}
})
