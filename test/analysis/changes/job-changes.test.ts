import { describe, expect, it } from 'vitest'
import { changesOfJobs } from '#analysis/changes/job-changes.ts'
import type { Job } from '#model/job.ts'
import type { ColumnSpec, JobSpec, LinkSpec, StageSpec, Values } from '../../support/dsx-builder.ts'
import { importJob } from '../../support/dsx-builder.ts'

interface Shape {
	readonly constraint?: string
	readonly derivation?: string
	readonly precision?: number
	readonly more?: readonly ColumnSpec[]
	readonly target?: string
	readonly parameters?: readonly Values[]
}

const format = { SchemaFormat: "final_delim=end, delim=',', quote=none" }
const columns = (precision = 20): readonly ColumnSpec[] => [{ name: 'A', precision }, { name: 'B' }]

/** A file → Transformer with a constraint → a file. */
function jobOf({
	constraint = "i.A = 'x'",
	derivation = 'i.B',
	precision,
	more = [],
	target = 'Out',
	parameters = [],
}: Shape = {}): Job {
	const stages: readonly StageSpec[] = [
		{ name: 'In', type: 'PxSequentialFile' },
		{ name: 'XFM_1', type: 'CTransformerStage' },
		{ name: target, type: 'PxSequentialFile' },
	]
	const links: readonly LinkSpec[] = [
		{
			name: 'i',
			from: 'In',
			to: 'XFM_1',
			columns: columns(precision),
			outProperties: { file: '/in' },
			outMeta: format,
		},
		{
			name: 'L2',
			from: 'XFM_1',
			to: target,
			columns: [{ name: 'A', derivation: 'i.A' }, { name: 'B', derivation }, ...more],
			out: { Constraint: constraint },
			inProperties: { file: '/out' },
			inMeta: format,
		},
	]
	const spec: JobSpec = { name: 'J', stages, links, parameters }
	return importJob(spec)
}

const detailsOf = (before: Shape, after: Shape): readonly string[] =>
	changesOfJobs([jobOf(before)], [jobOf(after)]).flatMap(({ details }) => details)

describe('what changed in a job', () => {
	it('is nothing where it means the same, however it is laid out', () => {
		expect(detailsOf({ constraint: "i.A = 'x'" }, { constraint: "i.A   =   'x'" })).toEqual([])
	})

	it('names the stage, the link and both texts of a constraint', () => {
		expect(detailsOf({}, { constraint: "i.A = 'y'" })).toEqual([
			"stage XFM_1: constraint of link L2 changed from `i.A = 'x'` to `i.A = 'y'`",
		])
	})

	it('names the column of a derivation', () => {
		expect(detailsOf({}, { derivation: 'UpCase(i.B)' })).toEqual([
			'stage XFM_1: column B is now derived as `UpCase(i.B)`',
		])
		expect(detailsOf({ derivation: 'UpCase(i.B)' }, { derivation: 'DownCase(i.B)' })).toEqual([
			'stage XFM_1: derivation of column B changed from `UpCase(i.B)` to `DownCase(i.B)`',
		])
	})

	it('says a type where it changed, and not again in every derivation that reads it', () => {
		const details = detailsOf({}, { precision: 30 })
		expect(details).toContain('type of column A of link i changed from `string(20)` to `string(30)`')
		expect(details.join('\n')).not.toMatch(/derivation/)
	})

	it('tells an added column from a changed one', () => {
		const details = detailsOf({}, { more: [{ name: 'C', derivation: "'new'" }] })
		expect(details).toEqual(
			expect.arrayContaining(['column C of link L2 was added', "stage XFM_1: column C is now derived as `'new'`"]),
		)
	})

	it('tells stages that came and went', () => {
		const details = detailsOf({}, { target: 'Other' })
		expect(details).toEqual(expect.arrayContaining(['stage Out was removed', 'stage Other was added']))
	})

	it('says what a parameter is now', () => {
		const parameter = (Default: string): Values => ({ Name: 'P', Prompt: 'P', Default, ParamType: '0' })
		expect(detailsOf({ parameters: [parameter('a')] }, { parameters: [parameter('b')] })).toEqual([
			'default of parameter P changed from `a` to `b`',
		])
		expect(detailsOf({}, { parameters: [parameter('a')] })).toEqual(['parameter P was added'])
	})

	it('tells jobs that came and went', () => {
		const job = jobOf()
		expect(changesOfJobs([], [job])).toEqual([{ job: 'J', change: 'added', details: [] }])
		expect(changesOfJobs([job], [])).toEqual([{ job: 'J', change: 'removed', details: [] }])
	})

	it('ends a long list with a count', () => {
		const many = Array.from({ length: 60 }, (_none, index) => ({ name: `C${index}`, derivation: "'new'" }))
		const details = detailsOf({}, { more: many })
		expect(details).toHaveLength(51)
		expect(details.at(-1)).toMatch(/^… and \d+ more$/)
	})
})
