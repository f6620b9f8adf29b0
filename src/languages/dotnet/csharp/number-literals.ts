/** Literals of numbers, with the type that C# gives them (C# specification 6.4.5). */
import type { Node } from 'web-tree-sitter'
import type { LiteralKind, Syntax } from '../syntax.ts'
import { lineOf, text } from './nodes.ts'

export function numberOf(node: Node): Syntax {
	const written = text(node).replaceAll('_', '').toLowerCase()
	const line = lineOf(node)
	const isHex = written.startsWith('0x')
	const [, digits = written, suffix = ''] = /^(0x[0-9a-f]+|0b[01]+|[0-9.]+(?:e[+-]?\d+)?)([a-z]*)$/.exec(written) ?? []
	const isReal = !isHex && /[.e]/.test(digits)
	const bySuffix: Readonly<Record<string, LiteralKind>> = {
		m: 'decimal',
		d: 'double',
		f: 'float',
		l: 'long',
		u: 'uint',
		ul: 'ulong',
		lu: 'ulong',
	}
	const type = bySuffix[suffix] ?? (isReal ? 'double' : sized(digits))
	return {
		kind: 'literal',
		type,
		text: isReal
			? digits
			: String(type === 'double' || type === 'float' || type === 'decimal' ? digits : BigInt(digits)),
		line,
	}
}

/** The first of int, uint, long, ulong that holds it (C# specification, integer literals). */
function sized(digits: string): LiteralKind {
	const value = BigInt(digits)
	if (value < 2n ** 31n) return 'int'
	if (value < 2n ** 32n) return 'uint'
	return value < 2n ** 63n ? 'long' : 'ulong'
}
