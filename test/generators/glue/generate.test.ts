import { parse } from '@cdktf/hcl2json'
import { describe, expect, it } from 'vitest'
import { generate } from '#generators/glue/generate.ts'
import type { GenerateOptions } from '#generators/glue/options.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import type { JobsFile } from '#generators/jobs-file.ts'
import { blobId } from '#generators/lock.ts'
import { forbidden, wellFormed } from '#generators/well-formed.ts'
import type { Job } from '#model/job.ts'
import type { Operator } from '#model/operators.ts'
import { int, text } from '#model/types.ts'
import {
	base,
	col,
	derive,
	flow,
	job,
	link,
	literal,
	parameter,
	provenance,
	schema,
	sourced,
	tableSource,
	tableTarget,
	textSource,
	textTarget,
} from '../../support/model-builder.ts'

const columns = schema('A', 'B')
const copy = job(flow([textSource('IN', ['A', 'B']), textTarget('OUT', ['A', 'B'])], [link('IN > OUT', columns)]))

function files(model: Job, options: Partial<GenerateOptions> = {}) {
	const { artifacts, diagnostics } = generate({ name: 'unit', jobs: [model] }, { ...defaultOptions, ...options })
	const find = (end: string): string => artifacts.find(({ path }) => path.endsWith(end))?.text ?? ''
	return {
		artifacts,
		diagnostics,
		script: find('glue_jobs/job.py') || find('.py'),
		jobs: JSON.parse(find('jobs.json')) as JobsFile,
		find,
	}
}

describe('a generated unit', () => {
	it('is the same every time, ends with one newline, and needs no more formatting', () => {
		expect(files(copy).artifacts).toEqual(files(copy).artifacts)
		for (const { path, text: content } of files(copy).artifacts)
			expect(content.endsWith('\n') && !content.endsWith('\n\n'), path).toBe(true)
		expect(
			wellFormed(
				copy,
				files(copy).artifacts.filter(({ path }) => path.endsWith('glue_jobs/job.py')),
			),
		).toEqual([])
	})

	it('checks rows that nobody takes', () => {
		const end = (length?: number): Operator => ({
			...base('END'),
			kind: 'project',
			passThrough: 'none',
			drop: [],
			columns: [derive('A', col('A'), { type: text(length) })],
			evaluation: 'together',
			reject: {},
		})
		const ending = (length?: number) =>
			job(flow([tableSource('IN', columns), end(length)], [link('IN > END', columns)]))
		const { script } = files(ending(4))
		expect(script).toContain('# END: the columns that go on (nobody takes its rows)')
		expect(script).toContain('a text of more than 4 characters')
		expect(files(ending()).script).not.toContain('ensure(')
	})

	it('does not change with the place of things in the export', () => {
		const moved = JSON.parse(JSON.stringify(copy).replaceAll('"start":1,"end":2', '"start":70,"end":90')) as Job
		const [first, second] = [files(copy), files(moved)]
		expect(second.script).toBe(first.script)
		expect(JSON.parse(second.find('lock.json'))).toMatchObject({
			jobs: (JSON.parse(first.find('lock.json')) as { jobs: object }).jobs,
		})
	})

	it('locks every file under the id that git gives it, and traces generated lines to the export', () => {
		const { artifacts, find } = files(copy)
		const lock = JSON.parse(find('lock.json')) as { blobs: Record<string, string>; traces: Record<string, unknown[][]> }
		for (const { path, text: content } of artifacts) {
			if (path.startsWith('unit/') && !path.endsWith('lock.json')) expect(lock.blobs[path]).toBe(blobId(content))
		}
		expect(blobId('hello\n')).toBe('ce013625030ba8dba906f756967f9e9ca394464a')
		// The frame of the transform function comes from the flow, which here has the job's name.
		expect(lock.traces['unit/glue_jobs/job.py']?.map(([, , element]) => element)).toEqual([
			'IN',
			'JOB',
			'IN',
			'JOB',
			'OUT',
		])
	})

	it('has no secret in any file', () => {
		const secret = job(copy.flows, {
			description: 'Password=hunter2;',
			accounting: [
				{ id: 'x', type: 'T', name: 'x', outcome: 'opaque', reason: 'Pwd=hunter2', provenance: provenance('x') },
			],
		})
		for (const { path, text: content } of files(secret).artifacts) expect(content, path).not.toContain('hunter2')
	})
})

