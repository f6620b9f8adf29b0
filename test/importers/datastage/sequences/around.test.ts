import { describe, expect, it } from 'vitest'
import type { Values } from '../../../support/dsx-builder.ts'
import { header, importText } from '../../../support/dsx-builder.ts'
import type { SequenceSpec } from '../../../support/sequence-builder.ts'
import { jobActivity, proofOf, sequenceText } from '../../../support/sequence-builder.ts'

/** A sequence whose root record has more keys. */
function importWith(spec: SequenceSpec, values: Values) {
	const lines = Object.entries(values).map(([key, value]) => `      ${key} "${value}"`)
	const text = sequenceText(spec).replace('      OLEType "CJobDefn"', ['      OLEType "CJobDefn"', ...lines].join('\n'))
	const [job] = importText(header + text).jobs
	if (job === undefined) throw new Error('there is no sequence')
	return job
}

const chain: SequenceSpec = { activities: [jobActivity('A'), jobActivity('B')], triggers: ['A > B'] }
const choice: SequenceSpec = { activities: [jobActivity('A'), jobActivity('B')], triggers: ['A ok> B'] }
const rm = 'ExecSH\\\\rm -f /tmp/lock'

describe('routines before and after a sequence', () => {
	it('are tasks before its first and behind its last activity', () => {
		const { control, accounting } = importWith(chain, { BeforeSubr: rm, AfterSubr: 'DSU.Notify\\\\team' })
		expect(control.tasks.map(({ name, kind }) => `${name}: ${kind}`)).toEqual([
			'before routine ExecSH: file-operation',
			'A: run-job',
			'B: run-job',
			'after routine DSU.Notify: opaque',
		])
		expect(control.precedences.map(({ from, to, outcome }) => [from, to, outcome])).toEqual([
			['Nightly#before routine ExecSH', 'Nightly/A', 'success'],
			['Nightly/A', 'Nightly/B', 'completion'],
			['Nightly/B', 'Nightly#after routine DSU.Notify', 'completion'],
		])
		expect(accounting.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
			'Nightly/A exact',
			'Nightly/B exact',
			'Nightly#before routine ExecSH exact',
			'Nightly#after routine DSU.Notify opaque',
		])
	})

	it('are opaque where no activity is surely the last', () => {
		const { control, accounting } = importWith(choice, { AfterSubr: rm })
		expect(control.tasks).toHaveLength(2)
		expect(accounting.at(-1)).toMatchObject({
			outcome: 'opaque',
			reason: 'it runs when the sequence has ended, and several activities may be its last',
		})
	})

	it('are none where the export names none', async () => {
		expect(importWith(choice, { BeforeSubr: '0', AfterSubr: '' }).accounting).toHaveLength(2)
		expect((await proofOf(choice)).report.level).toBe('E3')
	})
})
