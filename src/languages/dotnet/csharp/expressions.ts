/** C# expressions. */
import type { Node } from 'web-tree-sitter'
import type { Argument, BinaryOperator, Syntax, TypeName } from '../syntax.ts'
import { typeNamed } from '../syntax.ts'
import { children, field, lineOf, text, tokens, typeName } from './nodes.ts'
import { numberOf } from './number-literals.ts'
import { characterOf, stringOf, unescaped } from './text-literals.ts'

const operators: Readonly<Record<string, BinaryOperator>> = {
	'&&': 'and',
	'||': 'or',
	'??': 'coalesce',
	'^': 'xor',
}

const plainOperators: ReadonlySet<string> = new Set([
	'+',
	'-',
	'*',
	'/',
	'%',
	'&',
	'|',
	'<<',
	'>>',
	'==',
	'!=',
	'<',
	'<=',
	'>',
	'>=',
])

export function binaryOperator(sign: string): BinaryOperator | undefined {
	return plainOperators.has(sign) ? (sign as BinaryOperator) : operators[sign]
}

export const outside = (node: Node, what = node.type.replaceAll('_', ' ')): Syntax => ({
	kind: 'other',
	what,
	line: lineOf(node),
})

export function readExpression(node: Node): Syntax {
	const line = lineOf(node)
	const inner = (name: string): Syntax => {
		const found = field(node, name)
		return found === undefined ? outside(node) : readExpression(found)
	}
	switch (node.type) {
		case 'integer_literal':
		case 'real_literal':
			return numberOf(node)
		case 'string_literal':
		case 'verbatim_string_literal':
		case 'raw_string_literal':
			return { kind: 'literal', type: 'string', text: stringOf(node), line }
		case 'character_literal':
			return { kind: 'literal', type: 'char', text: characterOf(node), line }
		case 'boolean_literal':
			return { kind: 'literal', type: 'boolean', text: text(node), line }
		case 'null_literal':
			return { kind: 'literal', type: 'null', text: '', line }
		case 'identifier':
			return { kind: 'name', name: text(node).replace(/^@/, ''), line }
		case 'this':
		case 'this_expression':
			return { kind: 'name', name: 'this', line }
		case 'base':
		case 'base_expression':
			return { kind: 'name', name: 'base', line }
		case 'predefined_type':
		case 'array_type':
		case 'nullable_type':
		case 'generic_name':
			return { kind: 'type', type: typeName(node), line }
		case 'qualified_name':
			return {
				kind: 'member',
				target: inner('qualifier'),
				name: text(field(node, 'name') ?? node),
				conditional: false,
				line,
			}
		case 'parenthesized_expression':
			return only(node)
		case 'member_access_expression':
			return member(node, line)
		case 'conditional_access_expression':
			return conditionalAccess(node)
		case 'invocation_expression':
			return invocation(node, line)
		case 'element_access_expression':
			return { kind: 'index', target: inner('expression'), args: readArguments(field(node, 'subscript')), line }
		case 'object_creation_expression':
		case 'implicit_object_creation_expression':
			return creation(node, line)
		case 'array_creation_expression':
		case 'implicit_array_creation_expression':
		case 'initializer_expression':
			return array(node, line)
		case 'binary_expression':
			return binary(node, line)
		case 'prefix_unary_expression':
		case 'postfix_unary_expression':
			return unary(node, line)
		case 'conditional_expression':
			return {
				kind: 'conditional',
				condition: inner('condition'),
				then: inner('consequence'),
				otherwise: inner('alternative'),
				line,
			}
		case 'cast_expression':
			return { kind: 'cast', type: named(field(node, 'type')), operand: inner('value'), soft: false, line }
		case 'as_expression':
			return { kind: 'cast', type: named(field(node, 'right')), operand: inner('left'), soft: true, line }
		case 'is_expression':
			return { kind: 'type-test', type: named(field(node, 'right')), operand: inner('left'), line }
		case 'typeof_expression':
			return { kind: 'type', type: named(field(node, 'type')), line }
		case 'default_expression':
			return { kind: 'literal', type: 'null', text: '', line }
		case 'switch_expression':
			return switched(node, line)
		case 'is_pattern_expression':
			return matched(inner('expression'), field(node, 'pattern'), line) ?? outside(node, 'a pattern')
		case 'lambda_expression':
			return lambda(node, line)
		case 'interpolated_string_expression':
			return interpolated(node, line)
		case 'assignment_expression':
			return tokens(field(node, 'operator') ?? node).includes('=') || text(field(node, 'operator') ?? node) === '='
				? { kind: 'assignment', target: inner('left'), value: inner('right'), line }
				: outside(node)
		default:
			return outside(node)
	}
}

