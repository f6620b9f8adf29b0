import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { blobId } from '#generators/lock.ts'
import { explainLine } from '#pipeline/explain.ts'

const script = 'import sys\n\n\ndef read():\n    pass\n'
let file = ''

beforeEach(() => {
	const unit = path.join(mkdtempSync(path.join(tmpdir(), 'explain-')), 'retail')
	mkdirSync(path.join(unit, 'glue_jobs'), { recursive: true })
	file = path.join(unit, 'glue_jobs/a.py')
	writeFileSync(file, script)
	const key = 'retail/glue_jobs/a.py'
	const traces = {
		[key]: [
			[4, 5, 'Job/Wide', 'a.dsx', 10, 90],
			[5, 5, 'Job/Orders', 'a.dsx', 20, 30],
		],
	}
	writeFileSync(
		path.join(unit, 'reglue.lock.json'),
		JSON.stringify({ version: 1, blobs: { [key]: blobId(script) }, traces }),
	)
})

describe('explaining a generated line', () => {
	it('names the narrowest element first, with its lines in the export', () => {
		expect(explainLine(file, 5)).toEqual({
			explanations: [
				{ element: 'Job/Orders', file: 'a.dsx', lines: [20, 30], edited: false },
				{ element: 'Job/Wide', file: 'a.dsx', lines: [10, 90], edited: false },
			],
		})
	})

	it('says that the file was edited since', () => {
		writeFileSync(file, `${script}# mine\n`)
		expect(explainLine(file, 4)).toMatchObject({ explanations: [{ edited: true }] })
	})

	it('says why there is nothing to explain', () => {
		const problem = (...args: Parameters<typeof explainLine>) => explainLine(...args)
		expect(problem(file, 1)).toEqual({
			problem: 'line 1 of retail/glue_jobs/a.py is the same in every job: it comes from no element',
		})
		expect(problem(file, 99)).toEqual({ problem: 'retail/glue_jobs/a.py has no line 99' })
		expect(problem(`${file}.x`, 1)).toMatchObject({ problem: expect.stringContaining('there is no') })
	})
})
