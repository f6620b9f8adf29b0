/**
 * Sources whose columns the export does not name get those that the flow reads of them by name (runtime column propagation).
 * They stay open: whatever else they hold travels along.
 */
import type { Expression } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'
import type { DataFlow, Link, Operator } from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import { text } from '#model/types.ts'

type Flow = Pick<DataFlow, 'operators' | 'links'>

export function withNamedColumns({ operators, links }: Flow): Flow {
	const flow = { operators, links }
	const named = new Map(
		operators.flatMap((operator) =>
			operator.kind === 'read' && operator.schema.open ? [[operator.id, namedFrom(operator, flow)] as const] : [],
		),
	)
	return {
		operators: operators.map((operator) => {
			const columns = operator.kind === 'read' ? named.get(operator.id) : undefined
			return operator.kind !== 'read' || columns === undefined
				? operator
				: { ...operator, schema: { columns, open: true } }
		}),
		links,
	}
}

/** Walks along the links that carry further columns. What an operator on the way makes is no column of the source. */
function namedFrom(read: Extract<Operator, { kind: 'read' }>, { operators, links }: Flow): readonly Column[] {
	const known = new Map(read.schema.columns.map((column) => [column.name, column]))
	const walk = (from: string, made: ReadonlySet<string>): void => {
		for (const link of links.filter((one) => one.from.operator === from && one.schema.open)) {
			const next = operators.find(({ id }) => id === link.to.operator)
			if (next === undefined) continue
			for (const column of [...link.schema.columns, ...columnsNamed(next, link)])
				if (!made.has(column.name) && !known.has(column.name)) known.set(column.name, { ...column, nullable: true })
			walk(next.id, new Set([...made, ...madeBy(next, link, links)]))
		}
	}
	walk(read.id, new Set())
	return [...known.values()]
}

/** Columns that leave an operator under a name that none has before it. */
function madeBy(operator: Operator, input: Link, links: readonly Link[]): readonly string[] {
	const before = new Set([
		...input.schema.columns.map(({ name }) => name),
		...columnsNamed(operator, input).map(({ name }) => name),
	])
	return links
		.filter(({ from }) => from.operator === operator.id)
		.flatMap(({ schema }) => schema.columns.map(({ name }) => name))
		.filter((name) => !before.has(name))
}

function columnsNamed(operator: Operator, { to }: Link): readonly Column[] {
	switch (operator.kind) {
		case 'project': {
			const own = new Set(operator.evaluation === 'in-turn' ? operator.columns.map(({ name }) => name) : [])
			return read(operator.columns.map(({ value }) => value.expression)).filter(({ name }) => !own.has(name))
		}
		case 'filter':
			return read([operator.condition.expression])
		case 'route':
			return read(operator.routes.flatMap(({ condition }) => condition?.expression ?? []))
		case 'stateful': {
			const own = new Set(operator.variables.map(({ name }) => name))
			return read(operator.variables.map(({ value }) => value.expression)).filter(({ name }) => !own.has(name))
		}
		case 'lookup':
			return [
				...read(to.port === 'in' && operator.condition !== undefined ? [operator.condition.expression] : []),
				...keys(operator.keys.map((key) => (to.port === 'in' ? key.left : key.right))),
			]
		case 'join':
			return keys(operator.keys.map((key) => (to.port === 'left' ? key.left : key.right)))
		case 'sort':
		case 'distinct':
		case 'gather':
		case 'aggregate':
			return keys(operator.keys.map(({ column }) => column))
		default:
			return []
	}
}

function read(expressions: readonly Expression[]): readonly Column[] {
	const found = new Map<string, Column>()
	for (const expression of expressions)
		visit(expression, (part) => {
			if (part.kind === 'column') found.set(part.name, { name: part.name, type: part.type, nullable: true })
		})
	return [...found.values()]
}

/** Nothing tells the type of a column that is only a key. */
const keys = (names: readonly string[]): readonly Column[] =>
	names.map((name) => ({ name, type: text(), nullable: true }))
