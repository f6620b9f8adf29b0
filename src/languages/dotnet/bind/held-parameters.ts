/**
 * A parameter that is made, held by a name and then added: `p = new SqlParameter("@a", SqlDbType.Int); command.Parameters.Add(p);`
 * means what `command.Parameters.Add(new SqlParameter("@a", …))` does, and its value is set by that name later.
 */
import type { Argument, Statement, Syntax } from '../syntax.ts'
import { pathOf } from './members.ts'
import { lastPart } from './types.ts'

type New = Extract<Syntax, { kind: 'new' }>

/** The same statements, with parameters where they are added; those that do something else with a parameter stay as they are. */
export function withParametersInPlace(body: readonly Statement[]): readonly Statement[] {
	const at = body.findIndex((one) => madeIn(one) !== undefined)
	if (at < 0) return body
	const [head, statement, tail] = [body.slice(0, at), body[at], body.slice(at + 1)]
	const made = statement === undefined ? undefined : madeIn(statement)
	if (statement === undefined || made === undefined) return body
	const next = tail.findIndex((one) => madeIn(one)?.path === made.path)
	const [own, rest] = next < 0 ? [tail, []] : [tail.slice(0, next), tail.slice(next)]
	const placed = inPlace(own, made)
	if (placed === undefined) return [...head, statement, ...withParametersInPlace(tail)]
	return [...head, ...withParametersInPlace([...placed, ...rest])]
}

interface Made {
	readonly path: string
	readonly made: New
}

function madeIn(statement: Statement): Made | undefined {
	const [target, value] =
		statement.kind === 'assign' && statement.operator === '='
			? [pathOf(statement.target)?.join('.'), statement.value]
			: statement.kind === 'local' && statement.locals.length === 1
				? [statement.locals[0]?.name, statement.locals[0]?.value]
				: []
	if (target === undefined || value?.kind !== 'new' || value.members !== undefined) return undefined
	return /^(?:Sql|OleDb|Odbc)Parameter$/i.test(lastPart(value.type.name)) ? { path: target, made: value } : undefined
}

/** Undefined where it is used otherwise, or never added. */
function inPlace(statements: readonly Statement[], { path, made }: Made): readonly Statement[] | undefined {
	const [name, type] = made.args
	if (name === undefined) return undefined
	let list: Syntax | undefined
	let value: Syntax | undefined
	const placed: Statement[] = []
	for (const statement of statements) {
		const added = addedTo(statement, path)
		const set = setValue(statement, path)
		if (added !== undefined && list === undefined) {
			list = added.target
			const second = value === undefined ? type : given(value)
			const args = [name, ...(second === undefined ? [] : [second])]
			const item: Syntax = { ...made, args }
			placed.push({ kind: 'expression', value: { ...added, args: [given(item)] }, line: statement.line })
		} else if (set !== undefined && list?.kind === 'member') {
			const { line } = statement
			const holder: Syntax = { kind: 'index', target: list.target, args: [given(name.value)], line }
			placed.push({
				kind: 'assign',
				target: { kind: 'member', target: holder, name: 'Value', conditional: false, line },
				operator: '=',
				value: set,
				line,
			})
		} else if (set !== undefined && isPlain(set)) value = set
		else if (mentions(statement, path)) return undefined
		else placed.push(statement)
	}
	return list === undefined ? undefined : placed
}

const given = (value: Syntax): Argument => ({ value, byReference: false })

/** The call that adds it. */
function addedTo(statement: Statement, path: string): Extract<Syntax, { kind: 'call' }> | undefined {
	if (statement.kind !== 'expression' || statement.value.kind !== 'call') return undefined
	const { target, args } = statement.value
	const [only, ...more] = args
	const isAdd = target.kind === 'member' && /^add$/i.test(target.name)
	return isAdd && only !== undefined && more.length === 0 && pathOf(only.value)?.join('.') === path
		? statement.value
		: undefined
}

function setValue(statement: Statement, path: string): Syntax | undefined {
	if (statement.kind !== 'assign' || statement.operator !== '=') return undefined
	const found = pathOf(statement.target)
	return found?.join('.').toLowerCase() === `${path}.value`.toLowerCase() ? statement.value : undefined
}

/** It is the same when it is computed a little later. */
const isPlain = (node: Syntax): boolean => node.kind === 'literal' || pathOf(node) !== undefined

function mentions(tree: unknown, path: string): boolean {
	if (typeof tree !== 'object' || tree === null) return false
	const isSyntax = 'kind' in tree && (tree.kind === 'name' || tree.kind === 'member')
	if (isSyntax && pathOf(tree as Syntax)?.join('.') === path) return true
	return Object.values(tree).some((part) => mentions(part, path))
}
