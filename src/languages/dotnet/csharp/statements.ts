/** C# statements. */
import type { Node } from 'web-tree-sitter'
import type { CatchClause, LocalSyntax, Statement, SwitchCase, Syntax, TypeName } from '../syntax.ts'
import { binaryOperator, ofType, outside, readExpression } from './expressions.ts'
import { heldLambda, isFree } from './local-functions.ts'
import { children, field, lineOf, text, tokens, typeName } from './nodes.ts'

/** Statements of a block, or the one statement that stands in its place. */
export function readBody(node: Node): readonly Statement[] {
	if (node.type === 'arrow_expression_clause') {
		const [value] = children(node)
		return value === undefined ? [] : [{ kind: 'return', value: readExpression(value), line: lineOf(node) }]
	}
	if (node.type !== 'block') return readStatement(node)
	return readSequence(children(node))
}

/** `using var x = …;` holds to the end of its block. */
function readSequence(nodes: readonly Node[]): readonly Statement[] {
	const at = nodes.findIndex((one) => one.type === 'local_declaration_statement' && tokens(one).includes('using'))
	const held = at === -1 ? undefined : nodes[at]
	const declaration = children(held).find(({ type }) => type === 'variable_declaration')
	if (held === undefined || declaration === undefined) return nodes.flatMap(readStatement)
	const body = readSequence(nodes.slice(at + 1))
	const using: Statement = { kind: 'using', locals: readLocals(declaration), body, line: lineOf(held) }
	return [...nodes.slice(0, at).flatMap(readStatement), using]
}

const other = (node: Node, what = node.type.replaceAll('_', ' ')): Statement => ({
	kind: 'other',
	what,
	line: lineOf(node),
})

function readStatement(node: Node): readonly Statement[] {
	const line = lineOf(node)
	const expression = (name: string): Syntax => {
		const found = field(node, name)
		return found === undefined ? outside(node) : readExpression(found)
	}
	const body = (name: string): readonly Statement[] => {
		const found = field(node, name)
		return found === undefined ? [] : readBody(found)
	}
	switch (node.type) {
		case 'local_function_statement':
			return isFree(node) ? [] : [other(node, 'a local function that uses what stands around it')]
		case 'block':
			return [{ kind: 'block', body: readBody(node), line }]
		case 'empty_statement':
			return []
		case 'expression_statement': {
			const [value] = children(node)
			return value === undefined ? [] : [fromExpression(value)]
		}
		case 'local_declaration_statement':
			return readLocalDeclaration(node)
		case 'if_statement':
			return [
				{
					kind: 'if',
					condition: expression('condition'),
					then: body('consequence'),
					otherwise: body('alternative'),
					line,
				},
			]
		case 'while_statement':
			return [{ kind: 'while', condition: expression('condition'), body: body('body'), after: false, line }]
		case 'do_statement':
			return [{ kind: 'while', condition: expression('condition'), body: body('body'), after: true, line }]
		case 'for_statement':
			return [readFor(node)]
		case 'foreach_statement':
			return readForEach(node, expression('right'), body('body'))
		case 'switch_statement':
			return [{ kind: 'switch', value: expression('value'), cases: children(field(node, 'body')).map(readCase), line }]
		case 'try_statement':
			return [readTry(node)]
		case 'using_statement':
			return readUsing(node, body('body'))
		// One thread runs a script.
		case 'lock_statement':
			return [{ kind: 'block', body: children(node).slice(-1).flatMap(readBody), line }]
		case 'return_statement':
		case 'throw_statement': {
			const [value] = children(node)
			const kind = node.type === 'return_statement' ? 'return' : 'throw'
			return [{ kind, ...(value === undefined ? {} : { value: readExpression(value) }), line }]
		}
		case 'break_statement':
			return [{ kind: 'break', line }]
		case 'continue_statement':
			return [{ kind: 'continue', line }]
		default:
			return node.type.startsWith('preproc') && !node.type.startsWith('preproc_if') ? [] : [other(node)]
	}
}

function readLocalDeclaration(node: Node): readonly Statement[] {
	const declaration = children(node).find(({ type }) => type === 'variable_declaration')
	if (declaration === undefined) return [other(node)]
	if (heldLambda(declaration) !== undefined) return []
	return [{ kind: 'local', locals: readLocals(declaration), line: lineOf(node) }]
}

function readForEach(node: Node, source: Syntax, body: readonly Statement[]): readonly Statement[] {
	const type = field(node, 'type')
	const name = field(node, 'left')
	if (name === undefined) return [other(node)]
	const named = type === undefined || type.type === 'implicit_type' ? {} : { type: typeName(type) }
	return [{ kind: 'foreach', name: text(name), ...named, source, body, line: lineOf(node) }]
}

function readUsing(node: Node, body: readonly Statement[]): readonly Statement[] {
	const line = lineOf(node)
	const inside = field(node, 'body')?.id
	const declaration = children(node).find(({ type }) => type === 'variable_declaration')
	if (declaration !== undefined) return [{ kind: 'using', locals: readLocals(declaration), body, line }]
	const value = children(node).find((child) => child.id !== inside)
	const resource = value === undefined ? {} : { value: readExpression(value) }
	return [{ kind: 'using', locals: [], ...resource, body, line }]
}

