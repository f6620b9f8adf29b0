import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { ParsedConfig } from './parse.ts'
import { parseConfig } from './parse.ts'
import { defaultConfig } from './schema.ts'

const configPath = '.github/reglue.yml'

/**
 * Finds and reads the config for a path: the file given, or the nearest `.github/reglue.yml` above it, or the defaults.
 *
 * @param given value of `--config`, relative to the working directory
 * @throws Error when `given` does not exist
 */
export function loadConfig(from: string, given?: string): ParsedConfig & { readonly file?: string } {
	const file = given ?? nearest(path.resolve(from))
	if (file === undefined) return { config: defaultConfig, diagnostics: [] }
	return { ...parseConfig(readFileSync(file, 'utf8'), path.relative('.', file) || file), file }
}

function nearest(folder: string): string | undefined {
	const candidate = path.join(folder, configPath)
	if (existsSync(candidate)) return candidate
	const parent = path.dirname(folder)
	return parent === folder ? undefined : nearest(parent)
}
