import { describe, expect, it } from 'vitest'
import { findingsText } from '#bot/check/findings-text.ts'
import { longestCheckText } from '#forge/text.ts'
import type { Finding } from '#publish/findings.ts'

const finding = (index: number, message = 'nobody knows what it does, and it is a stage of its own'): Finding => ({
	unit: 'daily',
	rule: 'element/opaque',
	level: index < 20 ? 'failure' : 'warning',
	title: `Daily: Stage${index} is not translated`,
	message,
	generated: { file: 'generated/daily/glue_jobs/daily.py', lines: [index + 1, index + 2] },
	source: { file: 'exports/daily.dsx', lines: [index + 10, index + 20] },
})
const findings = (count: number): readonly Finding[] =>
	Array.from({ length: count }, (_unused, index) => finding(index))

function sarifIn(text: string | undefined) {
	const json = /```json\n(.*?)\n```/s.exec(text ?? '')?.[1] ?? ''
	const { runs } = JSON.parse(json) as { runs: { results: { level: string }[] }[] }
	return runs[0]?.results ?? []
}

describe('the text of a check', () => {
	it('holds all findings as SARIF', () => {
		const { text } = findingsText(findings(3), '1.0.0')
		expect(text).toMatch(/^<details><summary>3 findings as SARIF 2\.1\.0<\/summary>\n\n```json\n/)
		expect(sarifIn(text)).toHaveLength(3)
	})

	it('is none where there is nothing to say', () => {
		expect(findingsText([], '1.0.0')).toEqual({})
	})

	it('holds the worst of more than have room, and says how many and where all are', () => {
		const { text = '' } = findingsText(findings(500), '1.0.0')
		expect(Buffer.byteLength(text)).toBeLessThanOrEqual(longestCheckText)
		expect(Buffer.byteLength(text)).toBeGreaterThan(longestCheckText / 2)
		const shown = sarifIn(text)
		expect(shown.filter(({ level }) => level === 'error')).toHaveLength(20)
		expect(text).toContain(`<summary>${shown.length} findings as SARIF`)
		expect(text).toContain('the worst of 500; `reglue migrate --sarif FILE` and the output `sarif`')
	})

	it('is none where a single one has no room', () => {
		expect(findingsText([finding(0, 'x'.repeat(longestCheckText))], '1.0.0')).toEqual({})
	})

	it('lets no text of an export end its block of code', () => {
		const { text = '' } = findingsText([finding(0, '```` and <!-- more -->')], '1.0.0')
		expect(text.match(/^`{5}(?:json)?$/gm)).toEqual(['`````json', '`````'])
	})
})
