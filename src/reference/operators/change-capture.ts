import type { Change, ChangeCaptureOperator, ChangeTake } from '#model/changes.ts'
import type { Row, Value } from '#model/values.ts'
import { declareBranches } from '../branches.ts'
import type { Interpreter } from '../context.ts'
import type { RowPair } from '../pairing.ts'
import { pairRows, sameValues } from '../pairing.ts'

export const changeCapture: Interpreter<'change-capture'> = (operator, inputs, context) => {
	const hit = declareBranches(context, operator, [
		'copy',
		...(operator.values.length > 0 ? ['edit'] : []),
		'insert',
		'delete',
	])
	const out: Row[] = []
	for (const pair of pairRows(inputs['before'] ?? [], inputs['after'] ?? [], operator.keys)) {
		const change = changeOf(pair, operator)
		hit(change)
		if (operator.keeps.includes(change)) out.push(changeRow(pair, change, operator))
	}
	return { out }
}

function changeOf({ left, right }: RowPair, { values }: ChangeCaptureOperator): Change {
	if (left === undefined) return 'insert'
	if (right === undefined) return 'delete'
	return sameValues(left, right, values) ? 'copy' : 'edit'
}

const changeRow = (pair: RowPair, change: Change, operator: ChangeCaptureOperator): Row =>
	Object.fromEntries(operator.columns.map(({ name, take }) => [name, taken(take, pair, operator.codes[change])]))

function taken(take: ChangeTake, { left: before, right: after }: RowPair, code: bigint): Value {
	const from = (row: Row | undefined, column: string, whenMissing: Value): Value =>
		row === undefined ? whenMissing : (row[column] ?? null)
	switch (take.kind) {
		case 'code':
			return code
		case 'current':
			return after === undefined ? from(before, take.before, null) : from(after, take.after, null)
		case 'before':
			return from(before, take.column, take.whenMissing)
		case 'after':
			return from(after, take.column, take.whenMissing)
	}
}
