/** Which files below the given paths are exports, and which unit each belongs to. */
import { closeSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '#config/schema.ts'
import { isSubflow, projectFolder } from '#importers/datastage/formats/flow/assets.ts'
import { isSchemaFile } from '#importers/datastage/schema-file.ts'
import { importerFor } from '#importers/registry.ts'
import type { SharedExport } from './shared-exports.ts'
import { isDsx, sharedExports } from './shared-exports.ts'
import { unitNames } from './unit-name.ts'

/** File endings that hold an export of their own. */
const exportEndings = ['.dsx', '.dtsx', '.ispac', '.isx', '.zip'] as const
/** Endings of files that exports of the same project refer to. */
const companionEndings = ['.conmgr', '.params', '.dtproj', '.dtsconfig'] as const
/** Endings that exports share with everything else: only the content tells. Assets of some projects have none at all. */
const commonEndings = ['.xml', '.json', '.pjb', '.qjb', '.sjb'] as const
const headBytes = 4096

export interface SourceUnit {
	/** Slug of the unit; its folder below the output. */
	readonly name: string
	/** Exports, in path order; relative to the working directory, `/` as separator. */
	readonly files: readonly string[]
	readonly companions: readonly string[]
}

export interface Discovery {
	readonly units: readonly SourceUnit[]
	/** PATH arguments that do not exist. */
	readonly missing: readonly string[]
}

/**
 * Walks the given files and folders. Links are not followed, folders of tools (`.git`, `node_modules`) are skipped.
 *
 * @param paths files or folders, relative to the working directory
 * @param isWanted which of the files found are looked at at all; absent: all
 */
export function discover(
	paths: readonly string[],
	unit: Config['unit'],
	isWanted: (file: string) => boolean = () => true,
): Discovery {
	const found: string[] = []
	const missing: string[] = []
	for (const given of paths) {
		const stat = lstatSync(given, { throwIfNoEntry: false })
		if (stat === undefined) missing.push(given)
		else if (stat.isDirectory()) walk(given, found)
		else found.push(given, ...projectFiles(given))
	}
	const files = [...new Set(found.map((file) => toPosix(path.relative('.', file))))].filter(isWanted).sort(byCodePoint)
	// A file named on the command line is an export whatever its ending; the importers look at its content.
	const named = new Set(paths.map((given) => toPosix(path.relative('.', given))))
	const kinds = new Map(files.map((file) => [file, kindOf(file, named.has(file))]))
	// A subflow is an export, and flows that use it need it as well.
	const companions = files.filter((file) => kinds.get(file) === 'companion' || isSubflow(file))
	const candidates = files.filter((file) => kinds.get(file) === 'export')
	const shared = sharedExports(candidates)
	const exports = candidates.filter((file) => named.has(file) || !isOnlyShared(file, candidates, shared))
	return {
		units: group(exports, companions, unit).map((one) => withSchemas(withShared(one, shared), files)),
		missing,
	}
}

/** Does it hold nothing but what other exports of its folder refer to? */
function isOnlyShared(file: string, exports: readonly string[], shared: readonly SharedExport[]): boolean {
	const own = shared.find((one) => one.file === file)
	if (own === undefined || own.isExport) return false
	const folder = path.posix.dirname(file)
	return exports.some(
		(other) => path.posix.dirname(other) === folder && isDsx(other) && !shared.some((one) => one.file === other),
	)
}

function withShared(unit: SourceUnit, shared: readonly SharedExport[]): SourceUnit {
	const folders = new Set(unit.files.filter(isDsx).map((file) => path.posix.dirname(file)))
	const beside = shared.map(({ file }) => file).filter((file) => folders.has(path.posix.dirname(file)))
	return { ...unit, companions: [...new Set([...unit.companions, ...beside])] }
}

/** Schema files lie beside the jobs that name them. */
function withSchemas(unit: SourceUnit, files: readonly string[]): SourceUnit {
	const folders = new Set(
		unit.files.filter((file) => !hasEnding(file, ['.dtsx'])).map((file) => path.posix.dirname(file)),
	)
	const beside = files.filter((file) => isSchemaFile(file) && folders.has(path.posix.dirname(file)))
	return { ...unit, companions: [...unit.companions, ...beside] }
}

/** Undefined: a file that concerns nobody here. */
function kindOf(file: string, named: boolean): 'export' | 'companion' | undefined {
	if (hasEnding(file, companionEndings)) return 'companion'
	if (hasEnding(file, exportEndings))
		return path.posix.extname(file) === '.zip' && isInside(file) ? undefined : 'export'
	if (!hasEnding(file, commonEndings) && projectFolder(file) === undefined) return named ? 'export' : undefined
	const importer = importerFor(file, readHead(file))
	if (importer === undefined) return named ? 'export' : undefined
	return importer.companion ? 'companion' : 'export'
}

/** Zips inside a project hold what was compiled or tested. */
const isInside = (file: string): boolean => /(?:^|\/)(?:px_executables|data_intg_test_case)\//.test(file)

function readHead(file: string): Uint8Array {
	const bytes = new Uint8Array(headBytes)
	let handle: number | undefined
	try {
		handle = openSync(file, 'r')
		return bytes.subarray(0, readSync(handle, bytes, 0, headBytes, 0))
	} catch {
		// Whoever reads the file says why it cannot be read.
		return new Uint8Array()
	} finally {
		if (handle !== undefined) closeSync(handle)
	}
}

/**
 * A package that is named by itself still belongs to its project, whose files lie beside it or one folder up; a job, to the schema
 * files beside it.
 */
function projectFiles(file: string): readonly string[] {
	const folder = path.dirname(file)
	if (!hasEnding(file, ['.dtsx'])) return filesIn(folder).filter(isSchemaFile)
	for (const place of [folder, path.dirname(folder)]) {
		const found = filesIn(place).filter((one) => hasEnding(one, companionEndings))
		if (found.length > 0) return found
	}
	return []
}

function filesIn(folder: string): readonly string[] {
	try {
		const entries = readdirSync(folder, { withFileTypes: true })
		return entries.filter((entry) => entry.isFile()).map((entry) => path.join(folder, entry.name))
	} catch {
		// Not every user may look into the folder above.
		return []
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
		const key = unitKey(file, unit)
		groups.set(key, [...(groups.get(key) ?? []), file])
	}
	const names = unitNames([...groups.keys()])
	return [...groups].map(([key, files]) => {
		const folders = new Set(files.map((file) => path.posix.dirname(file)))
		return { name: names.get(key) ?? '', files, companions: companionsOf(folders, companions) }
	})
}

/** One file is a unit, but packages of a folder and flows of a project belong together. */
function unitKey(file: string, unit: Config['unit']): string {
	if (unit === 'folder') return path.posix.dirname(file)
	if (unit === 'file') return file
	return file.toLowerCase().endsWith('.dtsx') ? path.posix.dirname(file) : (projectFolder(file) ?? file)
}

/** Companions lie beside the packages; a project without any beside them keeps them one folder up. */
function companionsOf(folders: ReadonlySet<string>, companions: readonly string[]): readonly string[] {
	const projectsOf = (file: string): readonly string[] => {
		const project = projectFolder(file)
		return project === undefined ? [] : [project]
	}
	const projects = new Set([...folders].flatMap((folder) => projectsOf(`${folder}/`)))
	if (projects.size > 0) return companions.filter((file) => projectsOf(file).some((project) => projects.has(project)))
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
