/** XML documents as .NET holds them: white space between elements is left out (XmlDocument.PreserveWhitespace is false). */
import { SaxesParser } from 'saxes'

export interface XmlNode {
	/** With its namespace in braces before it, if it has one. */
	readonly name: string
	readonly attributes: ReadonlyMap<string, string>
	/** Elements and texts, in their order. */
	readonly content: readonly (XmlNode | string)[]
}

interface Open extends XmlNode {
	readonly content: (XmlNode | string)[]
}

/** The document: a node without a name, around the root. */
export function parseDocument(text: string): XmlNode | { readonly problem: string } {
	const document: Open = { name: '', attributes: new Map(), content: [] }
	const open: Open[] = [document]
	let piece = ''
	const endText = (): void => {
		if (/[^ \t\r\n]/.test(piece)) open.at(-1)?.content.push(piece)
		piece = ''
	}
	const parser = new SaxesParser({ xmlns: true })
	parser.on('opentag', (tag) => {
		endText()
		const attributes = Object.values(tag.attributes)
			.filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns')
			.map(({ uri, local, value }): [string, string] => [expanded(uri, local), value])
		const node: Open = { name: expanded(tag.uri, tag.local), attributes: new Map(attributes), content: [] }
		open.at(-1)?.content.push(node)
		open.push(node)
	})
	parser.on('closetag', () => {
		endText()
		open.pop()
	})
	const addText = (more: string): void => {
		piece += more
	}
	parser.on('text', addText)
	parser.on('cdata', addText)
	try {
		parser.write(text).close()
	} catch (error) {
		return { problem: error instanceof Error ? error.message : String(error) }
	}
	return document
}

const expanded = (uri: string, local: string): string => (uri === '' ? local : `{${uri}}${local}`)

/** All text inside, whatever elements it stands in. */
export const innerText = ({ content }: XmlNode): string =>
	content.map((part) => (typeof part === 'string' ? part : innerText(part))).join('')

export const childElements = ({ content }: XmlNode): readonly XmlNode[] =>
	content.filter((part) => typeof part !== 'string')
