import { describe, expect, it } from 'vitest'
import type { LinkSpec } from '../../../support/dsx-builder.ts'
import {
	importJob,
	operatorOf,
	outcomeOf,
	packed,
	reads,
	source,
	target,
	wires,
	writes,
} from '../../../support/dsx-builder.ts'

const columns = [
	{ name: 'ID', sqlType: 4 },
	{ name: 'DAY', sqlType: 9, nullable: true, format: "date_format='%dd.%mm.%yyyy'" },
	{ name: 'NAME', precision: 10, nullable: true },
]
const stages = [source('In'), target('Out')]
const format = "final_delim=end, delim='|', null_field='-', quote=double"

function link(more: Partial<LinkSpec> = {}): LinkSpec {
	return {
		name: 'rows',
		from: 'In',
		to: 'Out',
		columns,
		outProperties: reads('/in.txt', { firstLineColumnNames: 'firstLineColumnNames' }),
		outMeta: { SchemaFormat: format },
		inProperties: writes('/out.txt'),
		inMeta: { SchemaFormat: format },
		...more,
	}
}

describe('a sequential file that is read', () => {
	const job = importJob({ stages, links: [link()] })

	it('reads every column as text, laid out as the record format says', () => {
		const { source: file, schema } = operatorOf(job, 'In', 'read')
		expect(schema.columns.map(({ name, type }) => [name, type.kind])).toEqual([
			['ID', 'string'],
			['DAY', 'string'],
			['NAME', 'string'],
		])
		expect(file).toMatchObject({
			path: { text: '/in.txt' },
			layout: { delimiter: '|', recordDelimiter: '\n', quote: '"', header: true, encoding: 'utf-8' },
			fieldCount: 'reject',
		})
		expect(file).not.toHaveProperty('recordColumn')
	})

	it('converts, with null fields for columns that may be null, and drops what does not convert', () => {
		const { columns: converted } = operatorOf(job, 'In#convert', 'project')
		expect(converted[0]).toMatchObject({
			type: { kind: 'int', bits: 32 },
			onError: { kind: 'drop' },
			value: { expression: { kind: 'cast', rule: 'datastage.text-read' } },
		})
		expect(converted[1]?.value.expression).toMatchObject({
			kind: 'if',
			condition: { operation: 'datastage.eq', args: [{ name: 'DAY' }, { value: '-' }] },
			then: { value: null },
			otherwise: { rule: 'datastage.text-read', format: '%dd.%mm.%yyyy' },
		})
		expect(converted[2]?.value.expression).toMatchObject({ kind: 'if', otherwise: { kind: 'column', name: 'NAME' } })
	})

	it('knows the place of a stage and of a column in the export', () => {
		expect(operatorOf(job, 'In', 'read').provenance).toEqual({
			file: 'jobs/test.dsx',
			path: 'JOB/In',
			lines: { start: 13, end: 20 },
		})
		const { provenance } = operatorOf(job, 'In#convert', 'project').columns[0] ?? {}
		expect(provenance).toMatchObject({ path: 'JOB/In/ID' })
		expect(job.accounting.map(({ id, outcome }) => [id, outcome])).toEqual([
			['JOB/In', 'exact'],
			['JOB/Out', 'exact'],
		])
	})

	it('sends malformed records and failed conversions to the reject link, as one raw column', () => {
		const rejects: LinkSpec = {
			name: 'bad',
			from: 'In',
			to: 'Bad',
			kind: 'reject',
			columns: [{ name: 'rejected', sqlType: -3 }],
			inProperties: writes('/bad.txt'),
			inMeta: { SchemaFormat: 'delim=none, quote=none' },
		}
		const saving = importJob({
			stages: [...stages, target('Bad')],
			links: [link({ outProperties: reads('/in.txt', { rejects: 'save' }) }), rejects],
		})
		expect(operatorOf(saving, 'In', 'read').source).toMatchObject({ recordColumn: 'rejected' })
		expect(operatorOf(saving, 'In#convert', 'project').columns[0]?.onError).toEqual({
			kind: 'redirect',
			code: 0,
			column: 0,
		})
		expect(wires(saving)).toEqual(
			expect.arrayContaining([
				'In.reject > In#rejects.in0',
				'In#convert.reject > In#unconverted.in',
				'In#unconverted.out > In#rejects.in1',
			]),
		)
		expect(operatorOf(saving, 'Bad', 'write')).toMatchObject({
			schema: { columns: [{ name: 'rejected' }] },
			target: { quoted: [false] },
		})
	})

	it('ends the run on a bad record in reject mode Fail', () => {
		const failing = importJob({ stages, links: [link({ outProperties: reads('/in.txt', { rejects: 'fail' }) })] })
		expect(operatorOf(failing, 'In#convert', 'project').columns[0]?.onError).toEqual({ kind: 'fail' })
		expect(operatorOf(failing, 'In#failed', 'project').columns.map(({ onNull }) => onNull.kind)).toEqual([
			'fail',
			'fail',
			'fail',
		])
		expect(wires(failing)).toContain('In.reject > In#failed.in')
	})

	it('reads all files that it names', () => {
		const several = { ...reads(''), 'file ': packed(['file ', '/a.txt'], ['file ', '/b.txt']) }
		const two = importJob({ stages, links: [link({ outProperties: several })] })
		expect(operatorOf(two, 'In#file 2', 'read').source).toMatchObject({ path: { text: '/b.txt' } })
		expect(operatorOf(two, 'In#files', 'union')).toMatchObject({ inputs: 2, how: 'arrival' })
	})

	it('reads all files of a pattern, each with its own line of names', () => {
		const selection = { selection: 'pattern', pattern: packed(['pattern', '/in/*.txt']) }
		const outProperties = { ...selection, firstLineColumnNames: 'firstLineColumnNames' }
		const job = importJob({ stages, links: [link({ outProperties })] })
		expect(operatorOf(job, 'In', 'read').source).toMatchObject({
			path: { text: '/in/*.txt' },
			layout: { header: true },
		})
		expect(outcomeOf(job, 'In')).toBe('exact')
	})

	it('puts parameters into the path', () => {
		const withParameter = importJob({
			parameters: [{ Name: 'DIR', Default: '/data', ParamType: '4' }],
			stages,
			links: [link({ outProperties: reads('#DIR#/in#x.txt') })],
		})
		const { source: file } = operatorOf(withParameter, 'In', 'read')
		expect(file).toMatchObject({
			path: {
				text: '#DIR#/in#x.txt',
				expression: {
					operation: 'datastage.concat',
					args: [{ kind: 'parameter', name: 'DIR' }, { value: '/in#x.txt' }],
				},
			},
		})
	})

	it.each([
		[
			'fixed widths',
			{ outMeta: { SchemaFormat: 'delim=none' } },
			'its columns have fixed widths (delim=none), and ID names none',
		],
		[
			'a filter command',
			{ outProperties: reads('/a', { filter: packed(['filter', 'perl fix.pl']) }) },
			'it reads what the filter command "perl fix.pl" gives',
		],
		[
			'a schema file',
			{ outProperties: reads('/a', { schemafile: packed(['schemafile', '/s']) }) },
			'its columns are in the schema file /s; put that file beside the export',
		],
		[
			'a file pattern that nothing names',
			{ outProperties: reads('/a', { selection: 'pattern' }) },
			'it reads files by pattern, and names none',
		],
		[
			'a property that nobody knows',
			{ outMeta: { SchemaFormat: 'record_prefix=2' } },
			'the record format has the property record_prefix, which is not supported',
		],
		[
			'a bad date format',
			{ columns: [{ name: 'D', sqlType: 9, format: "date_format='%qq'" }] },
			'the format %qq of column D is not supported',
		],
	])('is opaque with %s', (_what, more, reason) => {
		const opaque = importJob({ stages, links: [link(more)] })
		expect(outcomeOf(opaque, 'In')).toContain(`opaque: ${reason}`)
		expect(operatorOf(opaque, 'In', 'opaque')).toMatchObject({ sourceType: 'PxSequentialFile' })
		expect(opaque.diagnostics.map(({ code }) => code)).toContain('stage/unsupported')
	})
})

