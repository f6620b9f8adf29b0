import type { Change, ChangeApplyOperator } from '#model/changes.ts'
import type { Row } from '#model/values.ts'
import { declareBranches } from '../branches.ts'
import type { Interpreter } from '../context.ts'
import { pairRows, sameValues } from '../pairing.ts'
import { stop } from '../stop.ts'

const changes: readonly Change[] = ['copy', 'insert', 'delete', 'edit']

/**
 * With unique keys, for which alone the source promises a result, this is what its walk through the sorted inputs gives
 * (IBM: Change Apply stage).
 */
export const changeApply: Interpreter<'change-apply'> = (operator, inputs, context) => {
	const hit = declareBranches(context, operator, [
		'no change',
		...changes.flatMap((change) => [change, `${change} without row`]),
		...(operator.deleteValues.length > 0 ? ['delete of other values'] : []),
	])
	const out: Row[] = []
	for (const { left: before, right: changed } of pairRows(
		inputs['before'] ?? [],
		inputs['changes'] ?? [],
		operator.keys,
	)) {
		if (changed === undefined) {
			hit('no change')
			if (before !== undefined) out.push(rowBefore(before, operator))
			continue
		}
		const change = changeOf(changed, operator)
		if (before === undefined) {
			hit(`${change} without row`)
			if (change !== 'delete') out.push(rowAfter(changed, operator))
			continue
		}
		const differs = change === 'delete' && !sameValues(before, changed, operator.deleteValues)
		hit(differs ? 'delete of other values' : change)
		if (change === 'insert' || change === 'edit') out.push(rowAfter(changed, operator))
		if (change === 'insert' || change === 'copy' || differs) out.push(rowBefore(before, operator))
	}
	return { out }
}

function changeOf(row: Row, operator: ChangeApplyOperator): Change {
	const code = row[operator.code] ?? null
	const found = changes.find((change) => operator.codes[change] === code)
	return found ?? stop(operator.id, `${operator.code} is no code of a change`)
}

const rowBefore = (row: Row, { columns }: ChangeApplyOperator): Row =>
	Object.fromEntries(columns.map(({ name, before }) => [name, row[before] ?? null]))

const rowAfter = (row: Row, { columns }: ChangeApplyOperator): Row =>
	Object.fromEntries(columns.map(({ name, change }) => [name, row[change] ?? null]))
