import { evaluate } from '#languages/evaluate.ts'
import type { Row } from '#model/values.ts'
import { isError } from '#model/values.ts'
import { declareCondition, declareDecisions, nullableIn } from '../branches.ts'
import type { Interpreter } from '../context.ts'
import { columnOf, rowScope } from '../context.ts'
import { decide, rejectRow } from '../policies.ts'

export const filter: Interpreter<'filter'> = (operator, inputs, context) => {
	const { expression } = operator.condition
	const schema = context.schemaOf(operator, 'in')
	const hit = declareCondition(context, operator, expression, schema)
	const decided = declareDecisions(context, operator, [{ owner: 'condition', expression }], nullableIn(schema))
	const out: Row[] = []
	const reject: Row[] = []
	for (const row of inputs['in'] ?? []) {
		const result = evaluate(expression, rowScope(context.request, columnOf(row), decided))
		if (isError(result)) {
			const verdict = decide(operator.onError, null, operator, `condition: ${result.message}`)
			if (verdict.kind === 'reject') reject.push(rejectRow(row, {}, verdict.code, verdict.column))
			if (verdict.kind === 'value') (verdict.value === true ? out : reject).push(row)
			continue
		}
		hit(result)
		if (result === true) out.push(row)
		else reject.push(row)
	}
	return { out, reject }
}
