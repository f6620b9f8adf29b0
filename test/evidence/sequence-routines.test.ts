import { describe, expect, it } from 'vitest'
import { outcomeOf, record } from '../support/dsx-builder.ts'
import type { SequenceSpec } from '../support/sequence-builder.ts'
import { buildSequence, handler, jobActivity, proofOf, routine, variables } from '../support/sequence-builder.ts'

const routines = (...sources: readonly (readonly [name: string, source: string])[]): string =>
	[
		'BEGIN DSROUTINES',
		...sources.map(([Identifier, Source]) => record({ Identifier, OLEType: 'CRoutine', RoutineType: '0', Source })),
		'END DSROUTINES',
		'',
	].join('\n')

const sources = routines(
	['Check', 'FUNCTION Check(Day, Last)\nAns = 0\nIf Day > Last Then Ans = 3\nRETURN(Ans)\n'],
	['Write', 'FUNCTION Write(Path)\nOPENSEQ Path TO F ELSE NULL\nAns = 0\nRETURN(Ans)\n'],
)

const spec = (triggers: readonly string[], more: SequenceSpec['activities'] = []): SequenceSpec => ({
	parameters: { Day: '3', Limit: '10' },
	activities: [
		routine('Check', { Day: 'Day', Last: '5' }),
		variables('V', { Told: 'Check.$ReturnValue : "/" : Check.Last' }),
		jobActivity('Load', { Told: 'V.Told' }),
		jobActivity('Late'),
		...more,
	],
	triggers,
})

describe('a routine activity', () => {
	it('computes what its BASIC code says, and fails where that is not 0', async () => {
		const { report, details } = await proofOf(spec(['Check ok> V', 'V > Load', 'Check failed> Late']), [sources])
		expect(details).toEqual([])
		expect(report.stopped_by).toBeUndefined()
		expect(report.level).toBe('E3')
		expect(report.branches.unreached).toEqual([])
	})

	it('is compared with its return value by a trigger of its own', async () => {
		const { report, details } = await proofOf(spec(['Check [> 2]> Late', 'Check otherwise> V', 'V > Load']), [sources])
		expect(details).toEqual([])
		expect(report.level).toBe('E3')
	})

	it('enters the exception handler when nothing handles its failure', async () => {
		const { report, details } = await proofOf(spec(['Check > V', 'V > Load', 'Oops > Late'], [handler('Oops')]), [
			sources,
		])
		expect(details).toEqual([])
		expect(report.level).toBe('E3')
		expect(report.branches.unreached).toEqual([])
	})

	it('is opaque where its code does more than compute, or is not there', () => {
		const { job } = buildSequence(
			{ activities: [routine('Write', { Path: '"x"' }), routine('Elsewhere')], triggers: ['Write > Elsewhere'] },
			[sources],
		)
		expect(outcomeOf(job, 'Write')).toContain('the statement OPENSEQ, which does more than compute')
		expect(outcomeOf(job, 'Elsewhere')).toBe(
			'opaque: it calls the routine Elsewhere, whose BASIC code runs on the old server and is not in the export',
		)
	})
})
