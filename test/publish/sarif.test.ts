import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import type { Finding } from '#publish/findings.ts'
import { sarifOf } from '#publish/sarif.ts'

const findings: readonly Finding[] = [
	{
		unit: 'daily',
		rule: 'rows/wrong',
		level: 'failure',
		title: 'Daily: wrong rows at Target',
		message: 'They are not equal.',
		generated: { file: 'generated/daily/glue_jobs/daily sales.py', lines: [44, 45] },
		source: { file: 'exports/a#b.dsx', lines: [120, 121] },
	},
	{
		unit: 'daily',
		rule: 'RG-D003',
		level: 'notice',
		title: 'Daily: declared difference RG-D003',
		message: 'It takes the first row.',
		source: { file: 'exports/a#b.dsx', lines: [7, 3] },
	},
]

interface Log {
	readonly runs: readonly {
		readonly automationDetails?: { readonly id: string }
		readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
		readonly results: readonly {
			readonly ruleId: string
			readonly ruleIndex: number
			readonly level: string
			readonly partialFingerprints: Readonly<Record<string, string>>
			readonly locations: readonly unknown[]
			readonly relatedLocations?: readonly unknown[]
		}[]
	}[]
}

const logOf = (list: readonly Finding[], at: 'generated' | 'source' = 'generated'): Log =>
	JSON.parse(sarifOf(list, { version: '1.2.3', units: ['daily', 'calm'], at })) as Log
const resultsOf = (list: readonly Finding[], at?: 'generated' | 'source') => logOf(list, at).runs[1]?.results ?? []
const place = (uri: string, startLine: number, endLine: number) => ({
	physicalLocation: { artifactLocation: { uri }, region: { startLine, endLine } },
})

describe('SARIF', () => {
	/** The schema is of draft 4, of which it uses nothing that later drafts read otherwise but the name of its id. */
	const {
		$schema: _draft,
		id: _id,
		...schema
	} = JSON.parse(readFileSync(new URL('../fixtures/sarif/sarif-2.1.0-rtm.5.json', import.meta.url), 'utf8')) as Record<
		string,
		unknown
	>
	const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, validateFormats: false })
	const validate = ajv.compile(schema)

	it.each([
		['some findings', findings],
		['none', []],
	])('of %s is what the schema of version 2.1.0 asks for', (_what, list) => {
		for (const at of ['generated', 'source'] as const) {
			validate(logOf(list, at))
			expect(validate.errors).toBeNull()
		}
		expect(validate({ version: '2.1.0' })).toBe(false)
	})

	it('has each finding where the reader has the file, and the other place beside it', () => {
		const [script, source] = [
			place('generated/daily/glue_jobs/daily%20sales.py', 44, 45),
			place('exports/a%23b.dsx', 120, 121),
		]
		const [here] = resultsOf(findings)
		expect(here).toMatchObject({ level: 'error', locations: [script], relatedLocations: [source] })
		const [there] = resultsOf(findings, 'source')
		expect(there).toMatchObject({ locations: [source], relatedLocations: [script] })
	})

	it('has what nothing was generated for in the export alone', () => {
		for (const at of ['generated', 'source'] as const) {
			const found = resultsOf(findings, at)[1]
			expect(found).toMatchObject({ level: 'note', locations: [place('exports/a%23b.dsx', 7, 7)] })
			expect(found).not.toHaveProperty('relatedLocations')
		}
	})

	it('has a run for each unit, so that one looked at alone says nothing about the others; an empty one says all is well', () => {
		const unread: Finding = {
			rule: 'file/empty',
			level: 'failure',
			title: 'exports/none.dsx: The file is empty',
			message: 'It has 0 bytes.',
			source: { file: 'exports/none.dsx', lines: [1, 1] },
		}
		const runs = logOf([...findings, unread]).runs
		expect(runs.map(({ automationDetails, results }) => [automationDetails?.id, results.length])).toEqual([
			['reglue/calm/', 0],
			['reglue/daily/', 2],
			[undefined, 1],
		])
	})

	it('says what each rule means, as code scanning asks for', () => {
		const [, run] = logOf(findings).runs
		expect(run?.tool.driver.rules).toEqual([
			{
				id: 'RG-D003',
				shortDescription: { text: 'A lookup with several matching reference rows takes the first in file order' },
				fullDescription: { text: expect.stringMatching(/./) },
				help: { text: expect.stringMatching(/./) },
			},
			expect.objectContaining({ id: 'rows/wrong', shortDescription: { text: 'Wrong rows' } }),
		])
		expect(run?.results.map(({ ruleId, ruleIndex }) => [ruleId, ruleIndex])).toEqual([
			['rows/wrong', 1],
			['RG-D003', 0],
		])
	})

	it('knows a finding again when its lines have moved, and tells the same one twice apart', () => {
		const moved = findings.map((one) => ({ ...one, source: { ...one.source, lines: [200, 201] as const } }))
		const prints = (list: readonly Finding[]) => resultsOf(list).map((one) => one.partialFingerprints)
		expect(prints(moved)).toEqual(prints(findings))
		expect(new Set(prints([...findings, ...findings]).map((print) => JSON.stringify(print))).size).toBe(4)
	})
})
