import { existsSync } from 'node:fs'
import { loadConfig } from '#config/load.ts'
import { UsageError } from './command.ts'

/** The config for a path. @throws UsageError when the file that was named does not exist */
export function configFor(from: string, given?: string): ReturnType<typeof loadConfig> {
	if (given !== undefined && !existsSync(given)) throw new UsageError(`there is no ${given}`)
	return loadConfig(from, given)
}
