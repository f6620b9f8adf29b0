/** Small questions to nodes of the grammar. */
import type { Node } from 'web-tree-sitter'
import type { TypeName } from '../syntax.ts'
import { typeNamed } from '../syntax.ts'

export const text = (node: Node): string => node.text
export const lineOf = (node: Node): number => node.startPosition.row + 1

/** Named children without comments. */
export function children(node: Node | undefined): readonly Node[] {
	return (node?.namedChildren ?? []).filter((child): child is Node => child !== null && child.type !== 'comment')
}

export function field(node: Node | undefined, name: string): Node | undefined {
	return node?.childForFieldName(name) ?? undefined
}

/** Keyword and sign tokens of a node. */
export function tokens(node: Node): readonly string[] {
	return node.children.flatMap((child) => (child === null || child.isNamed ? [] : [child.type]))
}

export function typeName(node: Node): TypeName {
	switch (node.type) {
		case 'array_type': {
			const element = field(node, 'type')
			const inner = element === undefined ? typeNamed('object') : typeName(element)
			// A table is a list of its rows; `int[,]` has a comma in its brackets.
			const rank = field(node, 'rank')
			const commas = rank === undefined ? 0 : tokens(rank).filter((one) => one === ',').length
			return { ...inner, dimensions: inner.dimensions + 1 + commas }
		}
		case 'nullable_type': {
			const element = field(node, 'type') ?? children(node)[0]
			return { ...(element === undefined ? typeNamed('object') : typeName(element)), nullable: true }
		}
		case 'generic_name': {
			const [name, list] = children(node)
			return { ...typeNamed(name === undefined ? '' : text(name)), args: children(list).map(typeName) }
		}
		case 'qualified_name': {
			const name = field(node, 'name')
			if (name?.type === 'generic_name') return typeName(name)
			return typeNamed(text(node))
		}
		default:
			return typeNamed(text(node))
	}
}
