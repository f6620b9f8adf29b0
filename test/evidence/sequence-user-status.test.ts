import { describe, expect, it } from 'vitest'
import { statusFolder } from '#generators/step-functions/user-status.ts'
import { dsxJob, record } from '../support/dsx-builder.ts'
import type { SequenceSpec } from '../support/sequence-builder.ts'
import { buildSequence, countTo, endLoop, jobActivity, proofOf, variables } from '../support/sequence-builder.ts'

/** A job that sets its user status when it has run, and the routine that does it. */
const load = [
	dsxJob({ name: 'Load', stages: [{ name: 'Gen', type: 'PxRowGenerator' }] }).replace(
		'      OLEType "CJobDefn"',
		'      OLEType "CJobDefn"\n      AfterSubr "DSU.SetStatus\\\\done"',
	),
	[
		'BEGIN DSROUTINES',
		record({
			Identifier: 'SetStatus',
			OLEType: 'CRoutine',
			RoutineType: '1',
			Source: 'SUBROUTINE SetStatus(InputArg, ErrorCode)\nErrorCode = 0\nCall DSSetUserStatus(InputArg)\nRETURN',
		}),
		'END DSROUTINES',
		'',
	].join('\n'),
]
const silent = dsxJob({ name: 'Load', stages: [{ name: 'Gen', type: 'PxRowGenerator' }] })

const choice: SequenceSpec = {
	activities: [jobActivity('Load'), jobActivity('Again'), jobActivity('Report')],
	triggers: ['Load [= 0]> Report', 'Load [Load.$UserStatus = "again"]> Again'],
}

const inLoop: SequenceSpec = {
	activities: [
		countTo('Each', '1', '2'),
		jobActivity('Load'),
		variables('Said', { What: 'Load.$UserStatus' }),
		jobActivity('Report', { Text: 'Said.What' }),
		endLoop('Next', 'V0S0'),
	],
	triggers: ['Each > Load', 'Load > Said', 'Said > Report', 'Report > Next', 'Next > Each'],
}

describe('the user status of a job in a sequence', () => {
	it.each([
		['is what triggers choose by', choice],
		['is read in each pass of a loop', inLoop],
	])('%s', async (_what, spec) => {
		const { report, details } = await proofOf(spec, load)
		expect(details).toEqual([])
		expect(report.level).toBe('E3')
		expect(report.branches.unreached).toEqual([])
	})

	it('lies where the machine tells the job to leave it', () => {
		const { definition, entry } = buildSequence(inLoop, load)
		const { States } = JSON.parse(definition) as { States: Record<string, unknown> }
		const place = "$userStatus & '/' & $states.context.Execution.Name & '/Load' & '-' & $states.input.Each.Pass"
		expect(States['Start']).toMatchObject({ Assign: { userStatus: statusFolder.placeholder } })
		expect(States['Load']).toMatchObject({ Arguments: { Arguments: { '--user_status': `{% ${place} %}` } } })
		expect(States['Load: user status']).toMatchObject({
			Resource: 'arn:aws:states:::aws-sdk:s3:getObject',
			Next: 'Said',
		})
		expect(entry).toMatchObject({ reads_status: true, starts: [{ title: 'Load', tells_status: true }, {}] })
	})

	it('is empty for a job that sets none, which nobody asks', async () => {
		const { definition, entry } = buildSequence(choice, [silent])
		expect(definition).not.toContain('user_status')
		expect(entry.reads_status).toBeUndefined()
		const { report } = await proofOf(choice, [silent])
		expect(report.level).toBe('E3')
		// The empty text is no number: it is not 0 either.
		expect(report.branches.unreached).toEqual(['Nightly/Load: trigger t0 fired', 'Nightly/Load: trigger t1 fired'])
	})
})
