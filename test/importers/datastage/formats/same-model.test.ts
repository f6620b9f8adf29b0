import { describe, expect, it } from 'vitest'
import type { ExportFile, ImportResult } from '#importers/importer.ts'
import { importerFor } from '#importers/registry.ts'
import type { Job } from '#model/job.ts'
import { writeDsXml, writeDsx } from '../../../support/formats/dsx-writer.ts'
import { flowAssets, writeFlowZip } from '../../../support/formats/flow-writer.ts'
import { writeIsx } from '../../../support/formats/isx-writer.ts'
import { sampleExport } from '../../../support/formats/sample-export.ts'
import { stageExports } from '../../../support/formats/stage-exports.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The id of a job begins with the path of its export. */
const exportPath = 'exports/data_intg_flow/LargeOrders'

function importBytes(
	bytes: Uint8Array,
	companions: readonly ExportFile[] = [],
	path: string = exportPath,
): ImportResult {
	const importer = importerFor(path, bytes.subarray(0, 4096))
	if (importer === undefined) throw new Error('no importer takes it')
	return importer.read({ file: { path, bytes }, companions })
}

/** Where things stand in the file, and which tool wrote it, differ; nothing else does. */
function model(job: Job | undefined): unknown {
	const text = JSON.stringify(job, (key, value: unknown) => {
		if (key === 'provenance' || key === 'toolVersion' || key === 'lines') return undefined
		return typeof value === 'bigint' ? `${value}n` : value
	})
	return JSON.parse(text.replaceAll('exports/Stages.isx', exportPath))
}

const dsx = importBytes(utf8(writeDsx(sampleExport)))
const assets = flowAssets(sampleExport)

describe('a job in four formats', () => {
	it('is understood whole in DSX', () => {
		expect(dsx.diagnostics).toEqual([])
		expect(dsx.jobs.map(({ name }) => name)).toEqual(['LargeOrders'])
		const outcomes = dsx.jobs[0]?.accounting.map(({ id, outcome }) => [id.split('/')[1], outcome])
		expect(outcomes).toEqual([
			['Orders', 'exact'],
			['Typed', 'exact'],
			['Rest', 'dropped'],
			['Customers', 'exact'],
			['Look', 'declared'],
			['Lost', 'exact'],
			['Big', 'exact'],
			['Totals', 'exact'],
			['Sorted', 'exact'],
			['Out', 'exact'],
		])
		expect(dsx.jobs[0]?.parameters.map(({ name, default: value }) => [name, value])).toEqual([
			['Limit', 100n],
			['Paths.DIR', 'C:\\Source\\in'],
			['Paths.PASSWORD', undefined],
		])
	})

	it.each<[string, () => ImportResult]>([
		['a DataStage XML export', () => importBytes(utf8(writeDsXml(sampleExport)))],
		['an ISX archive', () => importBytes(writeIsx(sampleExport))],
		['a zip of next-generation assets', () => importBytes(writeFlowZip(sampleExport))],
		[
			'next-generation assets in folders',
			() => {
				const text = assets['data_intg_flow/LargeOrders.json'] ?? ''
				const set = assets['parameter_set/Paths.json'] ?? ''
				return importBytes(utf8(text), [{ path: 'exports/parameter_set/Paths.json', bytes: utf8(set) }])
			},
		],
	])('%s gives the same model', (_format, read) => {
		const { jobs, diagnostics } = read()
		expect(diagnostics).toEqual([])
		expect(jobs).toHaveLength(1)
		expect(model(jobs[0])).toEqual(model(dsx.jobs[0]))
	})
})

describe('the most frequent stages in four formats', () => {
	const plain = importBytes(utf8(writeDsx(stageExports)))
	const byName = (result: ImportResult) => new Map(result.jobs.map((job) => [job.name, job]))
	const expected = byName(plain)

	it('are understood in DSX', () => {
		expect(plain.jobs).toHaveLength(stageExports.jobs.length)
		expect(plain.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
		const opaque = plain.jobs.flatMap((job) => job.accounting.filter(({ outcome }) => outcome === 'opaque'))
		expect(opaque.map(({ id, reason }) => [id, reason])).toEqual([])
	})

	const formats: readonly (readonly [string, () => ImportResult])[] = [
		['DataStage XML', () => importBytes(utf8(writeDsXml(stageExports)))],
		['ISX', () => importBytes(writeIsx(stageExports), [], 'exports/Stages.isx')],
		['flows', () => importBytes(writeFlowZip(stageExports))],
	]
	describe.each(formats)('%s', (_format, read) => {
		const found = byName(read())
		it.each(stageExports.jobs.map(({ name }) => name))('%s', (name) => {
			expect(found.has(name)).toBe(true)
			expect(model(found.get(name))).toEqual(model(expected.get(name)))
		})
	})
})
