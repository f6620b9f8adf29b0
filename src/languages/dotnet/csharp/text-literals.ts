/** Texts of C# string and character literals (C# specification, lexical structure). */
import type { Node } from 'web-tree-sitter'
import { text } from './nodes.ts'

export function stringOf(node: Node): string {
	const written = text(node)
	if (node.type === 'verbatim_string_literal') return written.slice(2, -1).replaceAll('""', '"')
	if (node.type === 'raw_string_literal') return written.replace(/^"{3,}|"{3,}$/g, '')
	return unescaped(written.slice(1, -1))
}

export function characterOf(node: Node): string {
	return unescaped(text(node).slice(1, -1))
}

const short: Readonly<Record<string, string>> = {
	n: '\n',
	r: '\r',
	t: '\t',
	'0': '\0',
	a: '\x07',
	b: '\b',
	f: '\f',
	v: '\v',
}

export function unescaped(written: string): string {
	return written.replace(/\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{1,4}|.)/gs, (_all, code: string) => {
		const isNumber = /^[uUx]./.test(code)
		return isNumber ? String.fromCodePoint(Number.parseInt(code.slice(1), 16)) : (short[code] ?? code)
	})
}
