import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { SourceFile } from './finding.ts'

/** The project's root. */
export const root = path.resolve(import.meta.dirname, '../..')

/** Reads the TypeScript files below the given folders of the project, sorted by path. */
export function readSources(...folders: readonly string[]): readonly SourceFile[] {
	return folders
		.flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }))
		.map((file) => file.replaceAll(path.sep, '/'))
		.toSorted()
		.map((file) => ({ path: file, text: readFileSync(path.join(root, file), 'utf8') }))
}
