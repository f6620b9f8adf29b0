/** The settings of a connector: one XML document on the stage, and one on each pin of a connector with several links. */
import type { XmlElement } from '../../../xml/element.ts'
import { childOf, walk } from '../../../xml/element.ts'
import { readXml } from '../../../xml/reader.ts'
import type { Pin, Stage } from '../../structure.ts'

export interface Settings {
	/** The element at a path below the document's root (`Usage/TableAction`): that of the pin, or else of the stage. */
	element(path: string): XmlElement | undefined
	/** Its own text, without blanks around it; '' when it is not there. */
	text(path: string): string
	isSet(path: string): boolean
	/** Names of the elements that hold a password. */
	readonly secrets: readonly string[]
	/** Names of the parameters that a password comes from. */
	readonly secretParameters: readonly string[]
}

/** A document that cannot be read gives no settings: the reason stands in `unreadable`. */
export function readSettings(
	stage: Stage,
	pin: Pin,
): { readonly settings: Settings } | { readonly unreadable: string } {
	const documents: XmlElement[] = []
	for (const text of [pin.properties.get('XMLProperties') ?? '', stage.properties.get('XMLProperties') ?? '']) {
		if (text.trim() === '') continue
		const parsed = parse(text)
		if (typeof parsed === 'string') return { unreadable: parsed }
		documents.push(parsed)
	}
	if (documents.length === 0) return { unreadable: 'the export holds no settings of it' }
	return { settings: settingsOf(documents) }
}

/** The prolog says UTF-16 although the text is plain. */
function parse(text: string): XmlElement | string {
	const plain = text.replace(/^\s*<\?xml[^>]*\?>/, '')
	const { root, diagnostics } = readXml('XMLProperties', new TextEncoder().encode(plain))
	return root ?? `its settings are not XML: ${diagnostics[0]?.why ?? 'no element'}`
}

function settingsOf(documents: readonly XmlElement[]): Settings {
	const element = (path: string): XmlElement | undefined =>
		documents.map((root) => below(root, path.split('/'))).find((found) => found !== undefined)
	const text = (path: string): string => (element(path)?.text ?? '').trim()
	return {
		element,
		text,
		isSet: (path) => text(path) !== '' && text(path) !== '0',
		secrets: documents.flatMap(passwords).flatMap((one) => (parametersIn(one.text).length > 0 ? [] : [one.name])),
		secretParameters: documents.flatMap(passwords).flatMap(({ text }) => parametersIn(text)),
	}
}

const below = (root: XmlElement, path: readonly string[]): XmlElement | undefined =>
	path.reduce<XmlElement | undefined>((element, name) => childOf(element, name), root)

/** Elements that hold a password, each name once. */
function passwords(root: XmlElement): readonly XmlElement[] {
	const found = new Map<string, XmlElement>()
	walk(root, (element) => {
		if (/passw|secret|accesskey$/i.test(element.name) && element.text.trim() !== '') found.set(element.name, element)
	})
	return [...found.values()]
}

const parametersIn = (text: string): readonly string[] =>
	[...text.matchAll(/#([\w$.]+)#/g)].map((match) => match[1] ?? '')