describe('a statement with a secret in it', () => {
	const reading = (statement: string): Job => {
		const source: Operator = {
			...base('USERS'),
			kind: 'read',
			schema: columns,
			source: {
				kind: 'query',
				connection: 'DW',
				sql: sourced(literal(statement), statement),
				parameters: [],
				form: 'select',
			},
		}
		return job(flow([source, textTarget('OUT', ['A', 'B'])], [link('USERS > OUT', columns)]))
	}
	const problems = (model: Job) =>
		wellFormed(
			model,
			files(model).artifacts.filter(({ path }) => path.endsWith('glue_jobs/job.py')),
		)

	it('loses it everywhere, and the script counts as broken, since the statement is another one now', () => {
		const leaking = reading("SELECT A, B FROM users WHERE password = 'hunter2'")
		for (const { path, text: content } of files(leaking).artifacts) expect(content, path).not.toContain('hunter2')
		expect(problems(leaking).map(({ code }) => code)).toEqual(['secret'])
	})

	it('stays as it is where it only compares columns of such names', () => {
		const comparing = reading('SELECT u.A, u.B FROM users u JOIN old o ON u.pwd = o.pwd')
		expect(files(comparing).script).toContain('ON u.pwd = o.pwd')
		expect(problems(comparing)).toEqual([])
	})
})

describe('names from an export', () => {
	const nasty = `../../x"""; import os #\n\u202e\${x}`
	const hostile: Operator = {
		...base(nasty),
		kind: 'project',
		passThrough: 'none',
		drop: [],
		columns: [derive(nasty, col('A'))],
		evaluation: 'together',
		reject: {},
	}
	const model = job(
		flow(
			[
				textSource(nasty + 1, ['A', nasty], { path: nasty }),
				hostile,
				textTarget(nasty + 2, [nasty], { quoted: true, layout: { header: true } }),
			],
			[link('x > y', columns)].flatMap(() => [
				{
					...link('x > y', schema('A', nasty)),
					from: { operator: nasty + 1, port: 'out' },
					to: { operator: nasty, port: 'in' },
				},
				{
					...link('y > z', schema(nasty)),
					id: 'second',
					name: nasty,
					from: { operator: nasty, port: 'out' },
					to: { operator: nasty + 2, port: 'in' },
				},
			]),
		),
		{ name: nasty, description: nasty },
	)

	it('are data in every language', async () => {
		const { artifacts } = files(model)
		const scripts = artifacts.filter(({ path }) => path.endsWith('.py'))
		for (const { path } of artifacts) expect(path).toMatch(/^(unit|terraform)\/[\w./-]+$/)
		expect(
			scripts.flatMap(({ text: content }) => forbidden(content)).filter(({ message }) => message.includes('module os')),
		).toHaveLength(1)
		expect(
			wellFormed(
				model,
				scripts.filter(({ path }) => path.includes('glue_jobs')),
			),
		).toEqual([])
	})
})

