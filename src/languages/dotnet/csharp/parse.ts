/** C# scripts: files, classes and their members. */
import type { Node } from 'web-tree-sitter'
import type {
	ClassSyntax,
	FieldSyntax,
	MethodSyntax,
	ParameterSyntax,
	Parsed,
	ScriptSyntax,
	Statement,
} from '../syntax.ts'
import { enumeration, typeNamed } from '../syntax.ts'
import { ofType, readExpression } from './expressions.ts'
import { withTree } from './grammar.ts'
import { heldFunctions } from './held-functions.ts'
import { isFree } from './local-functions.ts'
import { children, field, lineOf, text, tokens, typeName } from './nodes.ts'
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
		if (child.type === 'enum_declaration') return [readEnumeration(child)]
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
		bases: children(children(node).find(({ type }) => type === 'base_list')).map((one) => text(one)),
		isStruct: node.type === 'struct_declaration',
		methods: members.flatMap((member) => {
			if (member.type === 'method_declaration' || member.type === 'constructor_declaration')
				return [readMethod(member), ...innerFunctions(member)]
			return member.type === 'property_declaration' && !isAutomatic(member) ? readProperty(member) : []
		}),
		fields: members.flatMap(readFields),
		classes: body === undefined ? [] : classesIn(body),
		others: members.flatMap((member) => {
			const known = [
				'method_declaration',
				'constructor_declaration',
				'field_declaration',
				'property_declaration',
				'class_declaration',
				'struct_declaration',
				'enum_declaration',
				'comment',
			]
			if (known.includes(member.type) || member.type.startsWith('preproc')) return []
			return [{ line: lineOf(member), what: member.type.replaceAll('_', ' '), name: textOf(member, 'name') }]
		}),
	}
}

/** An enumeration as a class without members: what it has are values. */
function readEnumeration(node: Node): ClassSyntax {
	const isFlags = children(node).some((one) => one.type === 'attribute_list' && /\bFlags\b/.test(text(one)))
	const values = children(field(node, 'body'))
		.filter(({ type }) => type === 'enum_member_declaration')
		.map((one) => {
			const value = field(one, 'value')
			return { name: textOf(one, 'name'), ...(value === undefined ? {} : { value: readExpression(value) }) }
		})
	return { ...enumeration(textOf(node, 'name'), values, lineOf(node)), bases: isFlags ? ['Flags'] : [] }
}

/** Functions inside the method that stand for themselves. */
const innerFunctions = (member: Node): readonly MethodSyntax[] => [
	...member.descendantsOfType('local_function_statement').filter(isFree).map(readMethod),
	...heldFunctions(member),
]

const textOf = (node: Node, name: string): string => {
	const found = field(node, name)
	return found === undefined ? '' : text(found)
}

const hasModifier = (node: Node, ...wanted: readonly string[]): boolean =>
	children(node).some((child) => child.type === 'modifier' && wanted.includes(text(child)))

function readMethod(node: Node): MethodSyntax {
	const returns = field(node, 'returns') ?? field(node, 'type')
	const type = returns === undefined ? undefined : typeName(returns)
	const isVoid = type === undefined || type.name === 'void'
	return {
		line: lineOf(node),
		name: textOf(node, 'name'),
		parameters: children(field(node, 'parameters')).flatMap(readParameter),
		...(isVoid ? {} : { returns: type }),
		body: bodyOf(node, isVoid),
		isConstructor: node.type === 'constructor_declaration',
		isStatic: hasModifier(node, 'static'),
	}
}

/** `=> x` of something that gives nothing is a call. */
function bodyOf(node: Node, isVoid: boolean): readonly Statement[] {
	const body = field(node, 'body')
	const read = body === undefined ? [] : readBody(body)
	return isVoid && body?.type === 'arrow_expression_clause' ? read.map(asCall) : read
}

function asCall(statement: Statement): Statement {
	return statement.kind === 'return' && statement.value !== undefined
		? { kind: 'expression', value: statement.value, line: statement.line }
		: statement
}

/** A property with bodies as the methods that its reader and its writer are. */
function readProperty(node: Node): readonly MethodSyntax[] {
	const type = field(node, 'type')
	const returns = type === undefined ? typeNamed('object') : typeName(type)
	const name = textOf(node, 'name')
	const value = field(node, 'value')
	const common = { line: lineOf(node), isConstructor: false, isStatic: hasModifier(node, 'static') }
	if (value?.type === 'arrow_expression_clause')
		return [{ ...common, name: `get ${name}`, parameters: [], returns, body: readBody(value) }]
	return children(field(node, 'accessors')).map((accessor) => {
		const body = field(accessor, 'body')
		const isReader = accessor.children.some((child) => child?.type === 'get')
		const line = lineOf(accessor)
		return isReader
			? {
					...common,
					line,
					name: `get ${name}`,
					parameters: [],
					returns,
					body: body === undefined ? [] : readBody(body),
				}
			: {
					...common,
					line,
					name: `set ${name}`,
					parameters: [{ name: 'value', type: returns, byReference: false }],
					body: bodyOf(accessor, true),
				}
	})
}

function readParameter(node: Node): readonly ParameterSyntax[] {
	if (node.type !== 'parameter') return []
	const type = field(node, 'type')
	const value = children(node).at(-1)
	const hasDefault = tokens(node).includes('=') && value !== undefined
	return [
		{
			name: textOf(node, 'name'),
			...(type === undefined ? {} : { type: typeName(type) }),
			byReference: hasModifier(node, 'ref', 'out'),
			...(hasModifier(node, 'this') ? { isReceiver: true as const } : {}),
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
				isStatic: hasModifier(node, 'static'),
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
				...(value === undefined
					? {}
					: { value: ofType(readExpression(value), type === undefined ? undefined : typeName(type)) }),
				isConstant: hasModifier(node, 'const'),
				isProperty: false,
				isStatic: hasModifier(node, 'static', 'const'),
			}
		})
}

/** `{ get; set; }` without bodies. */
function isAutomatic(node: Node): boolean {
	if (node.type !== 'property_declaration') return false
	const accessors = children(field(node, 'accessors'))
	return accessors.length > 0 && accessors.every((one) => field(one, 'body') === undefined)
}
