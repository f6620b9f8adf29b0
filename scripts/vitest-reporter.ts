import type { Reporter, TestModule } from 'vitest/node'

type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number }

/** Ends a test run with one plain line, alone and last: `12 passed, 0 failed, 3 skipped`. */
export default class SummaryLineReporter implements Reporter {
	onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
		const counts = modules.map(countTests)
		const line = summaryLine({
			passed: sum(counts.map(({ passed }) => passed)),
			failed: sum(counts.map(({ failed }) => failed)) + unhandledErrors.length,
			skipped: sum(counts.map(({ skipped }) => skipped)),
		})
		// Other reporters print their summary in the same turn; this line comes after all of them.
		process.on('exit', () => process.stdout.write(`${line}\n`))
	}
}

/** The line that scripts and people look for at the end of a test run. */
export function summaryLine({ passed, failed, skipped }: Counts): string {
	return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** Counts the tests of a file. A file that broke before or beside its tests counts as one failure. */
export function countTests(module: Pick<TestModule, 'children' | 'state'>): Counts {
	const states = [...module.children.allTests()].map((test) => test.result().state)
	const failed = states.filter((state) => state === 'failed').length
	return {
		passed: states.filter((state) => state === 'passed').length,
		failed: failed === 0 && module.state() === 'failed' ? 1 : failed,
		skipped: states.filter((state) => state === 'skipped' || state === 'pending').length,
	}
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0)
}
