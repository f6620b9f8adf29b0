/** Texts of the nodes that a plain XPath expression finds: steps by name, any element, an attribute at the end. */
import type { XmlElement } from '../../xml/element.ts'
import { walk } from '../../xml/element.ts'
import { readXml } from '../../xml/reader.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'

export function nodeTexts(document: string, path: string): { readonly found: readonly string[] } | Refusal {
	const steps = /^(\/\/?)?((?:[\w.-]+|\*)(?:\/(?:[\w.-]+|\*))*)(?:\/(@[\w.-]+|text\(\)))?$/.exec(path)
	if (steps === null) return refuse(`the XPath expression ${path} does more than name its nodes`)
	// A name without a prefix means an element without a namespace.
	if (/\bxmlns\b/.test(document)) return refuse('its XML document has namespaces')
	const { root } = readXml('SourceDocument', new TextEncoder().encode(document))
	if (root === undefined) return refuse('its XML document cannot be read')
	const names = (steps[2] ?? '').split('/')
	const [first = '', ...rest] = names
	const start = steps[1] === '//' ? everyElement(root) : [root]
	const fits = (one: XmlElement, name: string): boolean => name === '*' || one.name === name
	const reached = rest.reduce(
		(elements, name) => elements.flatMap(({ children }) => children.filter((child) => fits(child, name))),
		start.filter((one) => fits(one, first)),
	)
	return textsOf(reached, steps[3])
}

function everyElement(root: XmlElement): readonly XmlElement[] {
	const all: XmlElement[] = []
	walk(root, (one) => all.push(one))
	return all
}

function textsOf(
	elements: readonly XmlElement[],
	last: string | undefined,
): { readonly found: readonly string[] } | Refusal {
	if (last?.startsWith('@') === true)
		return { found: elements.flatMap(({ attributes }) => attributes.get(last.slice(1)) ?? []) }
	// How texts between elements are joined is not kept.
	if (elements.some(({ children }) => children.length > 0)) return refuse('nodes of its XML document hold other nodes')
	return { found: elements.map(({ text }) => text).filter((text) => last === undefined || text !== '') }
}
