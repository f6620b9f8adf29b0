import type { SourceFile } from './finding.ts'
import { child, children, lineOf, nameOf, parseSource, type SyntaxNode, walk } from './syntax.ts'

/** One `import`, `export … from` or `import()` of a file. */
export type Import = {
	readonly specifier: string
	readonly line: number
	/** The imported names; `*` for a namespace, `default` for the default export. */
	readonly names: readonly string[]
}

const importTypes = new Set([
	'ImportDeclaration',
	'ExportNamedDeclaration',
	'ExportAllDeclaration',
	'ImportExpression',
	'TSImportType',
])

/** What a file imports, types included, in source order. */
export function importsOf(file: SourceFile): readonly Import[] {
	const found: Import[] = []
	for (const { node } of walk(parseSource(file))) {
		if (!importTypes.has(node.type)) continue
		const specifier = nameOf(child(node, 'source'))
		if (specifier === undefined) continue
		found.push({ specifier, line: lineOf(file.text, node.start), names: namesOf(node) })
	}
	return found
}

function namesOf(node: SyntaxNode): readonly string[] {
	if (node.type !== 'ImportDeclaration' && node.type !== 'ExportNamedDeclaration') return ['*']
	return children(node, 'specifiers').map((specifier) => {
		if (specifier.type === 'ImportNamespaceSpecifier') return '*'
		if (specifier.type === 'ImportDefaultSpecifier') return 'default'
		return nameOf(child(specifier, 'imported') ?? child(specifier, 'local')) ?? '*'
	})
}
