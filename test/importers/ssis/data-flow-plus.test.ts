import { describe, expect, it } from 'vitest'
import { first, jobOf, x } from '../../support/ssis-tasks.ts'

const multicast = x.component({ name: 'Copies', type: 'Microsoft.Multicast', inputs: [{ id: 'in' }] })

/** @param beside what the task keeps in its pipeline, beside components and paths */
function dataFlowPlus(beside: string) {
	const pipeline = x.pipeline([multicast]).replace('</pipeline>', `${beside}</pipeline>`)
	return jobOf(x.executables(x.executable('Flow', 'CozyRoc.Pipeline', pipeline)))
}

// COZYROC, Data Flow Task Plus: "an extension of the standard Microsoft Data Flow Task".
describe('Data Flow Task Plus', () => {
	it('is a data flow where nothing of it is dynamic', () => {
		const job = dataFlowPlus('<ScriptProject Name="ST_1" Language="CSharp"/><ArrayOfDynamicComponentProperties/>')
		expect(first(job)).toMatchObject({ kind: 'data-flow' })
	})

	it.each([
		['<ArrayOfDynamicComponentProperties><A/></ArrayOfDynamicComponentProperties>', /changes the columns/],
		['<ScriptProject Name="ST_1"><ProjectItem Name="main.cs"/></ScriptProject>', /script of its own/],
	])('is no data flow with %s', (beside, reason) => {
		const job = dataFlowPlus(beside)
		expect(first(job)).toMatchObject({ kind: 'opaque', reason: expect.stringMatching(reason) as string })
		expect(job.accounting).toMatchObject([{ outcome: 'opaque' }, { name: 'Copies', outcome: 'opaque' }])
	})
})
