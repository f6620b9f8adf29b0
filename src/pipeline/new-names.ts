/** Tables and columns that have other names in the new database: every place of a job that reads or writes them by name. */
import type { ControlFlow } from '#model/control-flow.ts'
import { allTasks } from '#model/control-flow.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { Job } from '#model/job.ts'
import type { DataFlow, Link, Operator, ProjectOperator, ReadOperator, WriteOperator } from '#model/operators.ts'
import type { TableSource, TableTarget } from '#model/places.ts'
import type { Provenance } from '#model/provenance.ts'
import { columnKey, nameKey, nameParts } from '#model/table-names.ts'
import type { Schema } from '#model/types.ts'

/** Old name → new one; a column's old name begins with that of its table. */
export interface NewNames {
	readonly tables: Readonly<Record<string, string>>
	readonly columns: Readonly<Record<string, string>>
}

/** The job as the new database names things. Inside a flow columns keep their old names: only where rows come in or go out they change. */
export function withNewNames(job: Job, { tables, columns }: NewNames): Job {
	if (Object.keys(tables).length + Object.keys(columns).length === 0) return job
	const left: Diagnostic[] = []
	const names: Names = { tables: keyed(tables), columns: keyed(columns), report: (one) => left.push(one) }
	return {
		...job,
		flows: job.flows.map((flow) => flow.operators.reduce((all, operator) => inFlow(all, operator, names), flow)),
		diagnostics: [...job.diagnostics, ...left, ...leftInStatements(job, Object.keys(tables))],
	}
}

interface Names {
	readonly tables: ReadonlyMap<string, string>
	readonly columns: ReadonlyMap<string, string>
	readonly report: (diagnostic: Diagnostic) => void
}

