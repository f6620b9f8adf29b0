import { describe, expect, it } from 'vitest'
import { countTests, summaryLine } from '../../scripts/vitest-reporter.ts'

type Module = Parameters<typeof countTests>[0]

/** A finished test file as vitest hands it to a reporter, as far as the counting looks at it. */
function finished(state: 'passed' | 'failed', tests: readonly string[]): Module {
	const results = tests.map((test) => ({ result: () => ({ state: test }) }))
	return { state: () => state, children: { allTests: () => results.values() } } as unknown as Module
}

describe('the last line of a test run', () => {
	it('is plain and complete', () => {
		expect(summaryLine({ passed: 12, failed: 0, skipped: 3 })).toBe('12 passed, 0 failed, 3 skipped')
	})

	it('counts each test once', () => {
		const module = finished('failed', ['passed', 'passed', 'failed', 'skipped', 'pending'])
		expect(countTests(module)).toEqual({ passed: 2, failed: 1, skipped: 2 })
	})

	it('counts a file that broke before its first test as a failure', () => {
		expect(countTests(finished('failed', []))).toEqual({ passed: 0, failed: 1, skipped: 0 })
	})
})