describe('a sequential file that is written', () => {
	it('turns values into texts, with quotes where the column has them and null fields without', () => {
		const job = importJob({
			stages,
			links: [
				link({
					columns: [{ name: 'ID', sqlType: 4, format: 'quote=none' }, { name: 'N', nullable: true }, { name: 'T' }],
				}),
			],
		})
		const out = operatorOf(job, 'Out', 'write')
		expect(out.target).toMatchObject({
			kind: 'text-file',
			path: { text: '/out.txt' },
			quoted: [false, false, true],
			quotedHeader: true,
			mode: 'overwrite',
			layout: { header: false },
		})
		const texts = operatorOf(job, 'Out#text', 'project').columns
		expect(texts[0]?.value.expression).toMatchObject({ kind: 'cast', rule: 'datastage.text-write' })
		expect(texts[1]?.value.expression).toMatchObject({
			kind: 'if',
			condition: { operation: 'shared.is-null' },
			then: { value: '-' },
			otherwise: { operation: 'datastage.concat' },
		})
	})

	it('drops a row with a null that has no text', () => {
		const job = importJob({
			stages,
			links: [link({ columns: [{ name: 'N', nullable: true }], inMeta: { SchemaFormat: 'quote=none' } })],
		})
		expect(operatorOf(job, 'Out#text', 'project').columns[0]?.onNull).toEqual({ kind: 'drop' })
	})

	it.each([
		['append', 'append'],
		[' ', 'create'],
	])('knows the update mode %j', (written, mode) => {
		const job = importJob({
			stages,
			links: [link({ inProperties: writes('/out.txt', { 'append\\overwrite': written }) })],
		})
		expect(operatorOf(job, 'Out', 'write').target).toMatchObject({ mode })
	})
})
