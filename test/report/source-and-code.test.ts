import { describe, expect, it } from 'vitest'
import { codeRuns } from '#report/code-lines.ts'
import type { Element } from '#report/elements.ts'
import { sourceOf } from '#report/source-text.ts'

const element = (id: string, start: number, end: number, number = 0): Element => ({
	number,
	id,
	name: id,
	type: 'PxCopy',
	outcome: 'exact',
	provenance: { file: 'a.dsx', path: id, lines: { start, end } },
})

describe('the text of an element', () => {
	it('is its own lines, with a word on the elements inside it', () => {
		const outer = element('Loop', 1, 6)
		const inner = element('Load', 3, 4, 1)
		expect(sourceOf(outer, [outer, inner], () => ['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toEqual([
			{ kind: 'lines', first: 1, lines: ['a', 'b'] },
			{ kind: 'gap', text: 'lines 3 to 4: Load' },
			{ kind: 'lines', first: 5, lines: ['e', 'f'] },
		])
	})

	it('ends after 160 lines and says how many are left', () => {
		const long = element('Long', 1, 200)
		const parts = sourceOf(long, [long], () => Array.from({ length: 200 }, (_, index) => `${index}`))
		expect(parts?.at(0)).toMatchObject({ kind: 'lines', first: 1 })
		expect(parts?.at(-1)).toEqual({ kind: 'gap', text: '40 more lines, to line 200' })
	})

	it('is not there when the export is not', () => {
		const lost = element('Lost', 1, 2)
		expect(sourceOf(lost, [lost], () => undefined)).toBeUndefined()
	})

	it('holds no secret: not in a connection string, a sensitive element, or a property named like a password', () => {
		const stage = element('Stage', 1, 8)
		const text = [
			'DTS:ConnectionString="Data Source=db;Password=hunter2;"',
			'<DTS:Property DTS:Name="Password" DTS:Sensitive="1">hunter2</DTS:Property>',
			'<property name="ServerPassword">hunter2</property>',
			'BEGIN DSSUBRECORD',
			'   Name "Password"',
			'   Value "hunter2"',
			'END DSSUBRECORD',
			'   Value "kept"',
		]
		const shown = JSON.stringify(sourceOf(stage, [stage], () => text))
		expect(shown).not.toContain('hunter2')
		expect(shown).toContain('kept')
	})
})

describe('generated lines', () => {
	it('belong to the narrowest trace around them', () => {
		const flow = element('Flow', 1, 9)
		const copy = element('Copy', 2, 3, 1)
		const runs = codeRuns(
			{
				path: 'unit/glue_jobs/a.py',
				text: 'import sys\ndef flow():\n    copy()\n    return\n',
				edited: false,
				traces: [
					[3, 3, 'Copy', 'a.dsx', 2, 3],
					[2, 4, 'Flow', 'a.dsx', 1, 9],
				],
			},
			new Map([
				['Flow', flow],
				['Copy', copy],
			]),
		)
		expect(runs.map(({ element: from, first, lines }) => [from?.name, first, lines])).toEqual([
			[undefined, 1, ['import sys']],
			['Flow', 2, ['def flow():']],
			['Copy', 3, ['    copy()']],
			['Flow', 4, ['    return']],
		])
	})
})
