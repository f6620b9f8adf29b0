/** Key columns of joins, lookups, groups and windows. */

import { literalText } from '#languages/literals.ts'
import type { Py } from '#languages/python.ts'
import { allOf, atom, binary, fn, lit, method, pyString } from '#languages/python.ts'
import { foldedColumn } from '#languages/shared/folding.ts'
import type { Collation } from '#model/collation.ts'
import type { KeyPair, TakenColumn } from '#model/operators.ts'
import type { Schema } from '#model/types.ts'
import { findColumn, text } from '#model/types.ts'
import { column, reference, sideColumn } from './columns.ts'

/** What a key compares by. */
export const keyText = (name: string, collation: Collation): Py =>
	collation === 'binary' ? atom(pyString(reference(name))) : foldedColumn(column(name), collation)

/** Condition of a join between the frames called `left` and `right`. */
export function keyCondition(keys: readonly KeyPair[], nullsEqual: boolean): Py {
	const tests = keys.map(({ left, right, collation }) => {
		const side = (which: string, name: string): Py => foldedColumn(sideColumn(which, name), collation)
		return nullsEqual
			? method(side('left', left), 'eqNullSafe', side('right', right))
			: binary('==', side('left', left), side('right', right))
	})
	return allOf(tests) ?? lit(true)
}

/** A column taken from one side; `mark` names the column that is null where that side has no row. */
export function takenText(taken: TakenColumn, schema: Schema, mark: string): Py {
	const value = sideColumn(taken.side, taken.column)
	if (taken.whenMissing === null) return value
	const type = findColumn(schema, taken.column)?.type ?? text()
	return method(
		fn('when', method(sideColumn(taken.side, mark), 'isNotNull'), value),
		'otherwise',
		literalText(taken.whenMissing, type),
	)
}
