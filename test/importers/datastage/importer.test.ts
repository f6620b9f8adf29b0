import { describe, expect, it } from 'vitest'
import { dsxImporter } from '#importers/datastage/importer.ts'
import { importerFor } from '#importers/registry.ts'
import type { JobSpec } from '../../support/dsx-builder.ts'
import {
	dsxJob,
	header,
	importJob,
	importText,
	operatorOf,
	packed,
	reads,
	record,
	source,
	target,
	wires,
	writes,
} from '../../support/dsx-builder.ts'

const columns = [{ name: 'K', sqlType: 4 }]
const copy = (name: string): JobSpec => ({
	name,
	stages: [source('In'), target('Out')],
	links: [{ name: 'a', from: 'In', to: 'Out', columns, outProperties: reads('/in'), inProperties: writes('/out') }],
})
const codes = (text: string): readonly string[] => importText(text).diagnostics.map(({ code }) => code)

describe('recognising an export', () => {
	it.each([
		['jobs.dsx', header, true],
		['jobs.txt', `\u{FEFF}${header.replaceAll('\n', '\r\n')}`, true],
		['other.dsx', 'hello', false],
		['other.dtsx', '<?xml version="1.0"?>', false],
	])('%s', (path, text, yes) => {
		const head = new TextEncoder().encode(text)
		expect(dsxImporter.detect(path, head)).toBe(yes)
		expect(importerFor(path, head) === dsxImporter).toBe(yes)
	})
})

describe('a file of jobs', () => {
	it('gives every job, with its id, kind and version', () => {
		const { jobs } = importText(
			header + dsxJob(copy('A')) + dsxJob({ ...copy('B'), jobType: 0 }) + dsxJob({ name: 'S', jobType: 2, stages: [] }),
		)
		expect(jobs.map(({ id, kind, toolVersion, dialect }) => [id, kind, toolVersion, dialect])).toEqual([
			['jobs/test.dsx#A', 'parallel', '11.7', 'datastage'],
			['jobs/test.dsx#B', 'server', '11.7', 'datastage'],
			['jobs/test.dsx#S', 'sequence', '11.7', 'datastage'],
		])
	})

	it('takes the later of two jobs with one name, and accounts for the older one', () => {
		const { jobs, diagnostics } = importText(
			header +
				dsxJob(copy('A')) +
				header +
				dsxJob({ ...copy('A'), stages: [source('In'), target('Out'), { name: 'Pv', type: 'PxPivot' }] }),
		)
		expect(diagnostics.map(({ code }) => code)).toEqual(['job/duplicate'])
		expect(jobs).toHaveLength(1)
		expect(jobs[0]?.accounting.map(({ id, outcome }) => [id, outcome])).toEqual([
			['A/In', 'exact'],
			['A/Out', 'exact'],
			['A/Pv', 'opaque'],
			['A (line 5)/In', 'dropped'],
			['A (line 5)/Out', 'dropped'],
		])
	})

	it('keeps names that are code elsewhere as they are', () => {
		const name = '../../x"; import os #'
		const job = importJob(copy(name))
		expect(job).toMatchObject({ name, id: `jobs/test.dsx#${name}` })
		expect(job.accounting[0]?.id).toBe(`${name}/In`)
	})

	it('is the same for the same bytes', () => {
		const text = header + dsxJob(copy('A'))
		expect(importText(text)).toEqual(importText(text))
	})
})

describe('a file that is no good', () => {
	it.each([
		['empty', '', ['file/empty']],
		['blank', ' \r\n\n', ['file/empty']],
		['a header only', header, ['file/not-an-export']],
		['something else', 'hello\n', ['record/malformed']],
		['cut off in its first job', (header + dsxJob(copy('A'))).slice(0, 400), ['file/truncated']],
	])('%s', (_what, text, expected) => {
		const { jobs, diagnostics } = importText(text)
		expect(jobs).toEqual([])
		expect(diagnostics.map(({ code }) => code)).toEqual(expect.arrayContaining(expected))
	})

	it('keeps the jobs before the place where it is cut off', () => {
		const text = header + dsxJob(copy('A')) + dsxJob(copy('B'))
		expect(importText(text.slice(0, -200)).jobs.map(({ name }) => name)).toEqual(['A'])
		expect(codes(text.slice(0, -200))).toContain('file/truncated')
	})

	it('never throws, wherever it is cut off', () => {
		const text = header + dsxJob(copy('A'))
		for (let length = 0; length < text.length; length += 7)
			expect(() => importText(text.slice(0, length))).not.toThrow()
	})
})

