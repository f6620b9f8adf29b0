/** Shows that a change of a script changes nothing: Spark's optimiser gives both scripts the same plans. */

import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Engine, RunRequest } from '#engines/port.ts'

const program = fileURLToPath(new URL('same_plan.py', import.meta.url))
const marker = 'the plans are the same'

/**
 * @param request the run that the script passed
 * @param place where the comparing program may be written
 */
export async function hasSamePlan(
	engine: Pick<Engine, 'run'>,
	request: RunRequest,
	original: string,
	place: string,
): Promise<boolean> {
	const names = (request.helpers ?? []).map(({ name }) => `${name} = None`).join('\n')
	const text = readFileSync(program, 'utf8')
		.replace('# HELPERS', names)
		.replace('ORIGINAL = ""', `ORIGINAL = ${JSON.stringify(original)}`)
		.replace('CHANGED = ""', `CHANGED = ${JSON.stringify(request.script)}`)
	await writeFile(place, text)
	const outcome = await engine.run({ ...request, script: place })
	return outcome.ok && outcome.stdout.includes(marker)
}
