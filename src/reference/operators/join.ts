import type { JoinOperator } from '#model/operators.ts'
import type { Row, Value } from '#model/values.ts'
import { declareBranches } from '../branches.ts'
import type { Interpreter } from '../context.ts'
import { indexRows, sideKeys } from '../matching.ts'

export const join: Interpreter<'join'> = (operator, inputs, context) => {
	const hit = declareBranches(context, operator, ['matched', 'left unmatched', 'right unmatched'])
	const [left, right] = [inputs['left'] ?? [], inputs['right'] ?? []]
	const index = indexRows(right, sideKeys(operator.keys, 'right'), operator.nullsEqual)
	const find = index.finder(sideKeys(operator.keys, 'left'))
	const matched = new Set<Row>()
	const out: Row[] = []
	for (const row of left) {
		const partners = find(row)
		hit(partners.length === 0 ? 'left unmatched' : 'matched')
		for (const partner of partners) {
			matched.add(partner)
			out.push(combine(operator, row, partner))
		}
		if (partners.length === 0 && (operator.how === 'left' || operator.how === 'full')) {
			out.push(combine(operator, row, undefined))
		}
	}
	for (const row of right) {
		if (matched.has(row)) continue
		hit('right unmatched')
		if (operator.how === 'right' || operator.how === 'full') out.push(combine(operator, undefined, row))
	}
	return { out }
}

function combine(operator: JoinOperator, left: Row | undefined, right: Row | undefined): Row {
	return Object.fromEntries(
		operator.columns.map(({ name, side, column, whenMissing }): [string, Value] => {
			const row = side === 'left' ? left : right
			return [name, row === undefined ? whenMissing : (row[column] ?? null)]
		}),
	)
}
