/** Paths as texts: what `System.IO.Path` does on Windows. */
import { scriptTypes } from '#model/scripts.ts'
import { atom, call, pyString } from '../../python.ts'
import type { Member } from '../operation.ts'
import { fixed } from '../operation.ts'
import { asText } from '../runtime.ts'

const { string } = scriptTypes

/** Windows takes both slashes. */
const lastSlash = (path: string): number => Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'))
const fileName = (path: string): string => path.slice(lastSlash(path) + 1)
const extension = (path: string): string => {
	const name = fileName(path)
	const at = name.lastIndexOf('.')
	return at === -1 || at === name.length - 1 ? '' : name.slice(at)
}
/** Parts of a path, by the property of `FileInfo` that gives them. */
export const parts = {
	Name: fileName,
	FullName: (path: string): string => path,
	Extension: extension,
	DirectoryName: (path: string): string => path.slice(0, Math.max(0, lastSlash(path))),
}
/** The printed functions that give them. */
export const partNames = { Name: 'file_name', FullName: 'str', Extension: 'file_extension', DirectoryName: 'folder_of' }

function withoutExtension(path: string): string {
	const name = fileName(path)
	const at = name.lastIndexOf('.')
	return at === -1 ? name : name.slice(0, at)
}

/** The second path alone where it begins at a root (.NET: Path.Combine). */
function combined(left: string, right: string): string {
	if (right === '') return left
	if (left === '' || /^(?:[\\/]|[A-Za-z]:)/.test(right)) return right
	return /[\\/:]$/.test(left) ? left + right : `${left}\\${right}`
}

const define = (name: string, python: string, evaluate: (args: readonly string[]) => string, count = 1): Member =>
	fixed('Path', name, {
		id: `Path.${name}${count === 1 ? '' : `(${count})`}`,
		parameters: Array.from({ length: count }, () => string),
		result: string,
		evaluate: (args) => evaluate(args.map(asText)),
		python: (args) => call(python, ...args.slice(0, count)),
		intent: 'files',
	})

export const pathMembers: readonly Member[] = [
	fixed('Path', 'GetTempPath', {
		id: 'Path.GetTempPath',
		parameters: [],
		result: string,
		// The folder of a Windows service: paths of the old job are mapped where they are used.
		evaluate: () => 'C:\\Windows\\TEMP\\',
		python: () => atom(pyString('C:\\Windows\\TEMP\\')),
		differences: ['RG-D121'],
	}),
	define('GetFileName', 'file_name', ([path = '']) => fileName(path)),
	define('GetFileNameWithoutExtension', 'file_stem', ([path = '']) => withoutExtension(path)),
	define('GetExtension', 'file_extension', ([path = '']) => extension(path)),
	define('GetDirectoryName', 'folder_of', ([path = '']) => parts.DirectoryName(path)),
	define('Combine', 'join_path', ([left = '', right = '']) => combined(left, right), 2),
	define(
		'Combine',
		'join_path',
		([first = '', second = '', third = '']) => combined(combined(first, second), third),
		3,
	),
]
