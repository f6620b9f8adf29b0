/**
 * The C# grammar, loaded once when this module is imported: it is part of the program as an imported module is, and parsing
 * itself stays synchronous and pure (docs/decisions: 0007).
 */
import { createRequire } from 'node:module'
import type { Node } from 'web-tree-sitter'
import { Language, Parser } from 'web-tree-sitter'

await Parser.init()
const grammar = await Language.load(
	createRequire(import.meta.url).resolve('tree-sitter-c-sharp/tree-sitter-c_sharp.wasm'),
)

/** Gives the root of the syntax tree to `see`; the tree lives in the memory of the grammar and is freed afterwards. */
export function withTree<T>(text: string, see: (root: Node) => T): T {
	const parser = new Parser()
	parser.setLanguage(grammar)
	const tree = parser.parse(text)
	if (tree === null) throw new Error('the C# grammar gave no tree')
	try {
		return see(tree.rootNode)
	} finally {
		tree.delete()
		parser.delete()
	}
}
