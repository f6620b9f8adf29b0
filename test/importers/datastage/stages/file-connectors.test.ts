import { describe, expect, it } from 'vitest'
import type { ColumnSpec, Values } from '../../../support/dsx-builder.ts'
import { importJob, operatorOf, outcomeOf, reads, source, writes } from '../../../support/dsx-builder.ts'

const columns: readonly ColumnSpec[] = [
	{ name: 'ID', sqlType: 4 },
	{ name: 'NAME', precision: 20, nullable: true },
]
const value = (name: string, text: string): string => `<${name}><![CDATA[${text}]]></${name}>`
const settings = (usage: string): Values => ({
	XMLProperties: `<?xml version='1.0' encoding='UTF-16'?><Properties><Connection>${value('secret_key', '#KEY#')}</Connection><Usage>${usage}</Usage></Properties>`,
})
const reading = (type: string, usage: string) =>
	importJob({
		parameters: [{ Name: 'KEY', ParamType: '0', Default: 'open sesame' }],
		stages: [{ name: 'STORE', type, properties: settings(usage) }, source('OUT')],
		links: [{ name: 'rows', from: 'STORE', to: 'OUT', columns, inProperties: writes('/out') }],
	})

const azure = [value('ContainerSource', 'lake'), value('FileNameSource', 'people.csv'), value('FileFormat', '0')].join(
	'',
)
const syntax = (...parts: readonly string[]): string => `<DelimitedSyntax>${parts.join('')}</DelimitedSyntax>`

describe('a file of an object store', () => {
	it('is text with the layout that the connector says', () => {
		const layout = [
			value('FieldDelimiter', '|'),
			value('RowDelimiter', '<CR><NL>'),
			value('Quotes', '1'),
			value('Header', '1'),
		]
		const job = reading('AzureStorageConnectorPX', azure + syntax(...layout))
		const { source: file } = operatorOf(job, 'STORE', 'read')
		expect(file).toMatchObject({
			kind: 'text-file',
			path: { text: 'lake/people.csv' },
			layout: { delimiter: '|', recordDelimiter: '\r\n', quote: '"', header: true, encoding: 'utf-8' },
		})
		expect(outcomeOf(job, 'STORE')).toContain('RG-D093')
		expect(JSON.stringify(job)).not.toContain('open sesame')
	})

	it('is CSV in another connector, whose settings have other names', () => {
		const usage = [value('bucket', 'lake'), value('file_name', 'people'), value('file_format', '1')].join('')
		const { source: file } = operatorOf(reading('cloudobjectstoragePX', usage), 'STORE', 'read')
		expect(file).toMatchObject({ path: { text: 'lake/people' }, layout: { delimiter: ',', quote: '"', header: false } })
	})

	it.each([
		[
			value('ContainerSource', 'lake') + value('FileNameSource', 'a') + value('FileFormat', '3'),
			'format has the code 3',
		],
		[value('FileFormat', '0'), 'no file'],
		[azure + value('ReadMode', '1'), 'several files'],
		[azure + syntax(value('EscapeCharacter', '\\')), 'EscapeCharacter is \\'],
	])('%s is refused', (usage, reason) =>
		expect(outcomeOf(reading('AzureStorageConnectorPX', usage), 'STORE')).toContain(reason),
	)

	it('is written as text', () => {
		const usage = value('ContainerTarget', 'lake') + value('FileNameTarget', 'out.csv') + value('FileFormat', '0')
		const job = importJob({
			stages: [source('IN'), { name: 'STORE', type: 'AzureStorageConnectorPX', properties: settings(usage) }],
			links: [{ name: 'rows', from: 'IN', to: 'STORE', columns, outProperties: reads('/in') }],
		})
		expect(operatorOf(job, 'STORE', 'write').target).toMatchObject({
			kind: 'text-file',
			path: { text: 'lake/out.csv' },
		})
	})
})

describe('a system that Spark does not reach', () => {
	it('is a data set for somebody to fill', () => {
		const job = reading('SALESFORCEJCConnectorPX', value('SoqlString', 'Select Id From Account'))
		expect(operatorOf(job, 'STORE', 'read').source).toMatchObject({ kind: 'data-set', path: { text: 'STORE' } })
		expect(outcomeOf(job, 'STORE')).toContain('RG-D094: STORE reads Salesforce: Select Id From Account')
	})
	it('is not written to', () => {
		const job = importJob({
			stages: [source('IN'), { name: 'STORE', type: 'SALESFORCEJCConnectorPX', properties: settings('') }],
			links: [{ name: 'rows', from: 'IN', to: 'STORE', columns, outProperties: reads('/in') }],
		})
		expect(outcomeOf(job, 'STORE')).toContain('opaque: it writes to Salesforce')
	})

	it.each([
		['JClientPX', { transformer_class_name: 'shop.Reader' }, 'a Java class (shop.Reader)'],
		['JavaStagePX', settings(value('UserClassName', 'shop.Reader')), 'a Java class (shop.Reader)'],
		['XMLStagePX', settings(''), 'an assembly'],
		['WSClientPX', {}, 'a web service'],
		['PxExternalSource', { source: 'ls -l /data' }, 'what a program prints: ls -l /data'],
		['UnstructuredDataConnectorPX', settings(''), 'ranges of a workbook'],
		['PxCFF', {}, 'records that follow a COBOL copybook'],
	] as const)('%s that only gives rows is one too', (type, properties, what) => {
		const job = importJob({
			stages: [{ name: 'STORE', type, properties }, source('OUT')],
			links: [{ name: 'rows', from: 'STORE', to: 'OUT', columns, inProperties: writes('/out') }],
		})
		expect(operatorOf(job, 'STORE', 'read').source).toMatchObject({ kind: 'data-set', path: { text: 'STORE' } })
		expect(outcomeOf(job, 'STORE')).toContain(`RG-D094: STORE reads ${what}`)
	})
	it('rows that a program takes are lost to sight', () => {
		const job = importJob({
			stages: [source('IN'), { name: 'STORE', type: 'JavaStagePX', properties: settings('') }],
			links: [{ name: 'rows', from: 'IN', to: 'STORE', columns, outProperties: reads('/in') }],
		})
		expect(outcomeOf(job, 'STORE')).toContain('opaque: it hands its rows to a Java class')
	})
})
