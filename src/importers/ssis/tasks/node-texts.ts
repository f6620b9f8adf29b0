/** Texts of the nodes that a plain XPath expression finds: steps by name, any element, an attribute or texts at the end. */
import type { XmlElement } from '../../xml/element.ts'
import { walk } from '../../xml/element.ts'
import { readXml } from '../../xml/reader.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'

type Texts = { readonly found: readonly string[] } | Refusal

export function nodeTexts(document: string, path: string): Texts {
	const steps = stepsOf(path)
	if ('reason' in steps) return steps
	const root = rootOf(document)
	if ('reason' in root) return root
	return textsOf(reached(root, steps), steps.last)
}

/** For each element that `outer` finds, the texts that `inner` finds in it (Microsoft: EnumerationType, ElementCollection). */
export function collectedTexts(
	document: string,
	outer: string,
	inner: string,
): { readonly found: readonly (readonly string[])[] } | Refusal {
	const [steps, within] = [stepsOf(outer), stepsOf(inner)]
	if ('reason' in steps) return steps
	if ('reason' in within) return within
	// What begins at the top finds the same texts for every element.
	if (within.from !== 'here') return refuse(`the inner XPath expression ${inner} leaves its element`)
	if (steps.last !== undefined) return refuse(`the outer XPath expression ${outer} finds no elements`)
	const root = rootOf(document)
	if ('reason' in root) return root
	const found: (readonly string[])[] = []
	for (const element of reached(root, steps)) {
		const texts = textsOf(follow([element], within.names), within.last)
		if ('reason' in texts) return texts
		found.push(texts.found)
	}
	return { found }
}

interface Steps {
	readonly from: 'top' | 'anywhere' | 'here'
	readonly names: readonly string[]
	/** `@name` or `text()`. */
	readonly last?: string
}

function stepsOf(path: string): Steps | Refusal {
	const parts = /^(\/\/?)?((?:(?:[\w.-]+|\*)(?:\/|$))*)(@[\w.-]+|text\(\))?$/.exec(path)
	const names = (parts?.[2] ?? '').split('/').filter((name) => name !== '')
	const isWhole = parts !== null && (parts[3] === undefined ? !path.endsWith('/') : true)
	const from = parts?.[1] === '//' ? 'anywhere' : parts?.[1] === '/' ? 'top' : 'here'
	if (!isWhole || (names.length === 0 && (from !== 'here' || parts[3] === undefined)))
		return refuse(`the XPath expression ${path} does more than name its nodes`)
	return { from, names, ...(parts[3] === undefined ? {} : { last: parts[3] }) }
}

function rootOf(document: string): XmlElement | Refusal {
	// A name without a prefix means an element without a namespace.
	if (/\bxmlns\b/.test(document)) return refuse('its XML document has namespaces')
	const { root } = readXml('SourceDocument', new TextEncoder().encode(document))
	return root ?? refuse('its XML document cannot be read')
}

/** An expression that begins with a name begins at the document, too, which holds nothing but its root. */
function reached(root: XmlElement, { from, names: [first = '', ...rest] }: Steps): readonly XmlElement[] {
	const start = from === 'anywhere' ? everyElement(root) : [root]
	return follow(
		start.filter((one) => fits(one, first)),
		rest,
	)
}

const fits = (one: XmlElement, name: string): boolean => name === '*' || one.name === name

const follow = (from: readonly XmlElement[], names: readonly string[]): readonly XmlElement[] =>
	names.reduce((elements, name) => elements.flatMap(({ children }) => children.filter((one) => fits(one, name))), from)

function everyElement(root: XmlElement): readonly XmlElement[] {
	const all: XmlElement[] = []
	walk(root, (one) => all.push(one))
	return all
}

function textsOf(elements: readonly XmlElement[], last: string | undefined): Texts {
	if (last?.startsWith('@') === true)
		return { found: elements.flatMap(({ attributes }) => attributes.get(last.slice(1)) ?? []) }
	// How texts between elements are joined is not kept.
	if (elements.some(({ children }) => children.length > 0)) return refuse('nodes of its XML document hold other nodes')
	return { found: elements.map(({ text }) => text).filter((text) => last === undefined || text !== '') }
}
