/** Folders of the world outside, and which of their files fit a pattern of a command. */
import type { FilesTask } from '#model/control-flow.ts'

/** A file, by its path below the folder. */
export interface FolderFile {
	readonly path: string
	/** Time since it was changed. */
	readonly hours: number
}

/** The folder of a path with its slash, and the name behind it. */
export function splitPath(path: string): readonly [folder: string, name: string] {
	const at = path.lastIndexOf('/') + 1
	return [path.slice(0, at), path.slice(at)]
}

/** What the folder of a pattern holds: files that fit, old and new ones, unless there are none; and others that look alike. */
export function folderOf(pattern: readonly string[], whole: boolean, isEmpty: boolean): readonly FolderFile[] {
	const [first = '', ...others] = pattern
	const [, beginning] = splitPath(first)
	const name = (filling: string): string => [beginning, ...others].join(filling)
	const names = others.length === 0 ? [name('')] : ['a1', 'b2', 'c3', 'd4'].map(name)
	const hours = [30, 5, 24 * 40, 24 * 400]
	const fitting = names.map((one, index) => ({ path: whole ? `${one}/part-1` : one, hours: hours[index] ?? 1 }))
	const alike = [`${name('e5')}~`, `x${name('f6')}`, `sub/${name('g7')}`, `.${name('h8')}`]
	const strangers = alike.map((path) => ({ path: whole ? `${path}/part-1` : path, hours: 24 * 500 }))
	return [...(isEmpty ? [] : fitting), ...strangers].toSorted((left, right) => (left.path < right.path ? -1 : 1))
}

export interface FoundFiles {
	/** Paths below the folder. */
	readonly files: readonly string[]
	/** No file fits, whatever its age. */
	readonly isEmpty: boolean
	/** What the command writes. */
	readonly told: string
}

/** The field mark: DataStage puts one behind each line that a command writes. */
const fieldMark = '\u{FE}'
const day = 24

export function filesThatFit(
	task: FilesTask,
	pattern: readonly string[],
	days: number | undefined,
	isEmpty: boolean,
): FoundFiles {
	const [first = '', ...others] = pattern
	const [folder, beginning] = splitPath(first)
	const fits = globOf([beginning, ...others])
	const entry = (path: string): string => (task.whole ? path.replace(/\/.*$/s, '') : path)
	const all = folderOf(pattern, task.whole, isEmpty).filter(({ path }) => fits.test(entry(path)))
	const taken = all.filter(({ hours }) => days === undefined || Math.floor(hours / day) > days)
	return {
		files: taken.map(({ path }) => path),
		isEmpty: all.length === 0,
		told: tell(task.tells, folder, taken, entry),
	}
}

/** Names as a shell matches them: an asterisk takes no slash, and no full stop at the beginning. */
function globOf(pattern: readonly string[]): RegExp {
	const text = pattern.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('[^/]*')
	return new RegExp(`^${pattern[0] === '' && pattern.length > 1 ? '(?!\\.)' : ''}${text}$`, 'su')
}

function tell(
	what: FilesTask['tells'],
	folder: string,
	files: readonly FolderFile[],
	entry: (path: string) => string,
): string {
	const paths = [...new Set(files.map(({ path }) => entry(path)))]
	const [newest] = files.toSorted((left, right) => left.hours - right.hours)
	switch (what) {
		case 'nothing':
			return ''
		case 'count':
			return `${paths.length}${fieldMark}`
		case 'newest':
			return newest === undefined ? '' : `${folder}${entry(newest.path)}${fieldMark}`
		case 'paths':
			return paths.map((path) => `${folder}${path}${fieldMark}`).join('')
	}
}
