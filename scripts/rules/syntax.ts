import { parseSync } from 'oxc-parser'
import type { SourceFile } from './finding.ts'

/** A node of the ESTree that oxc prints: a type, a range, and children that differ by type. */
export type SyntaxNode = { readonly type: string; readonly start: number; readonly [key: string]: unknown }

/** The syntax tree of a TypeScript file. Throws when the file does not parse: the type check says so better. */
export function parseSource(file: SourceFile): SyntaxNode {
	const { program, errors } = parseSync(file.path, file.text)
	const [error] = errors
	if (error !== undefined) throw new Error(`${file.path} does not parse: ${error.message}`)
	return toNode(program) ?? { type: 'Program', start: 0 }
}

/** Every node below `root` in source order, parents first, each with its parent. */
export function* walk(
	root: SyntaxNode,
	parent?: SyntaxNode,
): Generator<{ readonly node: SyntaxNode; readonly parent: SyntaxNode | undefined }> {
	yield { node: root, parent }
	for (const value of Object.values(root)) {
		for (const item of Array.isArray(value) ? value : [value]) {
			const child = toNode(item)
			if (child !== undefined) yield* walk(child, root)
		}
	}
}

/** The child of `node` under `key`, when it is a node. */
export function child(node: SyntaxNode | undefined, key: string): SyntaxNode | undefined {
	return toNode(node?.[key])
}

/** The children of `node` under `key`, when that is a list of nodes. */
export function children(node: SyntaxNode | undefined, key: string): readonly SyntaxNode[] {
	const list = node?.[key]
	return Array.isArray(list) ? list.map(toNode).filter((item) => item !== undefined) : []
}

/** The text of an identifier or string literal. */
export function nameOf(node: SyntaxNode | undefined): string | undefined {
	const name = node?.['name'] ?? node?.['value']
	return typeof name === 'string' ? name : undefined
}

/** The 1-based line of a position in a text. */
export function lineOf(text: string, offset: number): number {
	return text.slice(0, offset).split('\n').length
}

function toNode(value: unknown): SyntaxNode | undefined {
	return isNode(value) ? value : undefined
}

function isNode(value: unknown): value is SyntaxNode {
	return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}
