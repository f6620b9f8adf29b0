import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import { int, text } from '#model/types.ts'
import { column, flow, job, link, schema, tableSource, tableTarget } from '../support/model-builder.ts'
import { proveJob } from '../support/prove-job.ts'
import { startSpark, warmUp } from '../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = schema(column('K', int(32)), column('V', text(5)))
const filling = (id: string) =>
	flow([tableSource(`${id}_IN`, rows), tableTarget('OUT', rows)], [link(`${id}_IN > OUT`, rows)], id)

/** Two flows fill one table, as branches do of which only one is taken. */
function oneOfTwo(idle: 'A' | 'B'): Job {
	const both = job([filling('A'), filling('B')])
	const tasks = both.control.tasks.map((task) => ({ ...task, disabled: task.id === idle }))
	return { ...both, control: { ...both.control, tasks } }
}

it.each(['A', 'B'] as const)(
	'finds the rows of a table that two flows could fill, where %s does not run',
	async (idle) => {
		const { proof, script } = await proveJob(engine, oneOfTwo(idle))
		expect(proof.report.reached, script).toContain('E3')
		expect(proof.report.outputs.map(({ expected, actual }) => actual === expected && actual > 0)).toEqual([true])
	},
)
