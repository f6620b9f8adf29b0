/** Puts a unit's artifacts into the output folder: only files that differ, and nothing of the last generation is left over. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Artifact } from '#generators/artifact.ts'

/** What people decided, and what they compared with files of the legacy engine: theirs, never removed or replaced. */
const isKept = (file: string, folder: string): boolean =>
	path.basename(file) === 'decisions.yml' || path.relative(folder, file).split(path.sep)[0] === 'evidence'

/**
 * @param out the output folder
 * @param unit the unit's folder below it; files there that are no longer generated are removed
 * @returns how many files were written or removed
 * @throws Error for an artifact whose path would leave the output folder: a bug of its generator
 */
export function writeArtifacts(out: string, unit: string, artifacts: readonly Artifact[]): number {
	let changes = 0
	for (const artifact of artifacts) {
		const file = path.resolve(out, artifact.path)
		if (path.relative(out, file).startsWith('..'))
			throw new Error(`an artifact would be written outside the output folder: ${artifact.path}`)
		if (existsSync(file) && readFileSync(file, 'utf8') === artifact.text) continue
		mkdirSync(path.dirname(file), { recursive: true })
		writeFileSync(file, artifact.text)
		changes++
	}
	const wanted = new Set(artifacts.map((artifact) => path.resolve(out, artifact.path)))
	const folder = path.resolve(out, unit)
	for (const file of filesBelow(folder)) {
		if (wanted.has(file) || isKept(file, folder)) continue
		rmSync(file)
		changes++
	}
	return changes
}

function filesBelow(folder: string): readonly string[] {
	if (!existsSync(folder)) return []
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !entry.parentPath.includes('__pycache__'))
		.map((entry) => path.join(entry.parentPath, entry.name))
}
