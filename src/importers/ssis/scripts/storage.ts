/** The source of a script as packages hold it, in all their versions. */
import type { ScriptLanguage } from '#languages/dotnet/syntax.ts'
import type { XmlElement } from '../../xml/element.ts'
import { childrenOf, walk } from '../../xml/element.ts'
import type { ComponentRecord } from '../formats/records.ts'

export interface StoredScript {
	readonly language: ScriptLanguage
	/** The file with the code that somebody wrote. */
	readonly text: string
	/** Other files of code that were not made by the designer. */
	readonly others: readonly StoredFile[]
	readonly readOnly: readonly string[]
	readonly readWrite: readonly string[]
}

export interface StoredFile {
	readonly name: string
	readonly text: string
}

/** Files that the designer makes itself, in each version's spelling. */
const made =
	/(?:^|[\\/])(?:my project|properties)[\\/]|(?:buffer|component)wrapper\.|assemblyinfo\.|\.designer\.|resources\.|settings\./i

const isCode = ({ name }: StoredFile): boolean => /\.(?:cs|vb|vsaitem)$/i.test(name) && !made.test(name)

function assemble(
	files: readonly StoredFile[],
	language: string,
	readOnly: string,
	readWrite: string,
): StoredScript | undefined {
	const code = files.filter(isCode)
	const main = code.find(({ name }) => /(?:^|[\\/])(?:scriptmain|main)\.\w+$/i.test(name)) ?? code[0]
	if (main === undefined) return undefined
	const isVb = /\.(?:vb|vsaitem)$/i.test(main.name) || /visual ?basic/i.test(language)
	return {
		language: isVb ? 'vb' : 'csharp',
		text: main.text,
		others: code.filter((file) => file !== main),
		readOnly: names(readOnly),
		readWrite: names(readWrite),
	}
}

const names = (list: string): readonly string[] =>
	list
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '')

/**
 * A Script Component. The property SourceCode is a list of names and texts (2005, 2008), or of names, encodings and texts
 * (2012 and later).
 */
export function scriptOfComponent({ element, properties }: ComponentRecord): StoredScript | undefined {
	const parts: string[] = []
	for (const list of childrenOf(element, 'properties')) {
		for (const property of childrenOf(list, 'property')) {
			if (property.attributes.get('name') !== 'SourceCode') continue
			for (const array of property.children) parts.push(...array.children.map(({ text }) => text))
		}
	}
	const size = parts.length % 3 === 0 && /^(?:utf|ansi|ascii)/i.test(parts[1] ?? '') ? 3 : 2
	const files: StoredFile[] = []
	for (let at = 0; at + size <= parts.length; at += size) {
		files.push({ name: (parts[at] ?? '').trim(), text: parts[at + size - 1] ?? '' })
	}
	const text = (name: string): string => properties.get(name) ?? ''
	return assemble(files, text('ScriptLanguage'), text('ReadOnlyVariables'), text('ReadWriteVariables'))
}

/** A Script Task: an element `ScriptProject` with one `ProjectItem` for each file. */
export function scriptOfTask(data: XmlElement | undefined): StoredScript | undefined {
	let project: XmlElement | undefined
	if (data !== undefined) {
		walk(data, (element) => {
			if (element.name.split(':').at(-1) === 'ScriptProject') project ??= element
		})
	}
	if (project === undefined) return undefined
	const { attributes } = project
	const files = project.children
		.filter(({ name }) => name.split(':').at(-1) === 'ProjectItem')
		.map((item) => ({ name: item.attributes.get('Name') ?? '', text: item.text }))
	const text = (name: string): string => attributes.get(name) ?? ''
	return assemble(files, text('Language'), text('ReadOnlyVariables'), text('ReadWriteVariables'))
}
