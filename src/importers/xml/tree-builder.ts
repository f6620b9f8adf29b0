import type { SaxesAttributeNS, SaxesTagNS } from 'saxes'
import type { XmlElement } from './element.ts'
import type { XmlLimits } from './limits.ts'

/** What a caller does not want to be kept; it is still checked, but costs no memory. */
export interface XmlFilter {
	/** Canonical prefix by namespace URI. Names of other namespaces keep the prefix of the file. */
	readonly prefixes: ReadonlyMap<string, string>
	/** Leave out the element and all inside? */
	skipElement?(name: string, parent: string | undefined): boolean
	skipAttribute?(element: string, attribute: string): boolean
	/** Takes an element directly below the root as soon as it ends; the root then does not keep it. */
	take?(element: XmlElement): void
}

/** Thrown inside the parser's events and caught by the reader: a file beyond a limit, or with forbidden parts. */
export class XmlStop extends Error {
	readonly code: 'xml/forbidden' | 'xml/limit'
	constructor(code: 'xml/forbidden' | 'xml/limit', message: string) {
		super(message)
		this.code = code
	}
}

interface OpenElement {
	name: string
	attributes: Map<string, string>
	children: XmlElement[]
	text: string
	start: number
}

const LONGEST_INTERNED = 64
const MOST_INTERNED = 50_000
const none: readonly XmlElement[] = []

/** Makes the tree from the parser's events. */
export class TreeBuilder {
	root: XmlElement | undefined
	readonly #filter: XmlFilter
	readonly #limits: XmlLimits
	readonly #open: OpenElement[] = []
	readonly #interned = new Map<string, string>()
	#skipped = 0
	#elements = 0
	#attributes = 0
	#startLine = 1

	constructor(filter: XmlFilter, limits: XmlLimits) {
		this.#filter = filter
		this.#limits = limits
	}

	/** The name of a tag was read; its attributes follow. */
	start(line: number): void {
		this.#startLine = line
		this.#attributes = 0
		this.#elements += 1
		if (this.#elements > this.#limits.elements)
			throw new XmlStop('xml/limit', `more than ${this.#limits.elements} elements`)
		if (this.#open.length + this.#skipped >= this.#limits.depth) {
			throw new XmlStop('xml/limit', `more than ${this.#limits.depth} elements inside one another`)
		}
	}

	attribute(): void {
		this.#attributes += 1
		if (this.#attributes > this.#limits.attributes) {
			throw new XmlStop('xml/limit', `more than ${this.#limits.attributes} attributes on one element`)
		}
	}

	open(tag: SaxesTagNS): void {
		const parent = this.#open.at(-1)
		const name = this.#name(tag.uri, tag.prefix, tag.local)
		if (this.#skipped > 0 || this.#filter.skipElement?.(name, parent?.name)) {
			this.#skipped += 1
			return
		}
		const attributes = new Map<string, string>()
		for (const attribute of Object.values<SaxesAttributeNS>(tag.attributes)) {
			if (attribute.prefix === 'xmlns' || attribute.name === 'xmlns') continue
			const key = this.#name(attribute.uri, attribute.prefix, attribute.local)
			if (!this.#filter.skipAttribute?.(name, key)) attributes.set(key, this.#intern(attribute.value))
		}
		this.#open.push({ name, attributes, children: [], text: '', start: this.#startLine })
	}

	text(text: string): void {
		const top = this.#open.at(-1)
		if (top === undefined || this.#skipped > 0) return
		top.text += text
	}

	close(line: number): void {
		if (this.#skipped > 0) {
			this.#skipped -= 1
			return
		}
		const top = this.#open.pop()
		if (top === undefined) return
		const { name, attributes, children, start } = top
		// Blanks between elements are layout; a leaf keeps every blank.
		const text = children.length > 0 && top.text.trim() === '' ? '' : this.#intern(top.text)
		const element = {
			name,
			attributes,
			children: children.length === 0 ? none : children,
			text,
			lines: { start, end: line },
		}
		const parent = this.#open.at(-1)
		if (parent === undefined) this.root = element
		else if (this.#open.length === 1 && this.#filter.take !== undefined) this.#filter.take(element)
		else parent.children.push(element)
	}

	#name(uri: string, prefix: string, local: string): string {
		const known = uri === '' ? undefined : this.#filter.prefixes.get(uri)
		const usual = known ?? prefix
		return this.#intern(usual === '' ? local : `${usual}:${local}`)
	}

	/** Exports repeat the same few names and values a hundred thousand times: one copy of each short one is kept. */
	#intern(value: string): string {
		if (value.length > LONGEST_INTERNED) return value
		const known = this.#interned.get(value)
		if (known !== undefined) return known
		if (this.#interned.size < MOST_INTERNED) this.#interned.set(value, value)
		return value
	}
}
