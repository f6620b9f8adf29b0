/** Which files below the given paths are exports, and which unit each belongs to. */
import { lstatSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '#config/schema.ts'
import { unitName } from './unit-name.ts'

/** File endings that hold an export of their own. */
const exportEndings = ['.dsx', '.dtsx', '.ispac'] as const
/** Endings of files that exports of the same project refer to. */
const companionEndings = ['.conmgr', '.params', '.dtproj', '.dtsconfig'] as const
/** Exports of formats that are named but not read yet; each gets a diagnostic. */
const knownEndings = ['.isx'] as const

export interface SourceUnit {
	/** Slug of the unit; its folder below the output. */
	readonly name: string
	/** Exports, in path order; relative to the working directory, `/` as separator. */
	readonly files: readonly string[]
	readonly companions: readonly string[]
}

export interface Discovery {
	readonly units: readonly SourceUnit[]
	/** Exports of formats that this version does not read. */
	readonly unsupported: readonly string[]
	/** PATH arguments that do not exist. */
	readonly missing: readonly string[]
}

/**
 * Walks the given files and folders. Links are not followed, folders of tools (`.git`, `node_modules`) are skipped.
 *
 * @param paths files or folders, relative to the working directory
 */
export function discover(paths: readonly string[], unit: Config['unit']): Discovery {
	const found: string[] = []
	const missing: string[] = []
	for (const given of paths) {
		const stat = lstatSync(given, { throwIfNoEntry: false })
		if (stat === undefined) missing.push(given)
		else if (stat.isDirectory()) walk(given, found)
		else found.push(given)
	}
	const files = [...new Set(found.map((file) => toPosix(path.relative('.', file))))].sort(byCodePoint)
	// A file named on the command line is an export whatever its ending; the importers look at its content.
	const named = new Set(paths.map((given) => toPosix(path.relative('.', given))))
	const companions = files.filter((file) => hasEnding(file, companionEndings))
	const exports = files.filter(
		(file) =>
			hasEnding(file, exportEndings) || (named.has(file) && !hasEnding(file, [...companionEndings, ...knownEndings])),
	)
	return {
		units: group(exports, companions, unit),
		unsupported: files.filter((file) => hasEnding(file, knownEndings)),
		missing,
	}
}

function walk(folder: string, found: string[]): void {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const child = path.join(folder, entry.name)
		if (entry.isDirectory()) {
			if (entry.name !== '.git' && entry.name !== 'node_modules') walk(child, found)
		} else if (entry.isFile()) found.push(child)
	}
}

function group(exports: readonly string[], companions: readonly string[], unit: Config['unit']): readonly SourceUnit[] {
	const groups = new Map<string, string[]>()
	for (const file of exports) {
		const key =
			unit === 'folder' || (unit === 'auto' && file.toLowerCase().endsWith('.dtsx')) ? path.posix.dirname(file) : file
		groups.set(key, [...(groups.get(key) ?? []), file])
	}
	const keys = [...groups.keys()]
	return keys.map((key) => {
		const files = groups.get(key) ?? []
		const folders = new Set(files.map((file) => path.posix.dirname(file)))
		return { name: unitName(key, keys), files, companions: companionsOf(folders, companions) }
	})
}

/** Companions lie beside the packages; a project without any beside them keeps them one folder up. */
function companionsOf(folders: ReadonlySet<string>, companions: readonly string[]): readonly string[] {
	const beside = companions.filter((file) => folders.has(path.posix.dirname(file)))
	if (beside.length > 0) return beside
	const above = new Set([...folders].map((folder) => path.posix.dirname(folder)))
	return companions.filter((file) => above.has(path.posix.dirname(file)))
}

function hasEnding(file: string, endings: readonly string[]): boolean {
	const low = file.toLowerCase()
	return endings.some((ending) => low.endsWith(ending))
}

function toPosix(file: string): string {
	return file.split(path.sep).join('/')
}

function byCodePoint(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0
}
