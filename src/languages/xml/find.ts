/** What a path finds in a document (W3C: XML Path Language 1.0). */
import type { XmlPath, XmlStep, XmlTest } from '#model/xml-queries.ts'
import type { XmlNode } from './document.ts'
import { childElements, innerText } from './document.ts'

/** What the steps find from a node on, in the order of the document. */
export function elementsOf(start: XmlNode, { steps }: XmlPath): readonly XmlNode[] {
	const places = new Map(selfAndBelow(start).map((node, place) => [node, place]))
	const placeOf = (node: XmlNode): number => places.get(node) ?? 0
	return steps
		.reduce((nodes: readonly XmlNode[], step) => take(nodes, step), [start])
		.toSorted((left, right) => placeOf(left) - placeOf(right))
}

export function textsOf(start: XmlNode, path: XmlPath): readonly string[] {
	const { last } = path
	const found = elementsOf(start, path)
	if (last === undefined) return found.map(innerText)
	return last.kind === 'attribute'
		? found.flatMap(({ attributes }) => attributes.get(last.name) ?? [])
		: found.flatMap(({ content }) => content.filter((part) => typeof part === 'string'))
}

/** The elements of a step, each once. */
function take(nodes: readonly XmlNode[], step: XmlStep): readonly XmlNode[] {
	const below = step.isBelow ? [...new Set(nodes.flatMap(selfAndBelow))] : nodes
	return below.flatMap((node) => fitting(childElements(node), step))
}

function fitting(children: readonly XmlNode[], { name, place, tests }: XmlStep): readonly XmlNode[] {
	const named = children.filter((child) => name === '*' || child.name === name)
	const placed = place === undefined ? named : named.slice(place - 1, place)
	return placed.filter((child) => tests.every((test) => holds(child, test)))
}

function holds(element: XmlNode, { of, name, text }: XmlTest): boolean {
	const texts =
		of === 'attribute'
			? [element.attributes.get(name)].filter((value) => value !== undefined)
			: childElements(element)
					.filter((child) => child.name === name)
					.map(innerText)
	return text === undefined ? texts.length > 0 : texts.includes(text)
}

function selfAndBelow(node: XmlNode): readonly XmlNode[] {
	return [node, ...childElements(node).flatMap(selfAndBelow)]
}
