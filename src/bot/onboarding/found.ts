/** What the exports of a repository look like, and the settings that follow from it. */
import path from 'node:path/posix'
import type { Config } from '#config/schema.ts'
import { defaultConfig } from '#config/schema.ts'
import type { UnitInput } from '../bot.ts'

/** Folders that are named one by one; more are one glob. */
const mostFolders = 5

/** Exports and what belongs to them, as the defaults list them: by their endings, and assets by their folders. */
const [endings = '*', assets = '*'] = defaultConfig.sources.map((glob) => glob.replace(/^\*\*\//, ''))

/** Settings that differ from the defaults, for these exports. */
export function detected(units: readonly UnitInput[], branch: string): Partial<Config> {
	return { sources: sourcesOf(units.flatMap(({ files, companions }) => [...files, ...companions])), branch }
}

/** A glob for each top folder with exports, as deep as all of its exports lie. */
function sourcesOf(files: readonly string[]): string[] {
	const groups = Map.groupBy(files.toSorted(), (file) => file.split('/')[0] ?? '')
	const folders = [...new Set([...groups].map(([top, group]) => (group.includes(top) ? '' : commonFolder(group))))]
	if (folders.length > mostFolders || folders.some((folder) => /[{}[\]*?!()]/.test(folder)))
		return [...defaultConfig.sources]
	const globs = files.some(isAsset) ? [endings, assets] : [endings]
	return folders.flatMap((folder) => globs.map((glob) => (folder === '' ? glob : `${folder}/**/${glob}`)))
}

/** Assets of a project in git have no ending; the folder that tells their kind stands above them. */
const isAsset = (file: string): boolean => path.extname(file) === '' && file.includes('/')

const projectOf = (file: string): string => path.dirname(isAsset(file) ? path.dirname(file) : file)

function commonFolder(files: readonly string[]): string {
	const parts = files.map((file) => projectOf(file).split('/'))
	const [first = []] = parts
	const depth = first.findIndex((name, index) => parts.some((other) => other[index] !== name))
	const folder = (depth < 0 ? first : first.slice(0, depth)).join('/')
	return folder === '.' ? '' : folder
}

/** Exports by their ending, the most frequent first: `12 × .dsx`. */
export function kinds(units: readonly UnitInput[]): readonly (readonly [string, number])[] {
	const files = units.flatMap((unit) => unit.files)
	const groups = Map.groupBy(files, (file) => path.extname(file).toLowerCase() || 'without an ending')
	return [...groups]
		.map(([ending, group]) => [ending, group.length] as const)
		.toSorted((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1))
}
