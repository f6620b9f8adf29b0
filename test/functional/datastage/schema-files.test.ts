/** Stages whose columns are in a schema file beside the export (IBM: Sequential File stage, Schema file). */
import { describe, expect, it } from 'vitest'
import { dsxImporter } from '#importers/datastage/importer.ts'
import type { Job } from '#model/job.ts'
import type { JobSpec } from '../../support/dsx-builder.ts'
import { dsxJob, header, outcomeOf, packed, reads, source, target, writes } from '../../support/dsx-builder.ts'
import { columns, link, stage, subject } from '../../support/functional-job.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

function jobWith(spec: JobSpec, files: Readonly<Record<string, string>>): Job {
	const companions = Object.entries(files).map(([name, text]) => ({ path: `jobs/${name}`, bytes: encode(text) }))
	const file = { path: 'jobs/test.dsx', bytes: encode(header + dsxJob(spec)) }
	const [job] = dsxImporter.read({ file, companions }).jobs
	if (job === undefined) throw new Error('the export has no job')
	return job
}

const people = `record {final_delim=end, delim='|', quote=none, null_field='-'}
( ID:int32; NAME:nullable string[max=20]; DAY:date {date_format='%dd.%mm.%yyyy'}; )`
const plain = "final_delim=end, delim=',', quote=none, null_field='NULL'"

/** Columns travel along that no link names. */
const open = { RTColumnProp: '1' }
const copied = (
	inFile: string | undefined,
	outFile: string | undefined,
	declared = '',
	files: Readonly<Record<string, string>> = { 'people.schema': people },
): Job =>
	jobWith(
		{
			stages: [source('In'), stage('Cp', 'PxCopy'), target('Out')],
			links: [
				{
					name: 'in',
					from: 'In',
					to: 'Cp',
					columns: columns(declared),
					inMeta: open,
					outProperties: reads('/data/in.txt', inFile === undefined ? {} : { schemafile: inFile }),
					outMeta: { SchemaFormat: plain },
				},
				{
					name: 'out',
					from: 'Cp',
					to: 'Out',
					columns: columns(declared),
					inProperties: writes('/data/out.txt', outFile === undefined ? {} : { schemafile: outFile }),
					inMeta: { SchemaFormat: plain, ...open },
				},
			],
		},
		files,
	)

const three = `ID int
	NAME varchar(20)?
	DAY date`

subject('a schema file', {
	'says what is read, in the place of the Format and Columns tabs': {
		stages: [],
		job: copied('/etc/schemas/people.schema', undefined),
		given: { In: '1|ann|29.02.2024\n2|-|01.03.2024\n' },
		written: { Out: '1,ann,2024-02-29\n2,NULL,2024-03-01\n' },
	},
	'says what is written': {
		stages: [],
		job: copied(undefined, 'people.schema', three),
		given: { In: '1,ann,2024-02-29\n2,NULL,2024-03-01\n' },
		written: { Out: '1|ann|29.02.2024\n2|-|01.03.2024\n' },
	},
	'says what a Row Generator makes': {
		stages: [],
		job: jobWith(
			{
				stages: [stage('Gen', 'PxRowGenerator'), target('Out')],
				links: [
					link('out', 'Gen', 'Out', '', {
						outProperties: { schemafile: '/etc/n.schema', records: '3' },
						inProperties: writes('/data/out.txt'),
						inMeta: { SchemaFormat: plain },
					}),
				],
			},
			{ 'n.schema': 'record ( N:int32 {cycle={init=5, incr=2}}; )' },
		),
		given: {},
		written: { Out: '5\n7\n9\n' },
	},
	'says what a Column Generator adds': {
		stages: [],
		job: jobWith(
			{
				stages: [
					source('In'),
					stage('Gen', 'PxColumnGenerator', { selection: 'file', schemafile: 'n.schema' }),
					target('Out'),
				],
				links: [
					link('in', 'In', 'Gen', 'ID int', {
						outProperties: reads('/data/in.txt'),
						outMeta: { SchemaFormat: plain },
					}),
					link('out', 'Gen', 'Out', 'ID int\n\tN int', {
						inProperties: writes('/data/out.txt'),
						inMeta: { SchemaFormat: plain },
					}),
				],
			},
			{ 'n.schema': 'record ( N:int32 {cycle={init=5, incr=2}}; )' },
		),
		given: { In: '1\n2\n3\n' },
		written: { Out: '1,5\n2,7\n3,9\n' },
	},
	'says how a Column Export packs columns into a text': {
		stages: [],
		job: jobWith(
			{
				stages: [
					source('In'),
					stage('Exp', 'PxColumnExport', {
						field: packed(['field', 'LINE']),
						selection: 'file',
						schemafile: '/etc/people.schema',
					}),
					target('Out'),
				],
				links: [
					link('in', 'In', 'Exp', three, {
						outProperties: reads('/data/in.txt'),
						outMeta: { SchemaFormat: plain },
					}),
					link('out', 'Exp', 'Out', 'LINE varchar(100)', {
						inProperties: writes('/data/out.txt'),
						inMeta: { SchemaFormat: plain },
					}),
				],
			},
			{ 'people.schema': people },
		),
		given: { In: '1,ann,2024-02-29\n2,NULL,2024-03-01\n' },
		written: { Out: '1|ann|29.02.2024\n2|-|01.03.2024\n' },
	},
	'says what a Column Import takes from a text': {
		stages: [],
		job: jobWith(
			{
				stages: [source('In'), stage('Imp', 'PxColumnImport', importing('/etc/people.schema')), target('Out')],
				links: [
					link('in', 'In', 'Imp', 'LINE varchar(100)', {
						outProperties: reads('/data/in.txt'),
						outMeta: { SchemaFormat: 'delim=none, quote=none' },
					}),
					link('out', 'Imp', 'Out', three, {
						inProperties: writes('/data/out.txt'),
						inMeta: { SchemaFormat: plain },
					}),
				],
			},
			{ 'people.schema': people },
		),
		given: { In: '1|ann|29.02.2024\nx|bob|29.02.2024\n' },
		written: { Out: '1,ann,2024-02-29\n' },
	},
})

function importing(schemafile: string) {
	return { field: packed(['field', 'LINE']), selection: 'file', schemafile }
}

describe('a schema file that does not help', () => {
	it('is not beside the export', () => {
		expect(outcomeOf(copied('/etc/#P#.schema', undefined), 'In')).toBe(
			'opaque: its columns are in the schema file /etc/#P#.schema; put that file beside the export, under a name with the ending .schema, .sch or .osh',
		)
	})

	it('cannot be read', () => {
		const job = copied('people.schema', undefined, '', { 'people.schema': 'record ( a[2]:int32; )' })
		expect(outcomeOf(job, 'In')).toBe(
			'opaque: the schema file people.schema cannot be read: its column "a[2]:int32" is not a plain one',
		)
	})

	it('leaves the format open', () => {
		const job = copied('people.schema', undefined, '', { 'people.schema': 'record ( a:int32; )' })
		expect(outcomeOf(job, 'In')).toContain('does not say how its fields are delimited and quoted')
	})

	it('has a column that does not arrive', () => {
		expect(outcomeOf(copied(undefined, 'people.schema', 'ID int'), 'Out')).toContain(
			'the column NAME of its schema file arrives in another type, or does not',
		)
	})
})
