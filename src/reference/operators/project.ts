import { evaluate } from '#languages/evaluate.ts'
import { canFail } from '#languages/null-flow.ts'
import { cutText, textLength } from '#languages/text-length.ts'
import type { ProjectColumn, ProjectOperator } from '#model/operators.ts'
import type { DataType } from '#model/types.ts'
import type { Row, Value } from '#model/values.ts'
import { isError } from '#model/values.ts'
import type { Decided } from '../branches.ts'
import { declareBranches, declareDecisions, nullableIn } from '../branches.ts'
import type { FlowContext, Interpreter } from '../context.ts'
import { columnOf, rowScope } from '../context.ts'
import { columnsThere, isThere } from '../not-null.ts'
import type { Verdict } from '../policies.ts'
import { decide, rejectRow } from '../policies.ts'

export const project: Interpreter<'project'> = (operator, inputs, context) => {
	const isNullable = nullableIn(context.schemaOf(operator, 'in'))
	const given = new Set(context.schemaOf(operator, 'in').columns.map(({ name }) => name))
	const there = columnsThere(operator, (name) => !isNullable(name))
	const isMade = (name: string): boolean =>
		operator.evaluation === 'in-turn' && !given.has(name) && operator.columns.some((column) => column.name === name)
	const decided = declareDecisions(
		context,
		operator,
		operator.columns.map((column) => ({ owner: column.name, expression: column.value.expression })),
		(name) => (isMade(name) ? !there.has(name) : isNullable(name)),
	)
	const hitReject = declareBranches(context, operator, rejectBranches(operator, context, isNullable))
	const out: Row[] = []
	const reject: Row[] = []
	for (const row of inputs['in'] ?? []) {
		const derived = deriveRow(row, operator, context, decided)
		if (derived.kind === 'row') out.push(context.order.follow(derived.row, row))
		if (derived.kind !== 'reject') continue
		hitReject(`${derived.name} rejected`)
		reject.push(rejectRow(row, operator.reject, derived.code, derived.column))
	}
	return { out, reject }
}

/** Each column that can send a row to the reject port is a branch, when somebody listens there. */
function rejectBranches(
	operator: ProjectOperator,
	context: FlowContext,
	isNullable: (column: string) => boolean,
): readonly string[] {
	if (!context.isLinked(operator, 'reject')) return []
	const isColumnThere = (name: string): boolean => !isNullable(name)
	return operator.columns
		.filter(({ onError, onTruncation, onNull, type, value: { expression } }) => {
			const isLonger = type.kind === 'string' && type.length !== undefined && !fits(expression.type, type.length)
			return (
				(onError.kind === 'redirect' && canFail(expression)) ||
				(onTruncation.kind === 'redirect' && (isLonger || canFail(expression))) ||
				(onNull.kind === 'redirect' && (operator.evaluation === 'in-turn' || !isThere(expression, isColumnThere)))
			)
		})
		.map(({ name }) => `${name} rejected`)
}

const fits = (type: DataType, length: number): boolean =>
	type.kind === 'string' && type.length !== undefined && type.length <= length

type Derived =
	| { readonly kind: 'row'; readonly row: Row }
	| { readonly kind: 'reject'; readonly name: string; readonly code: number; readonly column: number }
	| { readonly kind: 'drop' }

/** Columns in their order; the first that sends the row away ends it. */
function deriveRow(row: Row, operator: ProjectOperator, context: FlowContext, decided: Decided): Derived {
	const derived = new Map<string, Value>()
	const own = columnOf(row)
	const names =
		operator.evaluation === 'in-turn' ? (name: string) => (derived.has(name) ? derived.get(name) : own(name)) : own
	const scope = rowScope(context.request, names, decided)
	for (const column of operator.columns) {
		const verdict = settle(evaluate(column.value.expression, scope), column, operator)
		if (verdict.kind === 'reject') return { ...verdict, name: column.name }
		if (verdict.kind === 'drop') return verdict
		derived.set(column.name, verdict.value)
	}
	return { kind: 'row', row: passOn(row, operator, derived) }
}

/** Error, then length, then null: the order in which an engine meets them. */
function settle(result: ReturnType<typeof evaluate>, column: ProjectColumn, operator: ProjectOperator): Verdict {
	if (isError(result)) {
		const policy = result.error === 'truncation' ? column.onTruncation : column.onError
		const verdict = decide(policy, null, operator, `column ${column.name}: ${result.message}`)
		return verdict.kind === 'value' ? checkNull(verdict.value, column, operator) : verdict
	}
	const { type } = column
	if (
		type.kind === 'string' &&
		type.length !== undefined &&
		typeof result === 'string' &&
		textLength(result, type) > type.length
	) {
		const message = `column ${column.name}: a text of ${textLength(result, type)} characters does not fit ${type.length}`
		const verdict = decide(column.onTruncation, cutText(result, type.length, type), operator, message)
		return verdict.kind === 'value' ? checkNull(verdict.value, column, operator) : verdict
	}
	return checkNull(result, column, operator)
}

function checkNull(value: Value, column: ProjectColumn, operator: ProjectOperator): Verdict {
	if (value !== null || column.onNull.kind === 'allow') return { kind: 'value', value }
	return decide(column.onNull, null, operator, `column ${column.name}: null in a column that takes none`)
}

function passOn(row: Row, operator: ProjectOperator, derived: ReadonlyMap<string, Value>): Row {
	if (operator.passThrough === 'none') return Object.fromEntries(derived)
	const kept = Object.entries(row).filter(([name]) => !operator.drop.includes(name))
	return Object.fromEntries([...kept, ...derived])
}
