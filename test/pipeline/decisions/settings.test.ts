import { describe, expect, it } from 'vitest'
import { configSchema } from '#config/schema.ts'
import { parseDecisions } from '#pipeline/decisions/file.ts'
import { optionKey, optionKeys, optionProblem, optionValue } from '#pipeline/decisions/options.ts'
import { skippedJobs, withDecisions } from '#pipeline/decisions/settings.ts'

const decisions = (text: string) => {
	const read = parseDecisions(`version: 1\n${text}`, 'decisions.yml')
	expect(read.diagnostics).toEqual([])
	return read.decisions
}

describe('decisions about settings', () => {
	it('win over the config, and leave the rest of it alone', () => {
		const config = configSchema.parse({
			glue: { workers: 3, retries: 1 },
			paths: { '/data/': 's3://old/', '/tmp/': 's3://tmp/' },
			connections: { DW: { dialect: 'oracle', glue_connection: 'old' } },
		})
		const decided = decisions(`
options:
  - { key: glue.workers, value: 10 }
  - { key: outputs.terraform, value: false }
  - { key: parameters.RUN_DATE, value: '2026-01-31' }
mappings:
  - { kind: path, from: /data/, to: 's3://new/' }
  - { kind: connection, from: DW, to: dw }
  - { kind: connection, from: CRM, to: crm }
  - { kind: table, from: DW.ORDERS, to: sales.orders }
  - { kind: column, from: DW.ORDERS.NO, to: number }
`)
		expect(withDecisions(config, decided)).toEqual({
			...config,
			glue: { ...config.glue, workers: 10 },
			outputs: { ...config.outputs, terraform: false },
			parameters: { RUN_DATE: '2026-01-31' },
			paths: { '/data/': 's3://new/', '/tmp/': 's3://tmp/' },
			connections: { DW: { dialect: 'oracle', glue_connection: 'dw' }, CRM: { glue_connection: 'crm' } },
			tables: { 'DW.ORDERS': 'sales.orders' },
			columns: { 'DW.ORDERS.NO': 'number' },
		})
	})

	it('leave jobs out until they are taken up again', () => {
		const decided = decisions(
			'jobs: [{ job: B, decision: skipped }, { job: A, decision: skipped }, { job: B, decision: reopened }]',
		)
		expect(skippedJobs(decided)).toEqual(['A'])
	})

	it.each([
		['a key of the config that is no option', 'options: [{ key: engine.check, value: none }]', 'options.0.key'],
		['a limit', 'options: [{ key: limits.open_pull_requests, value: 99 }]', 'options.0.key'],
		['a value that the config would not take', 'options: [{ key: glue.workers, value: 1 }]', 'options.0.value'],
		['a mapping of another kind', 'mappings: [{ kind: schema, from: A, to: B }]', 'mappings.0.kind'],
		['any other key', 'permissions: { run: read }', ''],
		['aliases', 'jobs: [&a { job: A, decision: skipped }, *a]', ''],
	])('refuse %s, with its place', (_name, text, path) => {
		const { diagnostics } = parseDecisions(`version: 1\n${text}\n`, 'decisions.yml')
		expect(diagnostics.map(({ provenance }) => provenance.path)).toEqual([path])
	})
})

describe('options of a unit', () => {
	it('are found with and without their group', () => {
		expect(optionKeys.map((key) => optionKey(key))).toEqual(optionKeys)
		expect(['workers', 'Worker-Type', 'retries', 'terraform'].map(optionKey)).toEqual([
			'glue.workers',
			'glue.worker_type',
			'glue.retries',
			'outputs.terraform',
		])
		expect(optionKey('parameter.X')).toBe('parameters.X')
		expect(['role_arn', 'engine', 'check', 'permissions.run', '__proto__', ''].map(optionKey)).toEqual(
			Array(6).fill(undefined),
		)
	})

	it('take values as they are typed', () => {
		expect(optionValue('glue.workers', '10')).toBe(10)
		expect(optionValue('glue.version', '5.1')).toBe('5.1')
		expect(optionValue('outputs.terraform', 'false')).toBe(false)
		expect(optionValue('parameters.N', '10')).toBe('10')
		expect(optionProblem('glue.worker_type', 'G.1X')).toBeUndefined()
		expect(optionProblem('glue.workers', 'many')).toContain('expected number')
	})
})
