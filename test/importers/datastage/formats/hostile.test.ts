import AdmZip from 'adm-zip'
import { describe, expect, it } from 'vitest'
import type { ImportResult } from '#importers/importer.ts'
import { importerFor } from '#importers/registry.ts'
import { writeDsXml } from '../../../support/formats/dsx-writer.ts'
import { flowAssets } from '../../../support/formats/flow-writer.ts'
import { isxJob } from '../../../support/formats/isx-writer.ts'
import { sampleExport } from '../../../support/formats/sample-export.ts'

const [job] = sampleExport.jobs
if (job === undefined) throw new Error('the sample has a job')
const second = { ...job, name: 'Second' }

function importBytes(bytes: Uint8Array, path = 'exports/file'): ImportResult {
	const importer = importerFor(path, bytes.subarray(0, 4096))
	if (importer === undefined) throw new Error('no importer takes it')
	return importer.read({ file: { path, bytes }, companions: [] })
}

const importText = (text: string): ImportResult => importBytes(new TextEncoder().encode(text))

function importZip(members: Readonly<Record<string, string | Uint8Array>>): ImportResult {
	const zip = new AdmZip()
	for (const [name, content] of Object.entries(members)) zip.addFile(name, Buffer.from(content))
	return importBytes(zip.toBuffer(), 'exports/file.isx')
}

const names = ({ jobs }: ImportResult) => jobs.map(({ name }) => name)
const found = ({ diagnostics }: ImportResult) =>
	diagnostics.map(({ code, severity, provenance }) => [code, severity, provenance.path, provenance.lines.start])

describe('an ISX archive', () => {
	const good = isxJob(job)

	it.each<[string, string, string]>([
		['is cut off', good.slice(0, good.length / 2), 'xml/malformed'],
		['holds a document type', good.replace('?>', '?><!DOCTYPE x [<!ENTITY a "aaaa">]>'), 'xml/forbidden'],
		['holds a control character', good.replace('Orders', 'Or\u0001ders'), 'xml/malformed'],
		['nests too deep', good.replace('</com.ibm', `${'<a>'.repeat(300)}</com.ibm`), 'xml/limit'],
	])('gives the other jobs when one %s', (_what, bad, code) => {
		const result = importZip({ 'H/p/Bad.pjb': bad, 'H/p/Good.pjb': isxJob(second) })
		expect(names(result)).toEqual(['Second'])
		expect(result.diagnostics).toMatchObject([{ code, severity: 'error', provenance: { path: 'H/p/Bad.pjb' } }])
	})

	it('may be a single member, by itself or in a zip of that name', () => {
		expect(names(importText(good))).toEqual(['LargeOrders'])
		const zip = new AdmZip()
		zip.addFile('META-INF/IS-MANIFEST.MF', Buffer.from('<Manifest/>'))
		zip.addFile('H/p/LargeOrders.pjb1', Buffer.from(good))
		expect(names(importBytes(zip.toBuffer(), 'LargeOrders.pjb'))).toEqual(['LargeOrders'])
	})

	it('with a job twice keeps the later one', () => {
		const result = importZip({ 'H/p/a.pjb': good, 'H/p/b.pjb': good })
		expect(names(result)).toEqual(['LargeOrders'])
		expect(result.diagnostics.map(({ code }) => code)).toEqual(['job/duplicate'])
	})

	it('without a job says so', () => {
		expect(importZip({ 'META-INF/IS-MANIFEST.MF': '<Manifest/>' })).toMatchObject({
			jobs: [],
			diagnostics: [{ code: 'file/not-an-export' }],
		})
	})
})

describe('a DataStage XML export', () => {
	const both = writeDsXml({ ...sampleExport, jobs: [job, second] })

	it('gives the jobs before the place where it breaks off', () => {
		const end = both.indexOf('</Job>', both.indexOf('Second')) - 10
		const result = importText(both.slice(0, end))
		expect(names(result)).toEqual(['LargeOrders'])
		expect(result.diagnostics.map(({ code }) => code)).toEqual(['xml/malformed'])
	})

	it('expands no entities', () => {
		const bomb = both.replace(
			'<DSExport>',
			'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><DSExport>',
		)
		expect(importText(bomb)).toMatchObject({ jobs: [], diagnostics: [{ code: 'xml/forbidden', severity: 'error' }] })
	})

	it('is read in the code page of its header when it is not in the one that it declares', () => {
		const text = writeDsXml({ ...sampleExport, jobs: [{ ...job, name: 'Grösse' }] })
		const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
		expect(names(importBytes(bytes))).toEqual(['Grösse'])
		const strange = text.replace('CharacterSet="CP1252"', 'CharacterSet="KLINGON"')
		const result = importBytes(Uint8Array.from(strange, (character) => character.charCodeAt(0)))
		expect(names(result)).toEqual(['Grösse'])
		expect(result.diagnostics).toMatchObject([{ code: 'file/encoding', severity: 'warning' }])
	})
})

describe('a zip of next-generation assets', () => {
	const [flow = ''] = Object.values(flowAssets(sampleExport))

	it.each<[string, string | Uint8Array, string, number]>([
		['is no JSON', '{\n"pipelines": [}', 'json/malformed', 2],
		['is too deep', '['.repeat(500), 'json/limit', 1],
		['is no text', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), 'file/encoding', 1],
	])('gives the other flows when one %s', (_what, bad, code, line) => {
		const zip = new AdmZip()
		zip.addFile('data_intg_flow/Bad.json', Buffer.from(bad))
		zip.addFile('data_intg_flow/Good.json', Buffer.from(flow))
		const result = importBytes(zip.toBuffer(), 'project.zip')
		expect(names(result)).toEqual(['Good'])
		expect(found(result)).toEqual([[code, 'error', 'data_intg_flow/Bad.json', line]])
	})

	it('of anything else holds no job', () => {
		const zip = new AdmZip()
		zip.addFile('photos/1.jpg', Buffer.from('x'))
		expect(importBytes(zip.toBuffer(), 'photos.zip')).toMatchObject({
			jobs: [],
			diagnostics: [{ code: 'file/not-an-export', severity: 'info' }],
		})
	})

	it.each([
		'{"pipelines": 5}',
		'{"pipelines": [{"nodes": [{"inputs": [{"links": [{}]}]}]}]}',
		'{"pipelines": [{"nodes": [{"id": "a", "op": "PxJoin", "inputs": [{"links": [{"node_id_ref": "a"}]}]}]}]}',
		'{"pipelines": [{"nodes": [{"id": "__proto__", "op": "constructor", "app_data": null}]}], "schemas": {}}',
	])('reads %s without a crash', (text) => {
		expect(() => importText(text)).not.toThrow()
	})
})
