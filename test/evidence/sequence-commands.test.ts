import { describe, expect, it } from 'vitest'
import type { SequenceSpec } from '../support/sequence-builder.ts'
import { command, handler, jobActivity, proofOf, variables } from '../support/sequence-builder.ts'

const spec = (text: string, triggers: readonly string[], more: SequenceSpec['activities'] = []): SequenceSpec => ({
	parameters: { Dir: 's3://bucket/in', To: 's3://bucket/out', Days: '30', Name: 'day' },
	activities: [command('Do', text), jobActivity('Load'), jobActivity('Other'), ...more],
	triggers,
})

/** The state machine lists, filters and changes the files that the reference does. */
describe('commands on files that fit a pattern', () => {
	it.each([
		['rm -f #Dir#/*.txt'],
		['rm #Dir#/#Name#*.csv'],
		['rm -rf "#Dir#/old"'],
		['rm -f #Dir#/#Name#*.2024.*.done'],
		['find #Dir#/*.gz -type f -mtime +#Days# 2>/dev/null -exec rm -f {} \\; || return 0'],
		['find #Dir#/*.gz -mtime +3 -delete'],
		['find #Dir#/#Name#*.ds -type f -mtime +30 -exec orchadmin delete {} \\;'],
		['mv -f #Dir#/*.#Name#.* #To#/'],
		['mv #Dir#/#Name#*.ds #To#'],
		['cp -p #Dir#/*.txt #To#/sub/'],
		['cp "#Dir#/a.txt" #To#/'],
		['cp "#Dir#/a.txt" #To#'],
		['mkdir -p #To#/new'],
		['test -f #Dir#/go.txt'],
		['[ -f #Dir#/go.txt ]'],
	])('%s', async (text) => {
		const { report, details } = await proofOf(spec(text, ['Do ok> Load', 'Do failed> Other']))
		expect(details).toEqual([])
		expect(report.stopped_by).toBeUndefined()
		expect(report.level).toBe('E3')
		expect(report.branches.unreached.filter((one) => !one.includes('not fired'))).toEqual([])
	})

	it.each([
		['ls -l #Dir#/*.txt 2>/dev/null | wc -l', 'Field(Do.$CommandOutput, @FM, 1)'],
		['ls -t #Dir#/#Name#*.csv | head -1', 'Field(Field(Do.$CommandOutput, @FM, 1), "/", 5)'],
		['ls -rt #Dir#/#Name#*.csv | tail -n 1', 'Field(Field(Do.$CommandOutput, @FM, 1), "/", 5)'],
		['ls #Dir#/*.csv', 'Field(Field(Do.$CommandOutput, @FM, 2), "/", 5)'],
		['find #Dir#/*.csv -mtime +3 | wc -l', 'Do.$CommandOutput'],
		['ls #Dir#/*.ds | wc -l', 'Do.$CommandOutput'],
		['date +%Y%m%d_%H%M', 'Do.$CommandOutput'],
		['cat #Dir#/ids.txt', 'Field(Do.$CommandOutput, @FM, 2)'],
		['cat #Dir#/ids.txt | wc -l', 'Do.$CommandOutput'],
		['head -1 "#Dir#/ids.txt"', 'Do.$CommandOutput'],
		['tail -n 1 #Dir#/ids.txt', 'Do.$CommandOutput'],
	])('%s tells what the reference does', async (text, read) => {
		const job = jobActivity('Report', { Told: 'V.Told' })
		const { report, details } = await proofOf({
			...spec(text, ['Do > V', 'V > Report']),
			activities: [command('Do', text), variables('V', { Told: read }), job],
		})
		expect(details).toEqual([])
		expect(report.level).toBe('E3')
	})

	it('enters the exception handler where nothing fits', async () => {
		const { report, details } = await proofOf(
			spec('rm #Dir#/*.txt', ['Do ok> Load', 'Oops > Other'], [handler('Oops')]),
		)
		expect(details).toEqual([])
		expect(report.level).toBe('E3')
		expect(report.branches.unreached).toEqual([])
	})
})
