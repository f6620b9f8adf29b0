import { expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import { parseDecisions } from '#pipeline/decisions/file.ts'
import { decided, withDecidedDifferences } from '#pipeline/decisions/report.ts'
import { noEvidence } from '#pipeline/job-report.ts'

const provenance = { file: 'a.dsx', path: 'J', lines: { start: 1, end: 1 } }
const job = (detail: string): Job => ({
	version: 1,
	id: 'a.dsx#J',
	name: 'J',
	kind: 'parallel',
	dialect: 'datastage',
	description: '',
	toolVersion: '11.7',
	parameters: [],
	variables: [],
	connections: [],
	flows: [],
	control: { tasks: [], precedences: [], handlers: [], joins: [] },
	accounting: [],
	differences: [{ id: 'RG-D003', element: 'J/Lookup', detail, provenance }],
	diagnostics: [],
	provenance,
})

const entry = (decision: string, more = ''): string =>
	`  - { job: J, id: RG-D003, element: J/Lookup, decision: ${decision}, by: ann, at: 2026-01-31${more} }\n`
const decisions = (...entries: readonly string[]) =>
	parseDecisions(`version: 1\ndifferences:\n${entries.join('')}`, 'u/decisions.yml').decisions.differences

it('says who accepted a difference, and the last decision counts', () => {
	expect(decided(job('x'), decisions(entry('rejected'), entry('accepted')))).toMatchObject([
		{ id: 'RG-D003', decision: 'accepted', by: 'ann', at: '2026-01-31' },
	])
	expect(decided(job('x'), [])[0]).not.toHaveProperty('decision')
})

it('is open again when the element means something else', () => {
	const [before] = decided(job('takes the first row'), [])
	const accepted = decisions(entry('accepted', `, element_fingerprint: ${before?.element_fingerprint ?? ''}`))
	expect(decided(job('takes the first row'), accepted)[0]?.decision).toBe('accepted')
	expect(decided(job('takes the last row'), accepted)[0]).not.toHaveProperty('decision')
})

it('makes a job with a rejected difference work for a person', () => {
	const report = {
		id: 'a.dsx#J',
		name: 'J',
		kind: 'parallel',
		dialect: 'datastage',
		unit: 'u',
		source: { file: 'a.dsx', job: 'J' },
		category: 'AUTO',
		predicted: false,
		confidence: 1,
		accounting: { total: 0, exact: 0, declared: 0, opaque: 0, dropped: 0, items: [] },
		artifacts: [],
		diagnostics: [],
		differences: [],
		evidence: noEvidence,
		cost: { usd: 0 },
	} as const
	expect(withDecidedDifferences(report, job('x'), decisions(entry('rejected'))).category).toBe('MANUAL')
	expect(withDecidedDifferences(report, job('x'), decisions(entry('accepted'))).category).toBe('AUTO')
})

it('decides nothing while anything in it is wrong, and says where', () => {
	const { decisions: none, diagnostics } = parseDecisions(
		`version: 1\ndifferences:\n${entry('accepted')}${entry('perhaps')}`,
		'u/decisions.yml',
	)
	expect(none.differences).toEqual([])
	expect(diagnostics).toMatchObject([
		{ code: 'decisions/invalid', provenance: { lines: { start: 4 }, path: 'differences.1.decision' } },
	])
})
