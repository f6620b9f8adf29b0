/** Functions inside methods that use no local around them: they are methods of the class like any other. */
import type { Node } from 'web-tree-sitter'
import { children, field, text } from './nodes.ts'

/** The names that a piece of code declares: parameters, locals, names of loops. */
function declaredIn(node: Node): ReadonlySet<string> {
	const kinds = ['variable_declarator', 'parameter', 'declaration_expression', 'catch_declaration']
	const names = node.descendantsOfType(kinds).flatMap((one) => field(one, 'name') ?? [])
	const each = node.descendantsOfType('foreach_statement').flatMap((one) => field(one, 'left') ?? [])
	const implicit = node.descendantsOfType('implicit_parameter')
	return new Set([...names, ...each, ...implicit].map(text))
}

function methodAround(node: Node): Node | undefined {
	let around = node.parent
	while (around !== null && !/^(?:method|constructor|property)_declaration$/.test(around.type)) around = around.parent
	return around ?? undefined
}

/** Does it use no name that the method around it declares? */
export function isFree(inner: Node): boolean {
	const method = methodAround(inner)
	if (method === undefined) return false
	const own = declaredIn(inner)
	const around = declaredIn(method)
	return inner
		.descendantsOfType('identifier')
		.map(text)
		.every((name) => own.has(name) || !around.has(name))
}

/** The lambda that a local of a type `Func` or `Action` holds. */
export function heldLambda(declaration: Node): Node | undefined {
	const type = field(declaration, 'type')
	const [declarator, ...more] = children(declaration).filter((child) => child.type === 'variable_declarator')
	if (type === undefined || declarator === undefined || more.length > 0) return undefined
	if (!/^(?:System\.)?(?:Func|Action)\b/.test(text(type))) return undefined
	const lambda = children(declarator).at(-1)
	return lambda?.type === 'lambda_expression' && isFree(lambda) ? lambda : undefined
}
