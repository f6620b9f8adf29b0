import { parseDecisions } from '#pipeline/decisions/file.ts'
import type { Scene } from './command.ts'
import { decisionsPath, textAt } from './unit-files.ts'

/** Jobs about which the branch says that they are left out or taken up again: its files need not have them. */
export async function decidedJobs(scene: Scene, unit: string, commit: string): Promise<readonly string[]> {
	const path = decisionsPath(unit, scene)
	return parseDecisions(await textAt(scene, path, commit), path).decisions.jobs.map(({ job }) => job)
}
