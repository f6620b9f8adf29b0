/** A generated job on real workbooks: today's format, written and read by openpyxl, and a sheet of the old binary one. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ensureEnvironment } from '#engines/local-spark/environment.ts'
import { runJob } from '#pipeline/run/run-job.ts'
import { cacheFolder, localSpark, SET_UP_MS, withTemporaryFolder } from '../../engines/local-spark/support.ts'
import { column, job, x } from '../../importers/ssis/component-job.ts'
import { generatedJob } from './generated-job.ts'

const engine = localSpark()
let python = ''
beforeAll(async () => {
	python = (await ensureEnvironment({ cacheFolder, glueVersion: '5.1' })).python
}, SET_UP_MS)
afterAll(() => engine.close())

const book = (name: string, file: string): string =>
	x.connection(
		name,
		'EXCEL',
		`Provider=Microsoft.ACE.OLEDB.12.0;Data Source=C:\\books\\${file};Extended Properties=&quot;EXCEL 12.0 XML;HDR=YES&quot;;`,
	)

const columns = [
	column('x.id', 'Order', 'r8', { externalMetadataColumnId: 'e.1' }),
	column('x.name', 'Customer', 'wstr', { length: 20, externalMetadataColumnId: 'e.2' }),
	column('x.day', 'Day', 'date', { externalMetadataColumnId: 'e.3' }),
]

/** From a sheet of one workbook to a sheet of another. */
function copying(from: string, sheet: string) {
	const read = {
		name: 'Sheet',
		type: 'Microsoft.ExcelSource',
		properties: { AccessMode: 0, OpenRowset: sheet },
		connections: ['{IN}'],
		outputs: [
			{ id: 'x', columns, external: ['Order', 'Customer', 'Day'].map((name, at) => ({ id: `e.${at + 1}`, name })) },
		],
	}
	const write = {
		name: 'Copy',
		type: 'Microsoft.ExcelDestination',
		properties: { AccessMode: 0, OpenRowset: 'Orders$' },
		connections: ['{OUT}'],
		inputs: [
			{
				id: 'o',
				columns: columns.map(({ id, name = '' }, at) => ({
					id: `o.${at}`,
					lineage: id,
					name,
					attributes: { externalMetadataColumnId: `f.${at}` },
				})),
				external: columns.map(({ name = '', attributes }, at) => ({
					id: `f.${at}`,
					name,
					attributes: { dataType: String(attributes?.['dataType'] ?? ''), length: 20 },
				})),
			},
		],
	}
	return job([read, write], [['x', 'o']], book('In', from), book('Out', 'copy.xlsx'))
}

/** Runs the generated job on a workbook, with a workbook in the place of what it writes; gives the cells of that. */
async function copied(folder: string, source: string, sheet: string): Promise<unknown> {
	const generated = generatedJob([copying(path.basename(source), sheet)], folder)
	const target = path.join(folder, 'copy.xlsx')
	const none = path.join(folder, 'none.jsonl')
	writeFileSync(none, '')
	const result = await runJob(
		{
			job: generated,
			bindings: [
				{ old: 'Sheet', new: source },
				{ old: 'Copy', new: target },
				{ old: 'Src', new: none },
			],
			parameters: new Map(),
			out: path.join(folder, 'out'),
			temporary: folder,
		},
		engine,
	)
	if (!result.ok) throw new Error(`${result.problem}\n${result.printed}`)
	const read = `import json, openpyxl, sys; print(json.dumps([[str(c.value) for c in r] for r in openpyxl.load_workbook(sys.argv[1])["Orders"]]))`
	return JSON.parse(execFileSync(python, ['-c', read, target], { encoding: 'utf8' }))
}

it('reads a workbook and writes another', async () => {
	await withTemporaryFolder(async (folder) => {
		const source = path.join(folder, 'orders.xlsx')
		const write = `
import datetime, openpyxl, sys
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Orders 2024"
for row in [("Order", "Customer", "Day"), (1.5, "Ann", datetime.datetime(2024, 2, 29, 12)), (2, 42, None), (None, "Bob", None)]:
    sheet.append(row)
book.save(sys.argv[1])`
		execFileSync(python, ['-c', write, source])
		expect(await copied(folder, source, 'Orders 2024$')).toEqual([
			['Order', 'Customer', 'Day'],
			['1.5', 'Ann', '2024-02-29 12:00:00'],
			['2', '42', 'None'],
			['None', 'Bob', 'None'],
		])
		expect(readFileSync(source).subarray(0, 2).toString()).toBe('PK')
	})
})

/** A record of BIFF: its number, its length, its content ([MS-XLS] 2.1.4). */
function record(number: number, ...parts: readonly Buffer[]): Buffer {
	const content = Buffer.concat(parts)
	const head = Buffer.alloc(4)
	head.writeUInt16LE(number, 0)
	head.writeUInt16LE(content.length, 2)
	return Buffer.concat([head, content])
}
const words = (...numbers: readonly number[]): Buffer => Buffer.from(new Uint16Array(numbers).buffer)
/** BIFF4: LABEL is 0x0204 and NUMBER 0x0203; row, column, format, then the value. */
const label = (row: number, at: number, text: string): Buffer =>
	record(0x02_04, words(row, at, 0, text.length), Buffer.from(text, 'latin1'))
function number(row: number, at: number, value: number): Buffer {
	const bytes = Buffer.alloc(8)
	bytes.writeDoubleLE(value)
	return record(0x02_03, words(row, at, 0), bytes)
}

it('reads a sheet of the binary format', async () => {
	await withTemporaryFolder(async (folder) => {
		const source = path.join(folder, 'orders.xls')
		const cells = [label(0, 0, 'Order'), label(0, 1, 'Customer'), label(0, 2, 'Day')]
		const rows = [number(1, 0, 7), label(1, 1, 'Ann'), number(1, 2, 45_351.5)]
		writeFileSync(source, Buffer.concat([record(0x04_09, words(0, 0x10, 0)), ...cells, ...rows, record(0x0a)]))
		expect(await copied(folder, source, 'Sheet 1$')).toEqual([
			['Order', 'Customer', 'Day'],
			['7', 'Ann', '2024-02-29 12:00:00'],
		])
	})
})
