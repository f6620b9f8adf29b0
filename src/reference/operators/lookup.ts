import { evaluate } from '#languages/evaluate.ts'
import type { LookupOperator, MissPolicy, RangeBound } from '#model/operators.ts'
import type { Row, Value } from '#model/values.ts'
import { isError } from '#model/values.ts'
import { declareBranches, declareCondition, declareDecisions, nullableIn } from '../branches.ts'
import type { FlowContext, Interpreter } from '../context.ts'
import { columnOf, rowScope } from '../context.ts'
import { compareValues } from '../keys.ts'
import { indexRows, sideKeys } from '../matching.ts'
import { rejectRow, withColumns } from '../policies.ts'
import { stop } from '../stop.ts'

export const lookup: Interpreter<'lookup'> = (operator, inputs, context) => {
	const severally = operator.onDuplicates === 'fail' ? 'a key twice' : 'matched several times'
	const hit = declareBranches(context, operator, ['matched once', severally, 'not matched'])
	const isWanted = conditionTest(operator, context)
	const index = indexRows(inputs['reference'] ?? [], sideKeys(operator.keys, 'right'), operator.nullsEqual)
	if (operator.onDuplicates === 'fail' && index.hasDuplicates()) {
		hit(severally)
		stop(operator.id, 'two rows of the reference have the same key')
	}
	const find = index.finder(sideKeys(operator.keys, 'left'))
	const out: Row[] = []
	const reject: Row[] = []
	for (const row of inputs['in'] ?? []) {
		if (!isWanted(row)) {
			miss(row, operator.onConditionNotMet, 'the condition of the lookup is not met')
			continue
		}
		const found = find(row).filter((reference) => isWithin(row, reference, operator.ranges ?? []))
		hit(found.length === 0 ? 'not matched' : found.length === 1 ? 'matched once' : severally)
		if (found.length === 0) miss(row, operator.onMiss, 'no reference row has the key')
		for (const reference of chosen(found, operator.match))
			out.push(context.order.follow(take(operator, row, reference), row))
	}
	return { out, reject }

	function miss(row: Row, policy: MissPolicy, message: string): void {
		if (policy === 'fail') stop(operator.id, message)
		if (policy === 'continue') out.push(context.order.follow(take(operator, row, undefined), row))
		if (policy === 'reject') reject.push(rejectRow(row, operator.reject, operator.missCode, 0))
	}
}

function isWithin(row: Row, reference: Row, ranges: readonly RangeBound[]): boolean {
	return ranges.every(({ left, test, right }) => {
		const [a, b] = [row[left] ?? null, reference[right] ?? null]
		if (a === null || b === null) return false
		const order = compareValues(a, b)
		if (order === 0) return test === '<=' || test === '>='
		return order < 0 === test.startsWith('<')
	})
}

function conditionTest(operator: LookupOperator, context: FlowContext): (row: Row) => boolean {
	const { condition } = operator
	if (condition === undefined) return () => true
	const { expression } = condition
	const schema = context.schemaOf(operator, 'in')
	const hit = declareCondition(context, operator, expression, schema)
	const decided = declareDecisions(context, operator, [{ owner: 'condition', expression }], nullableIn(schema))
	return (row) => {
		const result = evaluate(expression, rowScope(context.request, columnOf(row), decided))
		if (isError(result)) return stop(operator.id, `condition: ${result.message}`)
		hit(result)
		return result === true
	}
}

function chosen(found: readonly Row[], match: LookupOperator['match']): readonly Row[] {
	if (match === 'all') return found
	return match === 'first' ? found.slice(0, 1) : found.slice(-1)
}

function take(operator: LookupOperator, row: Row, reference: Row | undefined): Row {
	return withColumns(
		row,
		operator.take.map(({ name, side, column, whenMissing }): [string, Value] => {
			if (side === 'left') return [name, row[column] ?? null]
			return [name, reference === undefined ? whenMissing : (reference[column] ?? null)]
		}),
	)
}