describe('arguments and places', () => {
	const path = sourced(parameter('DIR'), '#DIR#')
	const withParameter = (value: string) =>
		job(
			flow(
				copy.flows[0]?.operators.map(
					(one): Operator =>
						one.kind === 'read' && one.source.kind === 'text-file' ? { ...one, source: { ...one.source, path } } : one,
				) ?? [],
				copy.flows[0]?.links ?? [],
			),
			{
				parameters: [
					{
						name: 'DIR',
						type: text(),
						default: value,
						secret: false,
						description: 'folder',
						provenance: provenance('DIR'),
					},
				],
			},
		)

	it('an unmapped place is a required argument, and a diagnostic says so', () => {
		const { diagnostics, jobs } = files(copy)
		expect(diagnostics.map(({ code }) => code)).toEqual(['place/unmapped', 'place/unmapped'])
		expect(jobs.jobs[0]?.arguments.map(({ name, default: value }) => [name, value])).toEqual([
			['in_path', null],
			['out_path', null],
		])
	})

	it('a path that follows from a mapped parameter is computed, unless it is given', () => {
		const { jobs, script } = files(withParameter('/data/in'), { paths: { '/data': 's3://lake' } })
		expect(jobs.jobs[0]?.arguments.map(({ name, default: value }) => [name, value])).toEqual([
			['dir_', 's3://lake/in'],
			['in_path', ''],
			['out_path', 's3://lake/OUT.txt'],
		])
		expect(script).toContain('"in_path": params["in_path"] or params["dir_"]')
		expect(jobs.jobs[0]?.places[0]).toMatchObject({
			id: 'JOB/IN',
			legacy: '/data/in',
			spelled: '#DIR#',
			argument: 'in_path',
			role: 'read',
		})
	})

	it('a secret has no default', () => {
		const secret = job(copy.flows, {
			parameters: [
				{ name: 'KEY', type: text(), default: 'hush', secret: true, description: '', provenance: provenance('KEY') },
			],
		})
		expect(files(secret).jobs.jobs[0]?.arguments[0]).toMatchObject({ name: 'key', default: null })
		expect(files(secret).script).not.toContain('hush')
	})

	it('tables go through their connection', () => {
		const rows = schema({ name: 'ID', type: int(32), nullable: true })
		const { script, jobs } = files(job(flow([tableSource('T', rows), tableTarget('U', rows)], [link('T > U', rows)])), {
			connections: { DW: { glue_connection: 'warehouse' } },
		})
		expect(jobs.jobs[0]?.connections).toEqual([{ name: 'DW', argument: 'dw_connection', glue_connection: 'warehouse' }])
		expect(script).toContain('.options(**jdbc(params["dw_connection"]))')
		expect(script).toContain('typed(rows, {"ID": "int"})')
	})
})

describe('the Terraform module', () => {
	it('is valid HCL', async () => {
		for (const { path, text: content } of files(copy).artifacts.filter((one) => one.path.endsWith('.tf'))) {
			await expect(parse(path, content), path).resolves.toBeTypeOf('object')
		}
	})
})

describe('something that was not understood', () => {
	it('stops the job when it is reached, with its stage, its reason and the original beside it', () => {
		const opaque: Operator = {
			...base('PIVOT'),
			kind: 'opaque',
			sourceType: 'PxPivot',
			reason: 'no support',
			text: 'Line one\n"""\rLine two',
		}
		const model = job(
			flow(
				[textSource('IN', ['A', 'B']), opaque, textTarget('OUT', ['A', 'B'])],
				[link('IN > PIVOT', columns), link('PIVOT > OUT', columns)],
			),
		)
		const { script, artifacts, find } = files(model)
		expect(script).toMatch(/not_translated\(\s+"Stage PIVOT: PxPivot was not translated: no support", in_to_pivot\s+\)/)
		expect(script).toContain('#   """\n    #   Line two')
		expect(
			wellFormed(
				model,
				artifacts.filter(({ path }) => path.includes('glue_jobs')),
			),
		).toEqual([])
		expect(find('docs/job.md')).toContain('- PIVOT (opaque):')
	})
})

describe('well-formed scripts', () => {
	it('import and call nothing that is not on the lists', () => {
		expect(
			forbidden('import os\nfrom subprocess import run\nx = eval("1")\nframe.rdd\nopen("x")\n').map(({ line }) => line),
		).toEqual([1, 2, 3, 4, 5])
		expect(forbidden('import sys\n\n# import os\ntext = "import os"\n')).toEqual([])
	})

	it('read only columns that are there', () => {
		const operator: Operator = {
			...base('P'),
			kind: 'project',
			passThrough: 'none',
			drop: [],
			columns: [derive('X', col('MISSING')), derive('Y', literal('1'))],
			evaluation: 'together',
			reject: {},
		}
		const model = job(
			flow(
				[textSource('IN', ['A', 'B']), operator, textTarget('OUT', ['X'])],
				[link('IN > P', columns), link('P > OUT', schema('X'))],
			),
		)
		expect(wellFormed(model, []).map(({ message }) => message)).toEqual([
			'P reads the column MISSING, which no input has',
		])
	})
})
