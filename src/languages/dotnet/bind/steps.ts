/** `x = i++`, `a = b = 0`: assignments inside an expression stand before or behind the statement, where that means the same. */
import type { Statement, Syntax } from '../syntax.ts'
import { pathOf } from './members.ts'

type Step = Extract<Syntax, { kind: 'step' }>

/** The statements that a statement stands for; undefined where it holds no assignment of this kind. */
export function takenApart(statement: Statement): readonly Statement[] | undefined {
	const chained = chainOf(statement)
	if (chained !== undefined) return chained
	const step = evaluatedIn(statement).flatMap(stepsIn)[0]
	const path = step === undefined ? undefined : pathOf(step.target)?.join('.')
	if (step === undefined || path === undefined) return undefined
	const { line } = statement
	const one: Syntax = { kind: 'literal', type: 'int', text: '1', line }
	const counted: Statement = {
		kind: 'assign',
		target: step.target,
		operator: step.by === 1 ? '+' : '-',
		value: one,
		line,
	}
	const isWhole = statement.kind === 'assign' && statement.value === step && !step.prefix
	if (!isWhole && mentions(statement, path) > 1) return undefined
	if (step.prefix) return [counted, replacedIn(statement, step, step.target)]
	const isPlain = ['assign', 'expression', 'local'].includes(statement.kind) && !hasOwnCall(statement)
	if (isPlain) return [replacedIn(statement, step, step.target), counted]
	const name = `${path} before`
	const held: Statement = { kind: 'local', locals: [{ name, value: step.target }], line }
	return [held, counted, replacedIn(statement, step, { kind: 'name', name, line })]
}

/** `a = b = c`: the inner one first. */
function chainOf(statement: Statement): readonly Statement[] | undefined {
	if (statement.kind !== 'assign' || statement.value.kind !== 'assignment') return undefined
	const { target, value, line } = statement.value
	if (pathOf(target) === undefined) return undefined
	return [
		{ kind: 'assign', target, operator: '=', value, line },
		{ ...statement, value: target },
	]
}

/** Expressions that are evaluated once when the statement is reached. */
function evaluatedIn(statement: Statement): readonly Syntax[] {
	switch (statement.kind) {
		case 'assign':
			return [statement.target, statement.value]
		case 'expression':
			return [statement.value]
		case 'return':
			return statement.value === undefined ? [] : [statement.value]
		case 'if':
			return [statement.condition]
		case 'local': {
			const [only, ...more] = statement.locals
			return only?.value === undefined || more.length > 0 ? [] : [only.value]
		}
		default:
			return []
	}
}

/** Steps in places that are evaluated whatever the values are. */
function stepsIn(node: Syntax): readonly Step[] {
	switch (node.kind) {
		case 'step':
			return [node]
		case 'binary': {
			const isLazy = ['and', 'or', 'coalesce'].includes(node.operator)
			return [...stepsIn(node.left), ...(isLazy ? [] : stepsIn(node.right))]
		}
		case 'conditional':
			return stepsIn(node.condition)
		case 'call':
		case 'index':
			return [...stepsIn(node.target), ...node.args.flatMap(({ value }) => stepsIn(value))]
		case 'new':
			return node.args.flatMap(({ value }) => stepsIn(value))
		case 'member':
			return node.conditional ? [] : stepsIn(node.target)
		case 'unary':
		case 'cast':
			return stepsIn(node.operand)
		case 'interpolated':
			return node.parts.flatMap((part) => (typeof part === 'string' ? [] : stepsIn(part.value)))
		default:
			return []
	}
}

/** Every node of a tree, whatever it is made of. */
function* nodesIn(tree: unknown): Generator<object> {
	if (typeof tree !== 'object' || tree === null) return
	yield tree
	for (const part of Object.values(tree)) yield* nodesIn(part)
}

const isSyntax = (node: object): node is Syntax => 'kind' in node && 'line' in node

function mentions(statement: Statement, path: string): number {
	const [evaluated] = [statement.kind === 'if' ? statement.condition : statement]
	let count = 0
	for (const node of nodesIn(evaluated)) {
		if (isSyntax(node) && (node.kind === 'name' || node.kind === 'member') && pathOf(node)?.join('.') === path)
			count += 1
	}
	return count
}

/** A method of the script's own could see whether the step was taken already. */
function hasOwnCall(statement: Statement): boolean {
	for (const node of nodesIn(statement)) {
		if (isSyntax(node) && node.kind === 'call' && node.target.kind === 'name') return true
	}
	return false
}

function replacedIn<T>(tree: T, from: Syntax, to: Syntax): T {
	if ((tree as unknown) === from) return to as T
	if (Array.isArray(tree)) return tree.map((part: unknown) => replacedIn(part, from, to)) as T
	if (typeof tree !== 'object' || tree === null) return tree
	return Object.fromEntries(
		Object.entries(tree).map(([key, part]) => [key, replacedIn(part as unknown, from, to)]),
	) as T
}

/** `(line = reader.ReadLine()) != null`. */
export function assignedTest(node: Syntax): Extract<Syntax, { kind: 'assignment' }> | undefined {
	if (node.kind !== 'binary' || node.operator !== '!=' || node.left.kind !== 'assignment') return undefined
	return node.right.kind === 'literal' && node.right.type === 'null' ? node.left : undefined
}
