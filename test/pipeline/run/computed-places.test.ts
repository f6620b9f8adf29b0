/** A loop whose passes read and write files of their own: what is bound to their paths, and what is told about them. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { partFiles } from '#engines/part-files.ts'
import { dtsxImporter } from '#importers/ssis/importer.ts'
import { computedOutputs } from '#pipeline/run/computed-places.ts'
import type { JobRunResult } from '#pipeline/run/run-job.ts'
import { runJob } from '#pipeline/run/run-job.ts'
import { localSpark, SET_UP_MS, withTemporaryFolder } from '../../engines/local-spark/support.ts'
import { dtsx } from '../../support/dtsx-builder.ts'
import { generatedJob } from './generated-job.ts'

const engine = localSpark()
afterAll(() => engine.close())

const x = dtsx(3)
const pathOf = (text: string): string =>
	`<DTS:PropertyExpression DTS:Name="ConnectionString">${text}</DTS:PropertyExpression>`

/** A flat file whose path an expression gives. */
const file = (name: string, expression: string): string =>
	x
		.flatFile({ name, path: `C:\\days\\${name}.txt`, columns: ['Id'] })
		.replace('<DTS:ObjectData>', `${pathOf(expression)}<DTS:ObjectData>`)

/** Copies `day_1.txt` and `day_2.txt`, one a pass. */
function copying() {
	const read = x.component({
		name: 'Day',
		type: 'Microsoft.FlatFileSource',
		connections: ['{DAY}'],
		outputs: [
			{
				id: 'day',
				columns: [
					{ id: 'day.id', name: 'Id', attributes: { dataType: 'str', length: 9, externalMetadataColumnId: 'day.e' } },
				],
				external: [{ id: 'day.e', name: 'Id' }],
			},
		],
	})
	const write = x.component({
		name: 'Copy',
		type: 'Microsoft.FlatFileDestination',
		connections: ['{COPY}'],
		inputs: [
			{
				id: 'copy',
				columns: [{ id: 'copy.id', lineage: 'day.id', name: 'Id', attributes: { externalMetadataColumnId: 'copy.e' } }],
				external: [{ id: 'copy.e', name: 'Id', attributes: { dataType: 'str', length: 9 } }],
			},
		],
	})
	const flow = x.executable('Flow', 'Microsoft.Pipeline', x.pipeline([read, write], [['day', 'copy']]))
	const loop = x.executable('Loop', 'STOCK:FORLOOP', '', x.executables(flow), {
		InitExpression: '@Day = 1',
		EvalExpression: '@Day <= 2',
		AssignExpression: '@Day = @Day + 1',
	})
	const bytes = x.package(
		'Days',
		file('Day', '&quot;C:\\\\days\\\\day_&quot; + (DT_WSTR,2)@[User::Day] + &quot;.txt&quot;'),
		file('Copy', '&quot;C:\\\\days\\\\copy_&quot; + (DT_WSTR,2)@[User::Day] + &quot;.txt&quot;'),
		x.variable('Day', 3, '0'),
		x.executables(loop),
	)
	return dtsxImporter.read({ file: { path: 'days.dtsx', bytes }, companions: [] }).jobs
}

async function run(folder: string, bindings: Readonly<Record<string, string>>): Promise<JobRunResult> {
	const job = generatedJob(copying(), folder)
	const given = Object.entries(bindings).map(([old, text], at) => {
		const place = path.join(folder, `given-${at}.txt`)
		writeFileSync(place, text)
		return { old, new: place }
	})
	const out = path.join(folder, 'out')
	return runJob({ job, bindings: given, parameters: new Map(), out, temporary: folder }, engine)
}

it(
	'reads what is bound to the path of a pass and tells each file that a pass writes by its path',
	() =>
		withTemporaryFolder(async (folder) => {
			const result = await run(folder, { 'C:\\days\\day_1.txt': 'Id\na\nb\n', 'c:/Days/DAY_2.txt': 'Id\r\nc\r\n' })
			if (!result.ok) throw new Error(`${result.problem}\n${result.printed}`)
			const texts = result.outputs.map(({ legacy, output, path: place, rows }) => {
				const text = partFiles(path.join(folder, 'out', place)).map((part) => readFileSync(part, 'utf8'))
				return { legacy, output, rows, text: text.join('') }
			})
			expect(texts).toEqual([
				{ legacy: 'C:\\days\\copy_1.txt', output: 'Copy', rows: 2, text: 'Id\r\na\r\nb\r\n' },
				{ legacy: 'C:\\days\\copy_2.txt', output: 'Copy', rows: 1, text: 'Id\r\nc\r\n' },
			])
		}),
	SET_UP_MS,
)

it('refuses a binding that is neither a place nor a path', () =>
	withTemporaryFolder(async (folder) => {
		const result = await run(folder, { Nobody: '' })
		expect(result).toMatchObject({ ok: false, problem: expect.stringContaining('--bind Nobody: the job reads') })
	}))

it('names what lies beside the file of a pass as the export would', () =>
	withTemporaryFolder(async (folder) => {
		const place = {
			id: '',
			element: 'Copy',
			reject: false,
			spelled: '',
			connection: null,
			statement: null,
			call: false,
		}
		const common = { ...place, columns: [], format: null } as const
		const written = path.join(folder, 'computed', '1')
		const outputs = computedOutputs({
			title: 'Days',
			places: [
				{ ...common, kind: 'folder', role: 'read', legacy: 'C:\\days\\', argument: 'days_folder' },
				{ ...common, kind: 'text-file', role: 'write', legacy: '', argument: 'copy_path', computed: true },
			],
			effects: [
				{ helper: 'file.write', args: { path: '/given/2024/a.txt.done', folder: written, function: 'write_copy' } },
			],
			args: { days_folder: '/given' },
			out: folder,
		})
		expect(await Promise.all(outputs)).toMatchObject([
			{ output: 'Copy', legacy: 'C:\\days\\2024\\a.txt.done', path: 'computed/1', rows: 0 },
		])
	}))
