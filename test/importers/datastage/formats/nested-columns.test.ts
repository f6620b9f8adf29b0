import { describe, expect, it } from 'vitest'
import type { ImportResult } from '#importers/importer.ts'
import { importerFor } from '#importers/registry.ts'
import { type DataType, typeName } from '#model/types.ts'
import { packed, reads, writes } from '../../../support/dsx-builder.ts'
import { writeDsXml, writeDsx } from '../../../support/formats/dsx-writer.ts'
import type { ExportSpec } from '../../../support/formats/export-spec.ts'
import { writeFlowZip } from '../../../support/formats/flow-writer.ts'
import { writeIsx } from '../../../support/formats/isx-writer.ts'

const lines = "final_delim=end, delim='|', quote=none, null_field=''"
const order = { name: 'ORDER', sqlType: 4 }
const item = { name: 'ITEM', precision: 10 }
const marks = { name: 'MARK', sqlType: 4, nullable: true }
const inside = { LevelNo: '2' }

const spec: ExportSpec = {
	note: '',
	sets: [],
	jobs: [
		{
			name: 'Nested',
			stages: [
				{ name: 'In', type: 'PxSequentialFile' },
				{ name: 'M', type: 'PxMakeVect', properties: { name: 'MARK' } },
				{
					name: 'C',
					type: 'PxCombineRecords',
					properties: { key: packed(['key', 'ORDER']), subrecname: 'LINES', toplevelkeys: 'toplevelkeys' },
				},
				{ name: 'P', type: 'PxPromoteSubRec', properties: { subrecname: 'LINES' } },
				{ name: 'Out', type: 'PxDataSet' },
			],
			links: [
				{
					name: 'in',
					from: 'In',
					to: 'M',
					columns: [order, item, { ...marks, name: 'MARK0' }, { ...marks, name: 'MARK1' }],
					outProperties: reads('/data/in.txt'),
					outMeta: { SchemaFormat: lines },
				},
				{ name: 'made', from: 'M', to: 'C', columns: [order, item, { ...marks, more: { Occurs: '2' } }] },
				{
					name: 'combined',
					from: 'C',
					to: 'P',
					columns: [
						order,
						{ name: 'LINES', sqlType: 12, more: { OccursVarying: '1' } },
						{ ...item, more: inside },
						{ ...marks, more: { ...inside, Occurs: '2' } },
					],
				},
				{
					name: 'out',
					from: 'P',
					to: 'Out',
					columns: [order, item, { ...marks, more: { Occurs: '2' } }],
					inProperties: { ...writes('/data/out.ds'), dataset: '/data/out.ds' },
				},
			],
		},
	],
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

function importBytes(bytes: Uint8Array): ImportResult {
	const path = 'exports/Nested'
	const importer = importerFor(path, bytes.subarray(0, 4096))
	if (importer === undefined) throw new Error('no importer takes it')
	return importer.read({ file: { path, bytes }, companions: [] })
}

const named = (columns: readonly { readonly name: string; readonly type: DataType }[]): string =>
	columns.map(({ name, type }) => `${name} ${typeName(type)}`).join(', ')

describe('vectors and sub-records in four formats', () => {
	it.each<[string, () => Uint8Array]>([
		['DSX', () => utf8(writeDsx(spec))],
		['a DataStage XML export', () => utf8(writeDsXml(spec))],
		['an ISX archive', () => writeIsx(spec)],
		['next-generation assets', () => writeFlowZip(spec)],
	])('%s', (_format, write) => {
		const { jobs, diagnostics } = importBytes(write())
		expect(diagnostics).toEqual([])
		const [job] = jobs
		expect(job?.accounting.map(({ id, outcome }) => [id.split('/')[1], outcome])).toEqual([
			['In', 'exact'],
			['M', 'exact'],
			['C', 'declared'],
			['P', 'exact'],
			['Out', 'exact'],
		])
		const links = new Map(job?.flows[0]?.links.map(({ name, schema }) => [name, named(schema.columns)]))
		expect(links.get('combined')).toBe(
			'ORDER int32, LINES vector[] of record(ITEM string(10), MARK vector[2] of int32?)',
		)
		expect(links.get('out')).toBe('ORDER int32, ITEM string(10), MARK vector[2] of int32?')
	})
})
