import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DataSet } from '#evidence/reconcile/data-set.ts'
import { reconcile } from '#evidence/reconcile/reconcile.ts'
import type { JobEntry, PlaceEntry } from '#generators/jobs-file.ts'
import { keepRecord, withReconciled } from '#pipeline/reconciled.ts'
import { jobReportOf } from '../support/job-report.ts'

const place = (element: string): PlaceEntry => ({
	id: `Sales/${element}`,
	role: 'write',
	reject: false,
	element,
	kind: 'text-file',
	legacy: `/out/${element}.txt`,
	spelled: `/out/${element}.txt`,
	argument: `${element.toLowerCase()}_path`,
	connection: null,
	statement: null,
	call: false,
	columns: [],
	format: null,
})

const entry: JobEntry = {
	name: 'sales',
	id: 'sales.dsx#Sales',
	title: 'Sales',
	description: '',
	script: 'glue_jobs/sales.py',
	glue_version: '5.1',
	worker_type: 'G.1X',
	workers: 2,
	timeout_minutes: 60,
	retries: 0,
	arguments: [],
	places: [place('Detail'), place('Totals')],
	connections: [],
}

const { evidence } = jobReportOf()
const rowsOf = (...values: readonly string[]): DataSet => ({
	columns: ['A'],
	named: true,
	knowsNull: false,
	rows: values.map((one) => [one]),
})

describe('what was compared with the files of the legacy engine', () => {
	let folder = ''
	beforeEach(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'reglue-reconciled-'))
		mkdirSync(path.join(folder, 'glue_jobs'))
		writeFileSync(path.join(folder, entry.script), 'print("one")\n')
	})
	afterEach(() => rmSync(folder, { recursive: true }))

	const keep = (target: string, actual: DataSet) =>
		keepRecord({ unit: 'unit', entry, folder }, target, reconcile(rowsOf('1', '2'), actual), { ignore: 'B' })

	it('raises the job to E5 when every target equals what the legacy engine wrote', () => {
		expect(withReconciled(evidence, entry, folder)).toEqual(evidence)
		expect(keep('Detail', rowsOf('2', '1'))).toEqual({ file: path.join(folder, 'evidence/reconcile/sales-1.json') })
		const half = withReconciled(evidence, entry, folder)
		expect(half.level).toBe('E3')
		expect(half.reconciled?.map(({ target, status }) => [target, status])).toEqual([
			['Detail', 'equal'],
			['Totals', 'missing'],
		])
		keep('/out/Totals.txt', rowsOf('1', '2'))
		const whole = withReconciled(evidence, entry, folder)
		expect(whole).toMatchObject({ level: 'E5', reached: ['E0', 'E1', 'E2', 'E3', 'E5'] })
		expect(whole.reconciled?.[0]).toEqual({
			target: 'Detail',
			status: 'equal',
			rows: 2,
			differing: 0,
			rules: { ignore: 'B' },
		})
	})

	it('stays below where rows differ, or the script has changed since', () => {
		keep('Detail', rowsOf('1', '2'))
		keep('Totals', rowsOf('1', '3'))
		expect(withReconciled(evidence, entry, folder)).toMatchObject({
			level: 'E3',
			reconciled: [{ status: 'equal' }, { status: 'different', differing: 2 }],
		})
		keep('Totals', rowsOf('1', '2'))
		writeFileSync(path.join(folder, entry.script), 'print("two")\n')
		expect(withReconciled(evidence, entry, folder)).toMatchObject({
			level: 'E3',
			reconciled: [{ status: 'outdated' }, { status: 'outdated' }],
		})
	})

	it('never lifts a job that is not proven otherwise', () => {
		keep('Detail', rowsOf('1', '2'))
		keep('Totals', rowsOf('1', '2'))
		const unproven = { ...evidence, level: 'E1', reached: ['E0', 'E1'] } as const
		expect(withReconciled(unproven, entry, folder).level).toBe('E1')
	})

	it('names the targets when there is none of that name', () => {
		expect(keep('Details', rowsOf('1'))).toEqual({ problem: 'Sales has no target Details; it has Detail, Totals' })
	})

	it('takes a file that is no record for nothing', () => {
		mkdirSync(path.join(folder, 'evidence/reconcile'), { recursive: true })
		writeFileSync(path.join(folder, 'evidence/reconcile/x.json'), '{"equal": true')
		expect(withReconciled(evidence, entry, folder)).toEqual(evidence)
	})
})
