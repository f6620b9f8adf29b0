/** JSON as it stands in a file: every value with its line, numbers with all their digits. */
export type JsonNode = JsonObject | JsonArray | JsonScalar

export interface JsonObject {
	readonly kind: 'object'
	/** Keys come from files, so this is no plain object: one may be `__proto__`. Of equal keys the last counts. */
	readonly members: ReadonlyMap<string, JsonNode>
	readonly line: number
}

export interface JsonArray {
	readonly kind: 'array'
	readonly items: readonly JsonNode[]
	readonly line: number
}

export interface JsonScalar {
	readonly kind: 'text' | 'number' | 'boolean' | 'null'
	/** A text without quotes and escapes; everything else as written; null is empty. */
	readonly text: string
	readonly line: number
}

/** The value at the end of a path of keys; undefined where there is none. */
export function nodeAt(node: JsonNode | undefined, ...path: readonly string[]): JsonNode | undefined {
	return path.reduce<JsonNode | undefined>(
		(found, key) => (found?.kind === 'object' ? found.members.get(key) : undefined),
		node,
	)
}

/** A text, number or boolean as text; empty where there is none. */
export function textAt(node: JsonNode | undefined, ...path: readonly string[]): string {
	const found = nodeAt(node, ...path)
	return found === undefined || found.kind === 'object' || found.kind === 'array' ? '' : found.text
}

/** The items of a list; of anything else none. */
export function itemsAt(node: JsonNode | undefined, ...path: readonly string[]): readonly JsonNode[] {
	const found = nodeAt(node, ...path)
	return found?.kind === 'array' ? found.items : []
}

/** Key and value of every member of an object; of anything else none. */
export function membersAt(
	node: JsonNode | undefined,
	...path: readonly string[]
): readonly (readonly [key: string, value: JsonNode])[] {
	const found = nodeAt(node, ...path)
	return found?.kind === 'object' ? [...found.members] : []
}
