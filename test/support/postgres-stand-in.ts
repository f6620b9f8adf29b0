/** Functions and tables that stand for the procedures and tables of a job, derived from what the job calls, reads and writes. */
import type { SqlTask } from '#model/control-flow.ts'
import { allTasks } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { Job } from '#model/job.ts'
import type { DataType, Schema } from '#model/types.ts'
import type { SqlClient } from './postgres.ts'

const typeOf = (type: DataType): string => {
	switch (type.kind) {
		case 'string':
			return 'text'
		case 'int':
			return type.bits === 64 ? 'bigint' : 'int'
		case 'float':
			return 'double precision'
		case 'decimal':
			return 'numeric'
		case 'timestamp':
			return 'timestamp'
		case 'binary':
			return 'bytea'
		default:
			return type.kind
	}
}

/** The n-th value of a type, as SQL. */
function sampleOf(type: DataType, n: number): string {
	switch (type.kind) {
		case 'int':
		case 'float':
		case 'decimal':
			return `CAST(${n} AS ${typeOf(type)})`
		case 'boolean':
			return n % 2 === 0 ? 'true' : 'false'
		case 'date':
		case 'timestamp':
			return `${type.kind} '2020-01-0${n}'`
		case 'time':
			return `time '10:00:0${n}'`
		case 'binary':
			return `'\\x0${n}'::bytea`
		case 'uuid':
			return `'00000000-0000-0000-0000-00000000000${n}'::uuid`
		default:
			return `'value ${n}'`
	}
}

export const literal = ({ expression }: SourcedExpression): string =>
	expression.kind === 'literal' && typeof expression.value === 'string' ? expression.value : ''

interface Call {
	readonly name: string
	/** Types of its arguments. */
	readonly takes: readonly string[]
	/** Names that the statement gives the columns of its rows. */
	readonly names: readonly string[]
}

/** `SELECT * FROM a.b(CAST(? AS int))` → its name and types; undefined for any other statement. */
export function callIn(sql: string): Call | undefined {
	const [, name, rest = ''] = /^SELECT \* FROM ([\w."]+)\(([\s\S]*)$/.exec(sql) ?? []
	if (name === undefined) return undefined
	const takes = [...(rest.split(/\) AS rows\(/)[0]?.matchAll(/ AS ([a-z ]+)\)/g) ?? [])].map((match) => match[1] ?? '')
	const names = [...(rest.split(/\) AS rows\(/)[1]?.matchAll(/"([^"]*)"/g) ?? [])].map((match) => match[1] ?? '')
	return { name, takes, names }
}

const definition = ({ name, takes }: Call, returns: string, body: string): string =>
	`CREATE OR REPLACE FUNCTION ${name}(${takes.join(', ')}) RETURNS ${returns} LANGUAGE plpgsql AS $$
	BEGIN INSERT INTO calls (name) VALUES ('${name}'); ${body} END $$`

/** A function that gives `count` rows of a schema, in the order in which the statement names its columns. */
function rowsFunction(call: Call, schema: Schema, count: number): string {
	const place = (name: string): number => call.names.findIndex((one) => one.toLowerCase() === name.toLowerCase())
	const columns = schema.columns.toSorted((left, right) => place(left.name) - place(right.name))
	const rows = Array.from({ length: count }, (_, n) => columns.map(({ type }) => sampleOf(type, n + 1)).join(', '))
	const returns = columns.map(({ type }, n) => `c${n} ${typeOf(type)}`).join(', ')
	return definition(call, `TABLE(${returns})`, rows.map((row) => `RETURN QUERY SELECT ${row};`).join(' '))
}

function taskFunction(task: SqlTask, call: Call, job: Job): string {
	if (task.result.kind !== 'single-row') return definition(call, 'void', '')
	const given = task.result.bindings.map(({ column, variable }) => {
		const type = job.variables.find(({ name }) => name === variable)?.type ?? { kind: 'date' }
		return { name: typeof column === 'number' ? `c${column}` : `"${column}"`, type }
	})
	const returns = given.map(({ name, type }) => `${name} ${typeOf(type)}`).join(', ')
	const row = given.map(({ type }) => sampleOf(type, 7)).join(', ')
	return definition(call, `TABLE(${returns})`, `RETURN QUERY SELECT ${row};`)
}

/** Makes everything that the job calls or writes to; each function notes its call in the table `calls`. */
export async function makeDatabase(client: SqlClient, job: Job, rows: number): Promise<void> {
	await client.query('CREATE TABLE calls (id serial, name text)')
	const operators = job.flows.flatMap((flow) => flow.operators)
	const tables = operators.flatMap((one) =>
		one.kind === 'write' && one.target.kind === 'table'
			? [{ name: literal(one.target.table), schema: one.schema }]
			: [],
	)
	const statements = [
		...operators.flatMap((one) => {
			const call = one.kind === 'read' && one.source.kind === 'query' ? callIn(literal(one.source.sql)) : undefined
			return call === undefined || one.kind !== 'read' ? [] : [rowsFunction(call, one.schema, rows)]
		}),
		...allTasks(job.control).flatMap((task) =>
			task.kind !== 'execute-sql'
				? []
				: task.batches.flatMap((batch) => {
						const call = callIn(literal(batch))
						return call === undefined ? [] : [taskFunction(task, call, job)]
					}),
		),
		...tables.map(({ name, schema }) => {
			const columns = schema.columns.map((column) => `"${column.name}" ${typeOf(column.type)}`)
			return `CREATE TABLE IF NOT EXISTS ${name} (${columns.join(', ')})`
		}),
	]
	const schemas = new Set(statements.flatMap((one) => /(?:FUNCTION|EXISTS) (\w+)\./.exec(one)?.[1] ?? []))
	for (const schema of schemas) await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`)
	for (const statement of statements) await client.query(statement)
}
