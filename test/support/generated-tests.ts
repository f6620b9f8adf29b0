/** Runs the tests that come with generated jobs, as a team does in its repository: plain pytest, without Reglue. */
import path from 'node:path'
import { defaultConfig } from '#config/schema.ts'
import { runPython } from '#engines/local-spark/child-environment.ts'
import { ensureEnvironment } from '#engines/local-spark/environment.ts'
import { discover } from '#pipeline/discover.ts'
import { migrate } from '#pipeline/migrate.ts'
import { cacheFolder } from '../engines/local-spark/support.ts'

export interface PytestRun {
	readonly code: number | null
	/** The last line: `12 passed in 3.4s`. */
	readonly summary: string
	readonly output: string
}

/**
 * Migrates exports without running anything, and runs the tests of each folder.
 *
 * @param exports paths of files
 * @param folder an empty one, which takes what is generated
 */
export async function runGeneratedTests(exports: readonly string[], folder: string): Promise<readonly PytestRun[]> {
	const { report } = await migrate({
		discovery: discover(exports, defaultConfig.unit),
		config: defaultConfig,
		out: path.join(folder, 'out'),
		workFolder: path.join(folder, 'work'),
		resume: false,
		signal: new AbortController().signal,
	})
	const environment = await ensureEnvironment({ cacheFolder, glueVersion: '5.1' })
	const units = [...new Set(report.jobs.map(({ unit }) => unit))].toSorted()
	const runs: PytestRun[] = []
	for (const unit of units) {
		const tests = path.join(folder, 'out', unit, 'tests')
		const { code, output } = await runPython(environment, ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', tests])
		runs.push({ code, summary: output.trim().split('\n').at(-1) ?? '', output })
	}
	return runs
}
