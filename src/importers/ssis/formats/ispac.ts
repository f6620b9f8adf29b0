/** Project deployment files (`.ispac`): a ZIP with the manifest, project parameters, connection managers and packages. */
import type { Diagnostic } from '#model/diagnostics.ts'
import type { ExportFile } from '../../importer.ts'
import { openArchive } from '../../zip/archive.ts'

export interface ProjectArchive {
	readonly packages: readonly ExportFile[]
	/** Everything else that packages refer to. */
	readonly companions: readonly ExportFile[]
	readonly diagnostics: readonly Diagnostic[]
}

/** Members are named as parts of a package in the sense of ECMA-376: `My%20Package.dtsx`. */
export function openProject({ path, bytes }: ExportFile): ProjectArchive {
	const { members, diagnostics } = openArchive(path, bytes)
	const problems = [...diagnostics]
	const files = members
		.filter((member) => /\.(?:dtsx|conmgr|params)$/i.test(member.path))
		.flatMap((member): readonly ExportFile[] => {
			const content = member.read((problem) => problems.push(problem))
			return content === undefined ? [] : [{ path: decoded(member.path), bytes: content }]
		})
		.toSorted((left, right) => (left.path < right.path ? -1 : 1))
	return {
		packages: files.filter((file) => isPackage(file.path)),
		companions: files.filter((file) => !isPackage(file.path)),
		diagnostics: problems,
	}
}

const isPackage = (path: string): boolean => /\.dtsx$/i.test(path)

function decoded(path: string): string {
	try {
		return decodeURIComponent(path)
	} catch {
		return path
	}
}
