/** `a?.b.c()`: nothing of the chain is evaluated where `a` is null (C# specification 12.8.8, Visual Basic: null-conditional operators). */
import type { Syntax } from '../syntax.ts'
import { pathOf } from './members.ts'

/** The chain as a choice; undefined where it has no `?.`, or one behind something that may not be evaluated twice. */
export function shortCircuited(node: Syntax): Syntax | undefined {
	const found = firstConditional(node)
	if (found === undefined || pathOf(found.target) === undefined) return undefined
	const { line } = node
	const nothing: Syntax = { kind: 'literal', type: 'null', text: '', line }
	return {
		kind: 'conditional',
		condition: { kind: 'binary', operator: '==', left: found.target, right: nothing, line },
		then: nothing,
		otherwise: withMember(node, found, { ...found, conditional: false }),
		line,
	}
}

type Member = Extract<Syntax, { kind: 'member' }>

/** The one that is evaluated first stands deepest. */
function firstConditional(node: Syntax): Member | undefined {
	if (node.kind !== 'member' && node.kind !== 'call' && node.kind !== 'index') return undefined
	return firstConditional(node.target) ?? (node.kind === 'member' && node.conditional ? node : undefined)
}

function withMember(node: Syntax, old: Member, instead: Member): Syntax {
	if (node === old) return instead
	if (node.kind !== 'member' && node.kind !== 'call' && node.kind !== 'index') return node
	return { ...node, target: withMember(node.target, old, instead) }
}
