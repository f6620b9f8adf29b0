import type { LineRange } from '#model/provenance.ts'

/** A light XML element: names and values decoded, positions as lines of the file. */
export interface XmlElement {
	/** Canonical name: a known namespace as its usual prefix (`DTS:Variable`), whatever prefix the file uses. */
	readonly name: string
	/** Attribute values by canonical name. A map, for a name from a file may be `__proto__`. */
	readonly attributes: ReadonlyMap<string, string>
	readonly children: readonly XmlElement[]
	/** Character data directly inside the element, CDATA included, joined. */
	readonly text: string
	readonly lines: LineRange
}

export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
	return element.children.filter((child) => child.name === name)
}

export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
	return element?.children.find((child) => child.name === name)
}

/** Elements `item` that stand in a `list` element or directly in the parent: newer formats wrap what older ones did not. */
export function listOf(element: XmlElement | undefined, list: string, item: string): readonly XmlElement[] {
	if (element === undefined) return []
	return element.children.flatMap((child) => {
		if (child.name === item) return [child]
		return child.name === list ? childrenOf(child, item) : []
	})
}

/** Visits an element and everything below it, parents first. A loop, not recursion: depth is the file's choice. */
export function walk(element: XmlElement, see: (element: XmlElement) => void): void {
	const pending = [element]
	for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
		see(next)
		for (let index = next.children.length - 1; index >= 0; index -= 1) {
			const child = next.children[index]
			if (child !== undefined) pending.push(child)
		}
	}
}
