import { describe, expect, it } from 'vitest'
import { parseTimestamp } from '#model/calendar.ts'
import type { Job } from '#model/job.ts'
import { makeTimestamp } from '#model/values.ts'
import { interpretJob } from '#reference/job.ts'
import type { Synthesis } from '#synthesis/synthesise.ts'
import { synthesise } from '#synthesis/synthesise.ts'
import { countedRows, makingRows } from '../support/script-rows.ts'

const facts = {
	parameters: new Map(),
	run: {
		at: makeTimestamp(parseTimestamp('2024-01-15 10:20:30') ?? 0n),
		job: 'P',
		project: '',
		host: '',
		invocation: '',
	},
}

function rowsOf(job: Job, { scenarios }: Synthesis, name: string): readonly unknown[] {
	const scenario = scenarios.find((one) => one.name === name)
	const flows = new Map(job.flows.map(({ id }) => [id, { inputs: new Map() }]))
	const { outputs } = interpretJob(job, { ...facts, flows, variables: scenario?.variables ?? new Map() })
	return outputs.flatMap(({ output }) => output.rows.map(({ Out }) => Out))
}

describe('variables of a job in test runs', () => {
	it('keep their own values where those give few rows', () => {
		const job = makingRows(4, countedRows)
		const made = synthesise(job, facts)
		expect(made.shortened).toEqual(new Map())
		expect(rowsOf(job, made, 'main')).toHaveLength(4)
	})

	it('begin with a few where their own ask for more rows than a test run follows', () => {
		const job = makingRows(2_000_000, countedRows)
		const made = synthesise(job, facts)
		expect(made.shortened).toEqual(new Map([['User::vRows', 3n]]))
		expect(rowsOf(job, made, 'main')).toEqual(['row 0', 'row 1', 'row 2'])
	})

	it('take the branches that their own values do not', () => {
		const job = makingRows(4, countedRows)
		const made = synthesise(job, facts)
		expect(made.scenarios.map(({ name }) => name)).toContain('User::vRows is 0')
		expect(rowsOf(job, made, 'User::vRows is 0')).toEqual([])
		expect(made.unreached).toEqual([])
	})
})

describe('branches that no run takes', () => {
	const code = (sum: string): string => `int sum = ${sum};
        for (int i = 0; i < 3; i++) { sum += i; }
        Output0Buffer.AddRow();
        if (sum > 1000) { Output0Buffer.Out = "many"; } else { Output0Buffer.Out = "few"; }`

	it('are told where the flow asks nothing of the outside: it has one run', () => {
		const { never } = synthesise(makingRows(4, code('0')), facts)
		expect(never.map(({ what }) => what.replace(/^line \d+: /, ''))).toEqual(['if then'])
	})

	it('are not told of a flow that a variable or the clock decides', () => {
		expect(synthesise(makingRows(4, code('this.Variables.vRows')), facts).never).toEqual([])
		expect(synthesise(makingRows(4, code('DateTime.Now.Year')), facts).never).toEqual([])
	})
})
