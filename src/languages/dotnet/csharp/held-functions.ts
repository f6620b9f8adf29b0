/** `Func<string, string> f = s => …;`: a local that stands for a method. */
import type { Node } from 'web-tree-sitter'
import type { MethodSyntax, ParameterSyntax, Statement } from '../syntax.ts'
import { readExpression } from './expressions.ts'
import { heldLambda } from './local-functions.ts'
import { children, field, lineOf, text, typeName } from './nodes.ts'
import { readBody } from './statements.ts'

/** The methods that such locals stand for. */
export function heldFunctions(method: Node): readonly MethodSyntax[] {
	return method.descendantsOfType('variable_declaration').flatMap((declaration): readonly MethodSyntax[] => {
		const lambda = heldLambda(declaration)
		const type = field(declaration, 'type')
		if (lambda === undefined || type === undefined) return []
		const { name, args } = typeName(type)
		const gives = /Func$/.test(name)
		const returns = gives ? args.at(-1) : undefined
		const called = children(declaration).find((child) => child.type === 'variable_declarator')
		const line = lineOf(declaration)
		return [
			{
				line,
				name: text(field(called, 'name') ?? declaration),
				parameters: parametersOf(lambda).map((one, at): ParameterSyntax => {
					const given = args[at]
					return { name: one, byReference: false, ...(given === undefined ? {} : { type: given }) }
				}),
				...(returns === undefined ? {} : { returns }),
				body: bodyOf(lambda, gives, line),
				isConstructor: false,
				isStatic: false,
			},
		]
	})
}

function parametersOf(lambda: Node): readonly string[] {
	const parameters = field(lambda, 'parameters')
	if (parameters === undefined) return []
	if (parameters.type === 'implicit_parameter' || parameters.type === 'identifier') return [text(parameters)]
	return children(parameters)
		.filter(({ type }) => type === 'parameter' || type === 'implicit_parameter' || type === 'identifier')
		.map((one) => text(field(one, 'name') ?? one))
}

function bodyOf(lambda: Node, gives: boolean, line: number): readonly Statement[] {
	const body = field(lambda, 'body')
	if (body === undefined) return []
	if (body.type === 'block') return readBody(body)
	const value = readExpression(body)
	return [gives ? { kind: 'return', value, line } : { kind: 'expression', value, line }]
}
