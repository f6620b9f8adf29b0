import { describe, expect, it } from 'vitest'
import { goldensOf, runGolden } from './goldens-support.ts'

/** Real engine outputs and small jobs of our own; both lie outside the project, and are skipped where they are not. */
const shared = process.env['REGLUE_SHARED'] ?? '/work/shared'

const tables = [
	{ table: `${shared}/corpus/datastage/goldens.tsv`, wanted: /\.dsx$/ },
	{ table: `${shared}/cases/functional/datastage/goldens.tsv`, wanted: /^(?:06|12|13|16|20|33)-/ },
	{ table: `${shared}/cases/functional/ssis/goldens.tsv`, wanted: /^(?:01|05|11|14|16|27|31)-/ },
]

describe.each(tables)('goldens of $table', ({ table, wanted }) => {
	const goldens = goldensOf(table).filter((golden) => wanted.test(golden.export))
	it.runIf(goldens.length === 0)('are not on this machine', ({ skip }) => skip(`${table} is absent`))
	it.each(goldens)('$export, $job: the reference writes what the engine wrote', (golden) => {
		const results = runGolden(golden).filter(({ file }) => {
			const line = golden.lines.find((one) => one.role === 'output' && one.file === file)
			return line?.note.startsWith('stale') !== true
		})
		expect(results.filter(({ verdict }) => verdict !== 'equal')).toEqual([])
		expect(results.length).toBeGreaterThan(0)
	})
})
