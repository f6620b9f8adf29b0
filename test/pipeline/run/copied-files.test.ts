/** What tasks do with files before and after a data flow: what nobody binds lies below the output folder. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { partFiles } from '#engines/part-files.ts'
import { dtsxImporter } from '#importers/ssis/importer.ts'
import { runJob } from '#pipeline/run/run-job.ts'
import { localSpark, SET_UP_MS, withTemporaryFolder } from '../../engines/local-spark/support.ts'
import { dtsx } from '../../support/dtsx-builder.ts'
import { generatedJob } from './generated-job.ts'

const engine = localSpark()
afterAll(() => engine.close())
const x = dtsx(8)

const fileTask = (name: string, operation: string, from: string, to: string): string =>
	x.executable(
		name,
		'Microsoft.FileSystemTask',
		`<FileSystemData TaskOperationType="${operation}" TaskOverwriteDestFile="True" TaskSourcePath="{${from}}" TaskDestinationPath="{${to}}"/>`,
	)

/** Copies a file, loads the copy into another file, moves that one. */
function filesPackage(): Uint8Array {
	const id = { id: 'e', name: 'Id', attributes: { dataType: 'str', length: 9 } }
	const read = x.component({
		name: 'Read',
		type: 'Microsoft.FlatFileSource',
		connections: ['{WORK}'],
		outputs: [
			{
				id: 'read',
				columns: [
					{ id: 'read.id', name: 'Id', attributes: { dataType: 'str', length: 9, externalMetadataColumnId: 'e' } },
				],
				external: [id],
			},
		],
	})
	const write = x.component({
		name: 'Write',
		type: 'Microsoft.FlatFileDestination',
		connections: ['{RESULT}'],
		inputs: [
			{
				id: 'write',
				columns: [{ id: 'w.id', lineage: 'read.id', name: 'Id', attributes: { externalMetadataColumnId: 'e' } }],
				external: [id],
			},
		],
	})
	return x.package(
		'Files',
		x.connection('Given', 'FILE', 'C:\\in\\a.txt'),
		x.flatFile({ name: 'Work', path: 'C:\\work\\a.txt', columns: ['Id'] }),
		x.flatFile({ name: 'Result', path: 'C:\\work\\b.txt', columns: ['Id'] }),
		x.connection('Sent', 'FILE', 'C:\\sent\\b.txt'),
		x.executables(
			fileTask('Take', 'CopyFile', 'GIVEN', 'WORK'),
			x.executable('Flow', 'Microsoft.Pipeline', x.pipeline([read, write], [['read', 'write']])),
			fileTask('Send', 'MoveFile', 'RESULT', 'SENT'),
		),
		x.constraints(x.constraint('Take', 'Flow'), x.constraint('Flow', 'Send')),
	)
}

it(
	'a copy is read by the flow after it, and the file of a flow is moved to where outputs lie',
	() =>
		withTemporaryFolder(async (folder) => {
			const { jobs } = dtsxImporter.read({ file: { path: 'files.dtsx', bytes: filesPackage() }, companions: [] })
			const job = generatedJob(jobs, folder)
			const given = path.join(folder, 'given.txt')
			writeFileSync(given, 'Id\r\n1\r\n2\r\n')
			const out = path.join(folder, 'out')
			const bindings = [{ old: 'C:\\in\\a.txt', new: given }]
			const result = await runJob({ job, bindings, parameters: new Map(), out, temporary: folder }, engine)
			if (!result.ok) throw new Error(`${result.problem}\n${result.printed}`)
			const texts = result.outputs.map(({ legacy, format, path: place }) => {
				const text = partFiles(path.join(out, place)).map((part) => readFileSync(part, 'utf8'))
				return [legacy, typeof format === 'string' ? format : 'text', text.join('')]
			})
			expect(new Set(texts)).toEqual(
				new Set([
					['C:\\sent\\b.txt', 'file', 'Id\r\n1\r\n2\r\n'],
					['C:\\work\\a.txt', 'file', 'Id\r\n1\r\n2\r\n'],
					['C:\\work\\b.txt', 'text', ''],
				]),
			)
			expect(readFileSync(given, 'utf8')).toBe('Id\r\n1\r\n2\r\n')
		}),
	SET_UP_MS,
)
