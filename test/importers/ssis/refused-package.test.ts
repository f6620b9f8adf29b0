import { describe, expect, it } from 'vitest'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import { dtsx } from '../../support/dtsx-builder.ts'
import { first, jobOf } from '../../support/ssis-tasks.ts'

const x = dtsx(8)
const split = x.component({
	name: 'Split',
	type: 'Microsoft.ConditionalSplit',
	inputs: [{ id: 'in', columns: [{ id: 'in.ok', name: 'IsOk', lineage: 'Package\\Flow\\64:invalid' }] }],
	outputs: [{ id: 'yes', properties: { Expression: '#{Package\\Flow\\64:invalid}', EvaluationOrder: 0 } }],
})
const flow = (properties = {}): string =>
	x.executable('Flow', 'Microsoft.Pipeline', x.pipeline([split]), '', properties)
const before = x.executable('Before', 'Microsoft.ExpressionTask', '<ExpressionTask Expression="1"/>')

describe('a package that its engine refuses', () => {
	const job = jobOf(x.executables(before, flow()))

	it('fails at once with the cause, before any other task', () => {
		expect(job.control.tasks).toHaveLength(1)
		expect(first(job)).toMatchObject({ kind: 'terminate', name: 'Flow' })
		expect(first(job)).toHaveProperty('message', expect.stringContaining('Split reads the column IsOk'))
		const { artifacts } = generate({ name: 'unit', jobs: [job] }, defaultOptions)
		const script = artifacts.find(({ path }) => path.includes('glue_jobs'))?.text
		expect(script).toContain('is not valid, and its engine never ran it')
	})

	it('counts as a declared difference where it fails, and as dropped elsewhere', () => {
		expect(job.accounting.map(({ name, outcome }) => [name, outcome])).toEqual([
			['Before', 'dropped'],
			['Flow', 'declared'],
			['Split', 'declared'],
		])
		expect(job.differences).toMatchObject([{ id: 'RG-D146' }])
		expect(job.diagnostics).toContainEqual(expect.objectContaining({ code: 'package/dangling-reference' }))
	})

	it('is read as usual where validation waits for the task, or nothing validates it', () => {
		const delayed = jobOf(x.executables(before, flow({ DelayValidation: 'True' })))
		expect(delayed.accounting).toContainEqual(expect.objectContaining({ name: 'Split', outcome: 'opaque' }))
		const disabled = jobOf(x.executables(before, flow({ Disabled: 'True' })))
		expect(disabled.control.tasks).toHaveLength(2)
	})
})
