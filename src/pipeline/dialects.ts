/** Jobs whose database has moved to another product: statements that a rule covers, in the dialect that the config names. */
import { callForPostgresql, nameForPostgresql } from '#languages/sql/postgresql-calls.ts'
import type { ControlFlow, SqlTask, Task } from '#model/control-flow.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { Job } from '#model/job.ts'
import type { Operator } from '#model/operators.ts'
import type { Provenance } from '#model/provenance.ts'
import type { DataType } from '#model/types.ts'

type Connections = Readonly<Record<string, { readonly dialect?: string | undefined }>>

/**
 * The job as its new databases understand it: SQL Server to PostgreSQL is what rules are there for. A package whose connection
 * manager is not exported is taken to talk to SQL Server.
 */
export function inNewDialects(job: Job, connections: Connections): Job {
	const moved = new Set(
		job.connections
			.filter(({ dialect }) => dialect === 'sqlserver' || (dialect === undefined && job.dialect === 'ssis'))
			.filter(({ name }) => connections[name]?.dialect === 'postgresql')
			.map(({ name }) => name),
	)
	if (moved.size === 0) return job
	const diagnostics: Diagnostic[] = []
	const rewriter: Rewriter = { moved, report: (one) => diagnostics.push(one) }
	return {
		...job,
		flows: job.flows.map((flow) => ({ ...flow, operators: flow.operators.map((one) => place(one, rewriter)) })),
		control: controlFlow(job.control, rewriter),
		diagnostics: [...job.diagnostics, ...diagnostics],
	}
}

interface Rewriter {
	readonly moved: ReadonlySet<string>
	readonly report: (diagnostic: Diagnostic) => void
}

function place(operator: Operator, rewriter: Rewriter): Operator {
	if (operator.kind === 'write') {
		const { target } = operator
		if (target.kind !== 'table' || !rewriter.moved.has(target.connection)) return operator
		return { ...operator, target: { ...target, table: named(target.table) } }
	}
	if (operator.kind !== 'read') return operator
	const { source } = operator
	if (source.kind === 'table' && rewriter.moved.has(source.connection))
		return { ...operator, source: { ...source, table: named(source.table) } }
	if (source.kind !== 'query' || source.form !== 'call' || !rewriter.moved.has(source.connection)) return operator
	const types = source.parameters.map(({ type }) => type)
	return { ...operator, source: { ...source, sql: statement(source.sql, types, operator.provenance, rewriter) } }
}

function controlFlow(control: ControlFlow, rewriter: Rewriter): ControlFlow {
	const inside = (task: Task): Task => {
		const handlers = task.handlers?.map((one) => ({ ...one, body: controlFlow(one.body, rewriter) }))
		const whole = handlers === undefined ? task : { ...task, handlers }
		if (whole.kind === 'execute-sql') return sqlTask(whole, rewriter)
		return whole.kind === 'sequence' || whole.kind === 'loop'
			? { ...whole, body: controlFlow(whole.body, rewriter) }
			: whole
	}
	const handlers = control.handlers?.map((one) => ({ ...one, body: controlFlow(one.body, rewriter) }))
	return { ...control, tasks: control.tasks.map(inside), ...(handlers === undefined ? {} : { handlers }) }
}

function sqlTask(task: SqlTask, rewriter: Rewriter): SqlTask {
	if (!rewriter.moved.has(task.connection)) return task
	const types = task.parameters.map(({ type }) => type)
	const gives = task.parameters.some(({ direction }) => direction !== 'input')
	const batches = task.batches.map((batch, index) =>
		statement(batch, gives ? undefined : index === 0 ? types : [], task.provenance, rewriter),
	)
	return { ...task, batches }
}

/** @param types of its markers; undefined where some of them give values, which no rule covers */
function statement(
	sql: SourcedExpression,
	types: readonly DataType[] | undefined,
	provenance: Provenance,
	{ report }: Rewriter,
): SourcedExpression {
	const { expression, text } = sql
	const stated = expression.kind === 'literal' && typeof expression.value === 'string' ? expression.value : undefined
	if (stated === undefined || expression.kind !== 'literal') return sql
	const call = types === undefined ? undefined : callForPostgresql(stated, types)
	if (call !== undefined) return { expression: { ...expression, value: call }, text }
	if (/\bEXEC(?:UTE)?\b/i.test(stated))
		report(
			diagnose('sql/dialect', provenance, {
				what: `The call ${JSON.stringify(stated.slice(0, 80))} was left in the dialect of SQL Server.`,
				why: 'No rule turns it into a call of a PostgreSQL function.',
			}),
		)
	return sql
}

function named(table: SourcedExpression): SourcedExpression {
	const { expression, text } = table
	if (expression.kind !== 'literal' || typeof expression.value !== 'string') return table
	return { expression: { ...expression, value: nameForPostgresql(expression.value) }, text }
}
