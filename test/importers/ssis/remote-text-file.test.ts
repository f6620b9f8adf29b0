import { describe, expect, it } from 'vitest'
import { unsupportedReason } from '../../../src/importers/ssis/components/unsupported.ts'
import type { ComponentSpec } from '../../support/dtsx-builder.ts'
import { column, job, names, operator, outcome } from './component-job.ts'

const sink = (id: string): ComponentSpec => ({ name: `To ${id}`, type: 'Microsoft.Multicast', inputs: [{ id }] })

const blob = (own: Readonly<Record<string, string>> = {}): ComponentSpec => ({
	name: 'Blob',
	type: 'Microsoft.ManagedComponentHost',
	properties: {
		UserComponentTypeName: 'AzBlobSrc',
		'Blob Container': 'shop',
		'Blob Name': 'orders.csv',
		'Blob Format': '0',
		'Column Delimiter': ';',
		'First Row as Column Names': 'true',
		...own,
	},
	outputs: [{ id: 'b.out', columns: [column('b.n', 'Number', 'i4'), column('b.t', 'Text', 'wstr', { length: 9 })] }],
})
const reading = (spec: ComponentSpec) => job([spec, sink('x')], [['b.out', 'x']])

const lake: ComponentSpec = {
	name: 'Lake',
	type: 'Microsoft.ManagedComponentHost',
	properties: {
		UserComponentTypeName: 'AdlsDest',
		FilePath: '/out/names.csv',
		FileFormat: '0',
		ColumnDelimiter: ',',
		FirstRowAsColumnNames: 'false',
	},
	inputs: [
		{
			id: 'l.in',
			columns: [{ id: 'l.1', lineage: 's.id', name: 'id', attributes: { externalMetadataColumnId: 'l.e' } }],
			external: [{ id: 'l.e', name: 'Id', attributes: { dataType: 'i4' } }],
		},
	],
}

describe('files of object stores', () => {
	it('are read as text, the last field without the carriage return of Windows', () => {
		const read = reading(blob())
		expect(operator(read, 'Blob#read', 'read').source).toMatchObject({
			kind: 'text-file',
			path: { text: 'shop/orders.csv' },
			layout: { delimiter: ';', recordDelimiter: '\n', header: true, encoding: 'utf-8' },
		})
		const { columns, differences } = operator(read, 'Blob', 'project')
		expect(columns.at(-1)?.value.expression).toMatchObject({ kind: 'call', operation: 'ssis.replace' })
		expect(differences).toEqual(['RG-D093'])
		expect(names(read, 'To x')).toEqual(['Number', 'Text'])
	})

	it('are written as text', () => {
		const write = operator(job([lake], [['src', 'l.in']]), 'Lake', 'write')
		expect(write.target).toMatchObject({
			kind: 'text-file',
			path: { text: '/out/names.csv' },
			layout: { delimiter: ',', recordDelimiter: '\r\n', header: false },
			mode: 'overwrite',
		})
		expect(write.schema.columns.map(({ name }) => name)).toEqual(['Id'])
	})

	it('are data sets where they hold types of their own', () => {
		const read = reading(blob({ 'Blob Format': '2' }))
		expect(operator(read, 'Blob', 'read').source).toMatchObject({ kind: 'data-set', path: { text: 'shop/orders.csv' } })
		expect(read.differences).toMatchObject([{ id: 'RG-D111', detail: 'It reads shop/orders.csv, a file of Avro.' }])
		const orc = { ...lake, properties: { ...lake.properties, FileFormat: '1' } }
		expect(operator(job([orc], [['src', 'l.in']]), 'Lake', 'write').target).toMatchObject({
			kind: 'data-set',
			path: { text: '/out/names.csv' },
			mode: 'overwrite',
		})
	})

	it('are given up where they hold no text, or are compressed', () => {
		expect(outcome(reading(blob({ 'Blob Format': '7' })), 'Blob')?.reason).toContain('its file is not text (format 7)')
		expect(outcome(reading(blob({ 'Compress File': 'true' })), 'Blob')?.reason).toBe('its file is compressed')
	})
})

describe('components that nobody knows', () => {
	it('are named as those of somebody else, unless they are of the engine', () => {
		expect(unsupportedReason('Contoso.Parsing.LineParser')).toContain('Contoso.Parsing.LineParser is a component that')
		expect(unsupportedReason('Microsoft.Unheard')).toBe('this component is not supported')
	})
})
