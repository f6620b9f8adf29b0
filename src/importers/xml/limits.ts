/** What an XML file may hold at most. Far beyond real exports, far below what hurts. */
export interface XmlLimits {
	readonly bytes: number
	/** Elements inside one another. */
	readonly depth: number
	readonly elements: number
	/** Attributes of one element. */
	readonly attributes: number
}

export const defaultLimits: XmlLimits = {
	bytes: 512 * 1024 * 1024,
	depth: 256,
	elements: 8_000_000,
	attributes: 1_000,
}