const keyed = (names: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
	new Map(Object.entries(names).map(([from, to]) => [nameKey(from), to]))

function inFlow(flow: DataFlow, operator: Operator, names: Names): DataFlow {
	if (operator.kind === 'read' && operator.source.kind === 'table')
		return inRead(flow, operator, operator.source, names)
	if (operator.kind === 'write' && operator.target.kind === 'table')
		return inWrite(flow, operator, operator.target, names)
	return flow
}

function inRead(flow: DataFlow, operator: ReadOperator, source: TableSource, names: Names): DataFlow {
	const renamed = { ...operator, source: { ...source, table: inPlace(source.table, names) } }
	const schema = outside(operator, source.table, names)
	if (schema === operator.schema) return replaced(flow, operator, [renamed])
	const back = renaming(operator, schema, operator.schema)
	const links = flow.links.map((link) =>
		link.from.operator === operator.id && link.from.port === 'out'
			? { ...link, from: { ...link.from, operator: back.id } }
			: link,
	)
	return {
		...replaced(flow, operator, [{ ...renamed, schema }, back]),
		links: [...links, linkBetween({ ...renamed, schema }, back, schema)],
	}
}

function inWrite(flow: DataFlow, operator: WriteOperator, target: TableTarget, names: Names): DataFlow {
	const table = inPlace(target.table, names)
	const schema = outside(operator, target.table, names)
	if (schema === operator.schema) return replaced(flow, operator, [{ ...operator, target: { ...target, table } }])
	const newName = (name: string): string =>
		schema.columns[operator.schema.columns.findIndex((column) => column.name === name)]?.name ?? name
	const { keys } = target
	const renamed: WriteOperator = {
		...operator,
		schema,
		target: { ...target, table, ...(keys === undefined ? {} : { keys: keys.map(newName) }) },
	}
	const before = renaming(operator, operator.schema, schema)
	const links = flow.links.map((link) =>
		link.to.operator === operator.id ? { ...link, to: { ...link.to, operator: before.id } } : link,
	)
	return {
		...replaced(flow, operator, [before, renamed]),
		links: [...links, linkBetween(before, renamed, schema)],
	}
}

const replaced = (flow: DataFlow, operator: Operator, by: readonly Operator[]): DataFlow => ({
	...flow,
	operators: flow.operators.flatMap((one) => (one.id === operator.id ? by : [one])),
})

/** A name that a parameter or a variable decides is another one in another run: no mapping holds for it. */
function inPlace(table: SourcedExpression, { tables }: Names): SourcedExpression {
	const { expression, text } = table
	if (expression.kind !== 'literal' || typeof expression.value !== 'string') return table
	const to = tables.get(nameKey(expression.value))
	return to === undefined ? table : { expression: { ...expression, value: to }, text }
}

/** The columns as the new table names them; the same object where it names them all as before. */
function outside(operator: ReadOperator | WriteOperator, { expression }: SourcedExpression, names: Names): Schema {
	const { schema, name, provenance } = operator
	if (expression.kind !== 'literal' || typeof expression.value !== 'string') return schema
	const table = expression.value
	const newName = (column: string): string => names.columns.get(columnKey(table, column)) ?? column
	const columns = schema.columns.map((column) => ({ ...column, name: newName(column.name) }))
	if (columns.every((column, index) => column.name === schema.columns[index]?.name)) return schema
	const isUnique = new Set(columns.map((column) => column.name.toLowerCase())).size === columns.length
	if (isUnique && !schema.open) return { columns, open: false }
	const what = `The columns of ${JSON.stringify(table)} keep their names at ${JSON.stringify(name)}.`
	const why = isUnique
		? 'It takes columns along that are known in the run only.'
		: 'With the mappings two of them would have one name.'
	names.report(diagnose('place/not-renamed', provenance, { what, why }))
	return schema
}

function renaming(operator: ReadOperator | WriteOperator, from: Schema, to: Schema): ProjectOperator {
	const { element, name, provenance } = operator
	return {
		kind: 'project',
		id: `${operator.id}#names`,
		element,
		name,
		provenance,
		differences: [],
		passThrough: 'none',
		drop: [],
		evaluation: 'together',
		reject: {},
		columns: to.columns.map(({ name: column, type, nullable }, index) => {
			const old = from.columns[index]?.name ?? column
			const value = { expression: { kind: 'column', name: old, type, provenance } as const, text: old }
			const fail = { kind: 'fail' } as const
			return {
				name: column,
				type,
				nullable,
				value,
				onError: fail,
				onTruncation: fail,
				onNull: { kind: 'allow' } as const,
				provenance,
			}
		}),
	}
}

function linkBetween(from: Operator, to: Operator, schema: Schema): Link {
	return {
		id: `${from.id}→${to.id}`,
		name: `${from.name} names`,
		from: { operator: from.id, port: 'out' },
		to: { operator: to.id, port: 'in' },
		schema,
		provenance: from.provenance,
	}
}

/** Statements stay as they are: what a name means inside one is for the database to say. */
function leftInStatements(job: Job, tables: readonly string[]): readonly Diagnostic[] {
	return tables.flatMap((table) =>
		statements(job).flatMap(({ text, name, provenance }) => {
			if (!mentions(text, table)) return []
			const what = `The SQL of ${JSON.stringify(name)} names the table ${JSON.stringify(table)}, and does so still.`
			return [
				diagnose('place/not-renamed', provenance, {
					what,
					why: 'A mapping changes names of tables, and no statements.',
				}),
			]
		}),
	)
}

interface Statement {
	readonly text: string
	readonly name: string
	readonly provenance: Provenance
}

function statements({
	flows,
	control,
}: {
	readonly flows: readonly DataFlow[]
	readonly control: ControlFlow
}): readonly Statement[] {
	const inFlows = flows.flatMap(({ operators }) =>
		operators.flatMap(({ name, provenance, ...operator }): readonly Statement[] => {
			if (operator.kind === 'read' && operator.source.kind === 'query')
				return [{ text: operator.source.sql.text, name, provenance }]
			if (operator.kind === 'write' && operator.target.kind === 'command')
				return [{ text: operator.target.sql.text, name, provenance }]
			return []
		}),
	)
	const inTasks = allTasks(control).flatMap((task): readonly Statement[] =>
		task.kind === 'execute-sql'
			? task.batches.map(({ text }) => ({ text, name: task.name, provenance: task.provenance }))
			: [],
	)
	return [...inFlows, ...inTasks]
}

/** Its last part as a word is enough to have somebody look. */
export function mentions(sql: string, table: string): boolean {
	const last = (nameParts(table).at(-1) ?? '').toLowerCase()
	const at = sql.toLowerCase().split(last)
	return at.some(
		(before, index) => index < at.length - 1 && !/[\w$#]$/.test(before) && !/^[\w$#]/.test(at[index + 1] ?? ''),
	)
}