/** An expression that stands as a statement: an assignment, a step, a call. */
function fromExpression(node: Node): Statement {
	const line = lineOf(node)
	if (node.type === 'assignment_expression') {
		const left = field(node, 'left')
		const right = field(node, 'right')
		const sign = field(node, 'operator')
		const written = sign === undefined ? (tokens(node).find((one) => one.endsWith('=')) ?? '') : text(sign)
		if (written === '??=' && left !== undefined && right !== undefined) return assignedWhereNull(left, right, line)
		const operator = written === '=' ? '=' : binaryOperator(written.slice(0, -1))
		if (left === undefined || right === undefined || operator === undefined) return other(node)
		if (operator === 'and' || operator === 'or' || operator === 'is' || operator === 'is-not' || operator === 'like')
			return other(node)
		return { kind: 'assign', target: readExpression(left), operator, value: readExpression(right), line }
	}
	const value = readExpression(node)
	if (value.kind !== 'step') return { kind: 'expression', value, line }
	const one = { kind: 'literal', type: 'int', text: '1', line } as const
	return { kind: 'assign', target: value.target, operator: value.by === 1 ? '+' : '-', value: one, line }
}

/** `x ??= y`. */
function assignedWhereNull(left: Node, right: Node, line: number): Statement {
	const target = readExpression(left)
	const nothing: Syntax = { kind: 'literal', type: 'null', text: '', line }
	const condition: Syntax = { kind: 'binary', operator: '==', left: target, right: nothing, line }
	const then: Statement = { kind: 'assign', target, operator: '=', value: readExpression(right), line }
	return { kind: 'if', condition, then: [then], otherwise: [], line }
}

function readLocals(declaration: Node): readonly LocalSyntax[] {
	const type = field(declaration, 'type')
	const named: { type?: TypeName } = type === undefined || type.type === 'implicit_type' ? {} : { type: typeName(type) }
	return children(declaration)
		.filter((child) => child.type === 'variable_declarator')
		.map((one) => {
			const name = field(one, 'name')
			const value = children(one).find((child) => child.id !== name?.id)
			return {
				name: name === undefined ? '' : text(name),
				...named,
				...(value === undefined ? {} : { value: ofType(readExpression(value), named.type) }),
			}
		})
}

function readFor(node: Node): Statement {
	const body = field(node, 'body')
	const condition = field(node, 'condition')
	const initializer = field(node, 'initializer')
	const first: readonly Statement[] =
		initializer === undefined
			? []
			: initializer.type === 'variable_declaration'
				? [{ kind: 'local', locals: readLocals(initializer), line: lineOf(initializer) }]
				: [fromExpression(initializer)]
	const updates = node.childrenForFieldName('update').filter((one): one is Node => one?.isNamed)
	return {
		kind: 'for',
		first,
		...(condition === undefined ? {} : { condition: readExpression(condition) }),
		next: updates.map(fromExpression),
		body: body === undefined ? [] : readBody(body),
		line: lineOf(node),
	}
}

function readCase(section: Node): SwitchCase {
	const isDefault = tokens(section).includes('default')
	const parts = children(section)
	const labels = parts.filter(({ type }) => type.endsWith('_pattern'))
	const guarded = parts.some(({ type }) => type === 'when_clause')
	const statements = parts.filter(({ type }) => !type.endsWith('_pattern') && type !== 'when_clause')
	return {
		labels: labels.flatMap((label) => readLabel(label, guarded)),
		isDefault,
		body: statements.flatMap(readStatement),
	}
}

function readLabel(label: Node, guarded: boolean): SwitchCase['labels'] {
	const parts = children(label)
	const [value] = parts
	if (!guarded && label.type === 'or_pattern') return parts.flatMap((part) => readLabel(part, false))
	const sign = tokens(label)[0] ?? ''
	const operator = label.type === 'relational_pattern' ? binaryOperator(sign) : undefined
	if (!guarded && operator !== undefined && value !== undefined)
		return [{ kind: 'comparison', operator, value: readExpression(value) }]
	const isPlain = label.type === 'constant_pattern' && value !== undefined && !guarded
	return [{ kind: 'value', value: isPlain ? readExpression(value) : outside(label, 'a pattern') }]
}

function readTry(node: Node): Statement {
	const body = field(node, 'body')
	const catches = children(node)
		.filter(({ type }) => type === 'catch_clause')
		.map((clause): CatchClause => {
			const declaration = children(clause).find(({ type }) => type === 'catch_declaration')
			const type = field(declaration, 'type')
			const name = field(declaration, 'name')
			const inside = field(clause, 'body')
			return {
				...(type === undefined ? {} : { type: typeName(type) }),
				...(name === undefined ? {} : { name: text(name) }),
				filtered: children(clause).some((child) => child.type === 'catch_filter_clause'),
				body: inside === undefined ? [] : readBody(inside),
			}
		})
	const last = children(node).find(({ type }) => type === 'finally_clause')
	const [block] = children(last)
	return {
		kind: 'try',
		body: body === undefined ? [] : readBody(body),
		catches,
		last: block === undefined ? [] : readBody(block),
		line: lineOf(node),
	}
}