/** The question whether a value that may be evaluated twice is of a pattern. */
function matched(value: Syntax, pattern: Node | undefined, line: number): Syntax | undefined {
	if (pattern === undefined) return undefined
	const parts = children(pattern)
	const [first, second] = parts
	const sides = (operator: 'and' | 'or'): Syntax | undefined => {
		const [left, right] = [matched(value, first, line), matched(value, second, line)]
		return left === undefined || right === undefined ? undefined : { kind: 'binary', operator, left, right, line }
	}
	switch (pattern.type) {
		case 'constant_pattern':
			return first === undefined || first.type === 'binary_expression'
				? undefined
				: { kind: 'binary', operator: '==', left: value, right: readExpression(first), line }
		case 'relational_pattern': {
			const operator = binaryOperator(tokens(pattern)[0] ?? '')
			return first === undefined || operator === undefined
				? undefined
				: { kind: 'binary', operator, left: value, right: readExpression(first), line }
		}
		case 'negated_pattern': {
			const operand = matched(value, first, line)
			return operand === undefined ? undefined : { kind: 'unary', operator: 'not', operand, line }
		}
		case 'or_pattern':
			return sides('or')
		case 'and_pattern':
			return sides('and')
		case 'parenthesized_pattern':
			return matched(value, first, line)
		case 'declaration_pattern': {
			const [type, name] = [field(pattern, 'type'), field(pattern, 'name')]
			if (type === undefined || name === undefined) return undefined
			return { kind: 'type-test', type: typeName(type), operand: value, name: text(name), line }
		}
		default:
			return undefined
	}
}

/** `x switch { … }` as a chain of choices, where it has an answer for everything. */
function switched(node: Node, line: number): Syntax {
	const [head, ...arms] = children(node)
	if (head === undefined || !['identifier', 'member_access_expression'].includes(head.type))
		return outside(node, 'a switch over a value that is computed')
	const value = readExpression(head)
	let whole: Syntax | undefined
	for (const arm of arms.toReversed()) {
		const [pattern, result, ...more] = children(arm)
		if (pattern === undefined || result === undefined || more.length > 0)
			return outside(node, 'a pattern with a condition')
		const then = readExpression(result)
		const condition = pattern.type === 'discard' ? undefined : matched(value, pattern, line)
		if (pattern.type === 'discard' && whole === undefined) whole = then
		else if (condition === undefined) return outside(node, 'a pattern')
		else if (whole === undefined) return outside(node, 'a switch without an answer for everything else')
		else whole = { kind: 'conditional', condition, then, otherwise: whole, line }
	}
	return whole ?? outside(node)
}

/** `x => …`. */
function lambda(node: Node, line: number): Syntax {
	const body = field(node, 'body')
	const parameters = field(node, 'parameters')
	const listed = children(parameters).filter(({ type }) => type === 'parameter')
	const names =
		parameters === undefined || parameters.type === 'implicit_parameter'
			? [parameters === undefined ? '' : text(parameters)]
			: listed.map((one) => text(field(one, 'name') ?? one))
	if (body === undefined || body.type === 'block') return outside(node, 'a lambda with statements')
	return { kind: 'lambda', parameters: names, body: readExpression(body), line }
}

/** `new()` is of the type that its place has. */
export function ofType(value: Syntax, type: TypeName | undefined): Syntax {
	return value.kind === 'new' && value.type.name === '' && type !== undefined ? { ...value, type } : value
}

const named = (node: Node | undefined): TypeName => (node === undefined ? typeNamed('object') : typeName(node))

function only(node: Node): Syntax {
	const [inside] = children(node)
	return inside === undefined ? outside(node) : readExpression(inside)
}

function member(node: Node, line: number): Syntax {
	const name = field(node, 'name')
	const target = field(node, 'expression')
	// `this` and `base` are tokens of the grammar, not nodes.
	const first = node.children.find((child) => child !== null && child.type !== 'comment')
	const from: Syntax =
		target !== undefined
			? readExpression(target)
			: { kind: 'name', name: first === null || first === undefined ? 'this' : text(first), line }
	if (name === undefined) return outside(node)
	return {
		kind: 'member',
		target: from,
		name: text(name.type === 'generic_name' ? (children(name)[0] ?? name) : name),
		conditional: false,
		line,
	}
}

/** `a?.b` and `a?.b.c`: only the step right after the question mark is conditional. */
function conditionalAccess(node: Node): Syntax {
	const condition = field(node, 'condition')
	const binding = children(node).find((child) => child.id !== condition?.id)
	if (condition === undefined || binding?.type !== 'member_binding_expression')
		return outside(node, 'conditional access')
	const name = field(binding, 'name')
	if (name === undefined) return outside(node)
	return { kind: 'member', target: readExpression(condition), name: text(name), conditional: true, line: lineOf(node) }
}

function invocation(node: Node, line: number): Syntax {
	const target = field(node, 'function')
	if (target === undefined) return outside(node)
	const name = target.type === 'member_access_expression' ? field(target, 'name') : target
	const typeArgs = name?.type === 'generic_name' ? typeName(name).args : []
	const called: Syntax =
		target.type === 'generic_name' ? { kind: 'name', name: typeName(target).name, line } : readExpression(target)
	return { kind: 'call', target: called, args: readArguments(field(node, 'arguments')), typeArgs, line }
}

