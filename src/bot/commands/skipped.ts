import { parseDecisions } from '#pipeline/decisions/file.ts'
import { skippedJobs } from '#pipeline/decisions/settings.ts'
import type { Scene } from './command.ts'
import { decisionsPath, textAt } from './unit-files.ts'

/** Jobs that people left out of a unit, as the branch says. */
export async function skippedIn(scene: Scene, unit: string, commit: string): Promise<readonly string[]> {
	const path = decisionsPath(unit, scene)
	return skippedJobs(parseDecisions(await textAt(scene, path, commit), path).decisions)
}
