import type { SlowlyChangingOperator } from '#model/changes.ts'
import type { Row, Value } from '#model/values.ts'
import { declareBranches } from '../branches.ts'
import type { Interpreter } from '../context.ts'
import { indexRows, sideKeys } from '../matching.ts'
import { sameValues } from '../pairing.ts'
import { withColumns } from '../policies.ts'

export const slowlyChanging: Interpreter<'slowly-changing'> = (operator, inputs, context) => {
	const hit = declareBranches(context, operator, [
		'no version',
		'nothing differs',
		...operator.changes.map(({ name }) => name),
	])
	const versions = indexRows(inputs['dimension'] ?? [], sideKeys(operator.keys, 'right'), false)
	const find = versions.finder(sideKeys(operator.keys, 'left'))
	const out = (inputs['in'] ?? []).map((row) => {
		const [version] = find(row)
		const changed = operator.changes.filter(({ values }) => version !== undefined && !sameValues(row, version, values))
		if (version === undefined) hit('no version')
		else if (changed.length === 0) hit('nothing differs')
		for (const { name } of changed) hit(name)
		return withColumns(row, [
			[operator.found, version !== undefined],
			...operator.changes.map((change): [string, Value] => [change.name, changed.includes(change)]),
			...taken(operator, row, version),
		])
	})
	return { out }
}

const taken = ({ take }: SlowlyChangingOperator, row: Row, version: Row | undefined): readonly [string, Value][] =>
	take.map(({ name, side, column, whenMissing }) => {
		if (side === 'left') return [name, row[column] ?? null]
		return [name, version === undefined ? whenMissing : (version[column] ?? null)]
	})
