/** C# scripts: files, classes and their members. */
import type { Node } from 'web-tree-sitter'
import type { ClassSyntax, FieldSyntax, MethodSyntax, ParameterSyntax, Parsed, ScriptSyntax } from '../syntax.ts'
import { readExpression } from './expressions.ts'
import { withTree } from './grammar.ts'
import { children, field, lineOf, text, typeName } from './nodes.ts'
import { readBody } from './statements.ts'

/** Reads a whole file; a syntax error is a problem with its line. */
export function parseCSharp(source: string): Parsed {
	return withTree(source, (root) => {
		const wrong = firstError(root)
		if (wrong !== undefined) {
			const line = lineOf(wrong)
			const found = wrong.isMissing ? `${wrong.type} is missing` : `'${shown(wrong)}' was not expected`
			return { problem: { message: found, line } }
		}
		const script: ScriptSyntax = {
			language: 'csharp',
			imports: root.descendantsOfType('using_directive').map((one) =>
				text(one)
					.replace(/^using\s+|;$/g, '')
					.trim(),
			),
			classes: classesIn(root),
		}
		return { script }
	})
}

const shown = (node: Node): string => text(node).split('\n', 1)[0]?.slice(0, 40) ?? ''

function firstError(node: Node): Node | undefined {
	if (!node.hasError) return undefined
	if (node.isError || node.isMissing) return node
	for (const child of node.children) {
		const found = child === null ? undefined : firstError(child)
		if (found !== undefined) return found
	}
	return undefined
}

/** Classes of a file, in namespaces too; a class stands beside its parts. */
function classesIn(node: Node): readonly ClassSyntax[] {
	return children(node).flatMap((child) => {
		if (child.type === 'class_declaration' || child.type === 'struct_declaration') return [readClass(child)]
		if (child.type === 'namespace_declaration' || child.type === 'declaration_list') return classesIn(child)
		return []
	})
}

function readClass(node: Node): ClassSyntax {
	const body = field(node, 'body')
	const members = body === undefined ? [] : children(body)
	return {
		line: lineOf(node),
		name: textOf(node, 'name'),
		methods: members.flatMap((member) =>
			member.type === 'method_declaration' || member.type === 'constructor_declaration' ? [readMethod(member)] : [],
		),
		fields: members.flatMap(readFields),
		classes: body === undefined ? [] : classesIn(body),
		others: members.flatMap((member) => {
			const known = [
				'method_declaration',
				'constructor_declaration',
				'field_declaration',
				'class_declaration',
				'struct_declaration',
				'enum_declaration',
				'comment',
			]
			if (known.includes(member.type) || member.type.startsWith('preproc') || isAutomatic(member)) return []
			return [{ line: lineOf(member), what: member.type.replaceAll('_', ' '), name: textOf(member, 'name') }]
		}),
	}
}

const textOf = (node: Node, name: string): string => {
	const found = field(node, name)
	return found === undefined ? '' : text(found)
}

const hasModifier = (node: Node, ...wanted: readonly string[]): boolean =>
	children(node).some((child) => child.type === 'modifier' && wanted.includes(text(child)))

function readMethod(node: Node): MethodSyntax {
	const returns = field(node, 'returns') ?? field(node, 'type')
	const type = returns === undefined ? undefined : typeName(returns)
	const body = field(node, 'body')
	return {
		line: lineOf(node),
		name: textOf(node, 'name'),
		parameters: children(field(node, 'parameters')).flatMap(readParameter),
		...(type === undefined || type.name === 'void' ? {} : { returns: type }),
		body: body === undefined ? [] : readBody(body),
		isConstructor: node.type === 'constructor_declaration',
	}
}

function readParameter(node: Node): readonly ParameterSyntax[] {
	if (node.type !== 'parameter') return []
	const type = field(node, 'type')
	const value = children(node).at(-1)
	const hasDefault = /=/.test(text(node)) && value !== undefined
	return [
		{
			name: textOf(node, 'name'),
			...(type === undefined ? {} : { type: typeName(type) }),
			byReference: hasModifier(node, 'ref', 'out'),
			...(hasDefault ? { value: readExpression(value) } : {}),
		},
	]
}

function readFields(node: Node): readonly FieldSyntax[] {
	const line = lineOf(node)
	if (isAutomatic(node)) {
		const type = field(node, 'type')
		const value = field(node, 'value')
		const name = textOf(node, 'name')
		return [
			{
				line,
				name,
				...(type === undefined ? {} : { type: typeName(type) }),
				...(value === undefined ? {} : { value: readExpression(value) }),
				isConstant: false,
				isProperty: true,
			},
		]
	}
	if (node.type !== 'field_declaration') return []
	const declaration = children(node).find(({ type }) => type === 'variable_declaration')
	const type = field(declaration, 'type')
	return children(declaration)
		.filter((child) => child.type === 'variable_declarator')
		.map((one) => {
			const value = children(one).find((child) => child.id !== field(one, 'name')?.id)
			return {
				line: lineOf(one),
				name: textOf(one, 'name'),
				...(type === undefined ? {} : { type: typeName(type) }),
				...(value === undefined ? {} : { value: readExpression(value) }),
				isConstant: hasModifier(node, 'const'),
				isProperty: false,
			}
		})
}

/** `{ get; set; }` without bodies. */
function isAutomatic(node: Node): boolean {
	if (node.type !== 'property_declaration') return false
	const accessors = children(field(node, 'accessors'))
	return accessors.length > 0 && accessors.every((one) => field(one, 'body') === undefined)
}
