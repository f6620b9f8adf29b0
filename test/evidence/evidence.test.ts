import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine, RunOutcome, RunRequest } from '#engines/port.ts'
import type { GeneratedJob } from '#evidence/evidence.ts'
import { prove } from '#evidence/evidence.ts'
import { workFolder } from '#evidence/work-folder.ts'
import type { JobEntry, PlaceEntry } from '#generators/jobs-file.ts'
import type { Job } from '#model/job.ts'
import { column, flow, layout, literal, op, provenance, sourced } from '../reference/support.ts'

const columns = [column('a'), column('b')]
const text = { ...layout, header: true }
const copying = flow(
	[
		op('read', 'in', {
			source: { kind: 'text-file', path: sourced(literal('/in')), layout: text, skipLines: 0, fieldCount: 'reject' },
			schema: { columns, open: false },
		}),
		op('write', 'out', {
			target: {
				kind: 'text-file',
				path: sourced(literal('/out')),
				layout: text,
				quoted: [true, true],
				quotedHeader: false,
				doubleQuotes: true,
				mode: 'overwrite',
			},
			schema: { columns, open: false },
		}),
	],
	['in>out'],
	columns,
)

const job: Job = {
	version: 1,
	id: 'j',
	name: 'j',
	kind: 'parallel',
	dialect: 'datastage',
	description: '',
	toolVersion: '',
	parameters: [],
	variables: [],
	connections: [],
	flows: [copying],
	control: {
		tasks: [{ kind: 'data-flow', id: 't', element: 't', name: 't', provenance, disabled: false, flow: 'FLOW' }],
		precedences: [],
		joins: [],
	},
	accounting: [],
	differences: [],
	diagnostics: [],
	provenance,
}

const place = (id: string, role: 'read' | 'write'): PlaceEntry => ({
	id: `FLOW/${id}`,
	element: id,
	role,
	reject: false,
	kind: 'text-file',
	legacy: `/${id}`,
	spelled: `/${id}`,
	argument: `${id}_path`,
	connection: null,
	statement: null,
	call: false,
	columns,
	format: { delimiter: ',', quote: '"', header: true, encoding: 'utf-8', record_delimiter: '\n' },
})

const entry: JobEntry = {
	name: 'j',
	id: 'j',
	title: 'j',
	description: '',
	script: 'glue_jobs/j.py',
	glue_version: '5.1',
	worker_type: 'G.1X',
	workers: 2,
	timeout_minutes: 60,
	retries: 0,
	arguments: [],
	places: [place('in', 'read'), place('out', 'write')],
	connections: [],
}

const generated: GeneratedJob = { entry, script: '/nowhere/j.py', problems: [] }

let root = ''
beforeAll(async () => {
	root = await mkdtemp(path.join(tmpdir(), 'reglue-evidence-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const record = { effects: [], stdout: '', stderr: '', seconds: 0 }

/** Stands for Spark: copies records as the job does, through a change that a test makes. */
function copier(
	change: (fields: readonly string[]) => readonly string[],
	seen: RunRequest[] = [],
	replaces = true,
): Pick<Engine, 'run'> {
	return {
		async run(request): Promise<RunOutcome> {
			seen.push(request)
			const files = await workFolder('/').read(request.args['in_path'] ?? '')
			const lines = files.flatMap((bytes) => Buffer.from(bytes).toString().split('\n').slice(1, -1))
			const rows = lines
				.map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/))
				.filter((fields) => fields.length === 2)
			const quote = (field: string): string => (/^".*"$/.test(field) ? field : `"${field.replaceAll('"', '""')}"`)
			const out = ['a,b', ...rows.map((fields) => change(fields.map(quote)).join(','))]
			if (replaces) await workFolder('/').clear(request.args['out_path'] ?? '')
			await workFolder('/').write(
				path.join(request.args['out_path'] ?? '', 'part-0'),
				Buffer.from(`${out.join('\n')}\n`),
			)
			return { ...record, ok: true }
		},
	}
}

describe('prove', () => {
	it('reaches E3 when the script writes what the reference writes, as one file and as seven', async () => {
		const seen: RunRequest[] = []
		const proof = await prove(
			job,
			generated,
			copier((fields) => fields, seen),
			{ folder: workFolder(root) },
		)
		expect(proof.report).toMatchObject({ level: 'E3', reached: ['E0', 'E1', 'E2', 'E3'] })
		expect(proof.report.outputs).toMatchObject([{ name: 'out', equal: true }])
		expect(proof.report.rows_compared).toBeGreaterThan(20)
		expect(proof.report.branches).toEqual({ covered: 2, total: 2, unreached: [] })
		expect(seen).toHaveLength(3)
	})
	it('sees a script that adds to a file which the job replaces', async () => {
		const engine = copier((fields) => fields, [], false)
		const proof = await prove(job, generated, engine, { folder: workFolder(root), untilDifferent: true })
		expect(proof.report.stopped_by).toContain('out differs')
	})

	it('stays at E2 when a quote is lost, and shows the row', async () => {
		const proof = await prove(
			job,
			generated,
			copier(([a = '', b = '']) => [a, b.toUpperCase()]),
			{ folder: workFolder(root) },
		)
		expect(proof.report.level).toBe('E2')
		expect(proof.report.stopped_by).toMatch(/^main \(one file\): out differs: \d+ rows missing/)
		expect(proof.details.some((line) => line.includes('"columns":[{"name":"b"'))).toBe(true)
		expect(proof.failed).toBe(true)
	})
	it('stays at E1 when the script fails', async () => {
		const failure = { errorClass: 'ValueError', message: 'no\nmore', trace: [] }
		const engine = { run: () => Promise.resolve({ ...record, ok: false as const, failure }) }
		const proof = await prove(job, generated, engine, { folder: workFolder(root) })
		expect(proof.report).toMatchObject({
			level: 'E1',
			stopped_by: 'main (one file): the script failed: ValueError: no',
		})
	})
	it('stops at E1 before a routine that runs around the job and is not understood', async () => {
		const routine = {
			kind: 'opaque',
			id: 'j#before routine ExecDOS',
			element: 'j',
			name: 'before routine ExecDOS',
			provenance,
			disabled: false,
			sourceType: 'ExecDOS',
			reason: 'it runs a command of Windows',
			text: 'dir',
		} as const
		const control = { ...job.control, tasks: [routine, ...job.control.tasks] }
		const copy = copier((fields) => fields)
		const { report } = await prove({ ...job, control }, generated, copy, { folder: workFolder(root) })
		const why = 'before routine ExecDOS is not understood: it runs a command of Windows'
		expect(report).toMatchObject({ level: 'E1', stopped_by: why })
		const disabled = { ...control, tasks: [{ ...routine, disabled: true }, ...job.control.tasks] }
		const still = await prove({ ...job, control: disabled }, generated, copy, { folder: workFolder(root) })
		expect(still.report.level).toBe('E3')
	})
	it('stops at E1 before anything opaque, and at E0 when the script is not well-formed', async () => {
		const accounting = [
			{ id: 'x', type: 'PxPivot', name: 'X', outcome: 'opaque', reason: 'not supported', provenance },
		] as const
		const opaque = await prove(
			{ ...job, accounting },
			generated,
			copier((fields) => fields),
			{ folder: workFolder(root) },
		)
		expect(opaque.report).toMatchObject({ level: 'E1', stopped_by: 'X (PxPivot) is not understood: not supported' })
		const broken = await prove(job, { ...generated, problems: ['F821'] }, undefined, { folder: workFolder(root) })
		expect(broken.report).toMatchObject({ level: 'E0', rows_compared: 0 })
	})
})