function readArguments(node: Node | undefined): readonly Argument[] {
	return children(node)
		.filter((child) => child.type === 'argument')
		.map((argument) => {
			const signs = tokens(argument)
			const value = children(argument).at(-1)
			const name = field(argument, 'name')
			const declared = value?.type === 'declaration_expression' ? field(value, 'name') : undefined
			return {
				value:
					value === undefined
						? outside(argument)
						: declared === undefined
							? readExpression(value)
							: { kind: 'name', name: text(declared), line: lineOf(declared) },
				...(declared === undefined ? {} : { declares: true as const }),
				...(name === undefined ? {} : { name: text(name) }),
				byReference: signs.includes('ref') || signs.includes('out') || /^(?:ref|out)\s/.test(text(argument)),
			}
		})
}

function creation(node: Node, line: number): Syntax {
	const initializer = field(node, 'initializer') ?? children(node).find(({ type }) => type === 'initializer_expression')
	const made = {
		kind: 'new',
		type: node.type.startsWith('implicit') ? typeNamed('') : named(field(node, 'type')),
		args: readArguments(field(node, 'arguments') ?? children(node).find(({ type }) => type === 'argument_list')),
		line,
	} as const
	if (initializer === undefined) return made
	const parts = children(initializer)
	if (parts.some((part) => field(part, 'left')?.type === 'element_binding_expression'))
		return { ...made, items: parts.map(keyedItem) }
	if (parts.some((part) => part.type === 'assignment_expression')) {
		const members = parts.map((part) => {
			const left = field(part, 'left')
			const right = field(part, 'right')
			return {
				name: left === undefined ? '' : text(left),
				value: right === undefined ? outside(part) : readExpression(right),
			}
		})
		return { ...made, members }
	}
	return { ...made, items: parts.map(readExpression) }
}

/** `[key] = value` in the braces of a dictionary. */
function keyedItem(part: Node): Syntax {
	const [key] = readArguments(field(part, 'left'))
	const value = field(part, 'right')
	if (key === undefined || value === undefined) return outside(part)
	return { kind: 'array', items: [key.value, readExpression(value)], line: lineOf(part) }
}

function array(node: Node, line: number): Syntax {
	const initializer =
		node.type === 'initializer_expression'
			? node
			: children(node).find((child) => child.type === 'initializer_expression')
	const type = field(node, 'type')
	const items = children(initializer).map(readExpression)
	const rank = type === undefined ? undefined : field(type, 'rank')
	const [size, columns, ...more] = children(rank)
	if (more.length > 0 || (columns !== undefined && initializer !== undefined))
		return outside(node, 'a table with items')
	return {
		kind: 'array',
		...(type === undefined ? {} : { type: typeName(type) }),
		items,
		...(initializer === undefined && size !== undefined ? { size: readExpression(size) } : {}),
		...(columns === undefined ? {} : { columns: readExpression(columns) }),
		line,
	}
}

function binary(node: Node, line: number): Syntax {
	const left = field(node, 'left')
	const right = field(node, 'right')
	const sign = field(node, 'operator')?.type ?? tokens(node)[0] ?? ''
	const operator = binaryOperator(sign)
	if (left === undefined || right === undefined || operator === undefined) return outside(node, `the operator ${sign}`)
	return { kind: 'binary', operator, left: readExpression(left), right: readExpression(right), line }
}

function unary(node: Node, line: number): Syntax {
	const [operand] = children(node)
	const sign = tokens(node)[0] ?? ''
	if (operand === undefined) return outside(node)
	const value = readExpression(operand)
	if (sign === '++' || sign === '--') {
		return {
			kind: 'step',
			target: value,
			by: sign === '++' ? 1 : -1,
			prefix: node.type === 'prefix_unary_expression',
			line,
		}
	}
	if (sign === '!') return { kind: 'unary', operator: 'not', operand: value, line }
	if (sign === '-' || sign === '+' || sign === '~') return { kind: 'unary', operator: sign, operand: value, line }
	return outside(node, `the operator ${sign}`)
}

function interpolated(node: Node, line: number): Syntax {
	const isVerbatim = text(node).startsWith('$@') || text(node).startsWith('@$')
	const parts = children(node).flatMap((part): Extract<Syntax, { kind: 'interpolated' }>['parts'] => {
		if (part.type === 'string_content') {
			const plain = text(part).replaceAll('{{', '{').replaceAll('}}', '}')
			return [isVerbatim ? plain.replaceAll('""', '"') : unescaped(plain)]
		}
		if (part.type === 'escape_sequence') return [unescaped(text(part))]
		if (part.type !== 'interpolation') return []
		const value = children(part).find((child) => !child.type.startsWith('interpolation_'))
		const clause = children(part).find((child) => child.type === 'interpolation_format_clause')
		if (value === undefined) return [{ value: outside(part), format: '' }]
		const room = children(part).find((child) => child.type === 'interpolation_alignment_clause')
		const [width] = room === undefined ? [] : children(room).map(readExpression)
		const format = clause === undefined ? '' : text(clause).replace(/^:/, '')
		return [{ value: readExpression(value), format, ...(width === undefined ? {} : { width }) }]
	})
	return { kind: 'interpolated', parts, line }
}