describe('parameters', () => {
	const set = [
		'BEGIN DSPARAMETERSETS',
		record(
			{ Identifier: 'S', OLEType: 'CParameterSet', ParamValues: 'DEV\u{E0FC}DIR=/dev\u{E0FC}N=2' },
			{
				Parameters: [
					{ Name: 'DIR', Default: '/data', ParamType: '4' },
					{ Name: 'N', Default: '1', ParamType: '2' },
				],
			},
		),
		'END DSPARAMETERSETS',
	]
		.join('\n')
		.replaceAll('\u{E0FC}', '\\S')
	const job = (defaultSet: string): string =>
		header +
		dsxJob({
			...copy('A'),
			parameters: [
				{ Name: 'S', Default: defaultSet, ParamType: '13' },
				{ Name: 'PASSWORD', Default: 'hunter2', ParamType: '0' },
				{ Name: 'KEY', Default: '{iisenc}abc', ParamType: '1' },
				{ Name: '$APT_CONFIG_FILE', Default: '$PROJDEF', ParamType: '0' },
			],
		})
	const values = (text: string, companions: readonly string[] = []): readonly unknown[] =>
		importText(text, companions).jobs[0]?.parameters.map(({ name, default: value }) => [name, value]) ?? []

	it('takes members of sets with their own defaults, and never a secret', () => {
		expect(values(job('(As pre-defined)') + set)).toEqual([
			['S.DIR', '/data'],
			['S.N', 1n],
			['PASSWORD', undefined],
			['KEY', undefined],
			['$APT_CONFIG_FILE', undefined],
		])
		expect(
			importText(job(''))
				.jobs[0]?.parameters.filter(({ secret }) => secret)
				.map(({ name }) => name),
		).toEqual(['PASSWORD', 'KEY'])
	})

	it('takes the values of the value file that is named', () => {
		expect(values(job('DEV') + set).slice(0, 2)).toEqual([
			['S.DIR', '/dev'],
			['S.N', 2n],
		])
	})

	it('finds a set in an export beside this one', () => {
		expect(values(job('(As pre-defined)'), [header + set]).slice(0, 1)).toEqual([['S.DIR', '/data']])
	})
})

describe('links', () => {
	it('finds partners that name the stage only, by the name of the link', () => {
		const spec = copy('A')
		expect(wires(importJob({ ...spec, shortPartners: true }))).toEqual(wires(importJob(spec)))
	})

	it('reports a link that leads nowhere', () => {
		const spec = copy('A')
		const [link] = spec.links ?? []
		if (link === undefined) throw new Error('the job has a link')
		const job = importJob({ ...spec, stages: [source('In')], links: [link] })
		expect(job.diagnostics.map(({ code, what }) => [code, what])).toContainEqual([
			'link/unmatched',
			'The link a of In leads nowhere',
		])
	})

	it('tells stages of one name apart', () => {
		const job = importJob({
			stages: [
				{ name: 'X', type: 'PxPivot' },
				{ name: 'X', type: 'PxPivot' },
			],
		})
		expect(job.accounting.map(({ id }) => id)).toEqual(['JOB/X', 'JOB/X (V0S1)'])
	})
})

describe('what is not translated', () => {
	it('is an opaque operator with all its links, and no secrets', () => {
		const xml = `<?xml version='1.0'?><Properties><Connection><Password><![CDATA[hunter2]]></Password><User>me</User></Connection></Properties>`
		const job = importJob({
			stages: [
				source('In'),
				{
					name: 'Db',
					type: 'PxUnheardOf',
					properties: { XMLProperties: xml, password: packed(['password', 'hunter2']) },
				},
			],
			links: [{ name: 'a', from: 'In', to: 'Db', columns, outProperties: reads('/in') }],
		})
		const operator = operatorOf(job, 'Db', 'opaque')
		expect(operator).toMatchObject({
			sourceType: 'PxUnheardOf',
			reason: expect.stringMatching(/^the stage type PxUnheardOf is not translated; .*write what its code does/),
		})
		expect(operator.text).toContain('<User>me</User>')
		expect(operator.text).not.toContain('hunter2')
		expect(wires(job)).toContain('In#convert.out > Db.in0')
	})

	it('passes unknown columns on by name behind an opaque stage', () => {
		const job = importJob({
			stages: [
				{ name: 'Gen', type: 'PxRowGenerator' },
				{ name: 'So', type: 'PxSort', properties: { key: packed(['key', 'K']) } },
				{ name: 'End', type: 'PxDataSet' },
			],
			links: [
				{ name: 'a', from: 'Gen', to: 'So', columns: [] },
				{
					name: 'b',
					from: 'So',
					to: 'End',
					columns: [{ name: 'N', sqlType: 4, derivation: 'a.K' }],
					inMeta: { RTColumnProp: '1' },
				},
			],
		})
		expect(operatorOf(job, 'So', 'sort').keys[0]?.column).toBe('K')
		expect(operatorOf(job, 'So#b', 'project')).toMatchObject({
			passThrough: 'all',
			columns: [{ name: 'N', value: { expression: { name: 'K' } } }],
		})
		expect(job.flows[0]?.links.at(-1)?.schema.open).toBe(true)
	})
})
