/** Test cases in files, folders and archives. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { isArchive, openArchive } from '#importers/zip/archive.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import type { ParsedTestCase } from './test-case.ts'
import { parseTestCase } from './test-case.ts'

export interface FoundCase extends ParsedTestCase {
	readonly file: string
	readonly name: string
	/** The text of a file beside the specification; undefined when there is none. */
	data(name: string): string | undefined
}

/**
 * A specification, a folder that holds some at any depth, or the archive of a next-generation test case or of a whole project.
 * In a folder, only files with the parts of a test case count; a file that is named has to be one.
 */
export function findCases(place: string): readonly FoundCase[] {
	if (!statSync(place).isDirectory()) return fromFile(place, true)
	return readdirSync(place, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && /\.(?:ya?ml|json|zip)$/i.test(entry.name))
		.map((entry) => path.join(entry.parentPath, entry.name))
		.sort()
		.flatMap((file) => fromFile(file, false))
}

function fromFile(file: string, named: boolean): readonly FoundCase[] {
	const bytes = readFileSync(file)
	if (isArchive(bytes)) return fromArchive(file, bytes, path.basename(file, path.extname(file)), named)
	const text = bytes.toString('utf8')
	const data = (name: string): string | undefined => {
		const beside = path.resolve(path.dirname(file), name)
		return existsSync(beside) && statSync(beside).isFile() ? readFileSync(beside, 'utf8') : undefined
	}
	return named || looksLikeCase(text) ? [found(text, file, path.basename(file, path.extname(file)), data)] : []
}

/** The archive of one test case; or one that holds archives of test cases, as a project's export does. */
function fromArchive(file: string, bytes: Uint8Array, name: string, named: boolean): readonly FoundCase[] {
	const archive = openArchive(file, bytes)
	const problems: Diagnostic[] = [...archive.diagnostics]
	const contents = new Map<string, Uint8Array>()
	for (const member of archive.members) {
		if (!/\.(?:ya?ml|json|csv|zip)$/i.test(member.path)) continue
		const content = member.read((diagnostic) => problems.push(diagnostic))
		if (content !== undefined) contents.set(member.path, content)
	}
	const textOf = (member: string): string | undefined => {
		const content = contents.get(member)
		return content === undefined ? undefined : Buffer.from(content).toString('utf8')
	}
	const cases = [...contents.keys()].flatMap((member) => {
		const inner = contents.get(member)
		const own = path.posix.basename(member, path.posix.extname(member))
		if (/\.zip$/i.test(member) && inner !== undefined && isArchive(inner))
			return /(?:^|\/)data_intg_test_case\//.test(member) ? fromArchive(`${file}/${member}`, inner, own, false) : []
		const text = textOf(member)
		if (text === undefined || !/\.(?:ya?ml|json)$/i.test(member) || !looksLikeCase(text)) return []
		const folder = path.posix.dirname(member)
		const data = (beside: string): string | undefined => {
			// Archives of test cases keep their data in a folder of its own, or beside the specification.
			const wanted = path.posix.normalize(path.posix.join(folder, beside))
			const exact = textOf(wanted)
			if (exact !== undefined) return exact
			const others = [...contents.keys()].filter((other) => path.posix.basename(other) === path.posix.basename(beside))
			return others.length === 1 ? textOf(others[0] ?? '') : undefined
		}
		return [found(text, `${file}/${member}`, own === 'specification' ? name : own, data)]
	})
	if (cases.length > 0 || !named) return problems.length === 0 ? cases : [...cases, broken(file, name, problems)]
	return [problems.length === 0 ? found('', file, name, () => undefined) : broken(file, name, problems)]
}

const broken = (file: string, name: string, diagnostics: readonly Diagnostic[]): FoundCase => ({
	file,
	name,
	diagnostics,
	data: () => undefined,
})

function found(text: string, file: string, name: string, data: FoundCase['data']): FoundCase {
	return { ...parseTestCase(text, file, name), file, name, data }
}

const looksLikeCase = (text: string): boolean =>
	/(?:^|[{,])\s*["']?when["']?\s*:/m.test(text) && /(?:^|[{,])\s*["']?then["']?\s*:/m.test(text)
