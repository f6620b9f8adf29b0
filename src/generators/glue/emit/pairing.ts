/** Two frames joined row by row: by key, and by the place among the rows of a key. */
import type { Py } from '#languages/python.ts'
import { allOf, fn, lit, method, pyString } from '#languages/python.ts'
import { foldedColumn } from '#languages/shared/folding.ts'
import type { KeyPair } from '#model/operator-base.ts'
import type { Operator } from '#model/operators.ts'
import type { RowOrder } from '../plan/row-order.ts'
import { byHidden, hidden, orderTexts } from '../plan/row-order.ts'
import { list, sideColumn } from './columns.ts'
import type { FlowContext } from './context.ts'
import { keyCondition, keyText } from './keys.ts'

const nth = '_nth'

export interface Paired {
	/** The joined frame: a base and the calls on it. */
	readonly base: string
	readonly calls: readonly string[]
	/** Is there no row on that side? */
	missing(side: 'left' | 'right'): Py
}

/** A full join of the frames at two ports; the frames are called `left` and `right` in it. */
export function paired(
	operator: Operator,
	[left, right]: readonly [string, string],
	keys: readonly KeyPair[],
	context: FlowContext,
): Paired {
	context.needs('from pyspark.sql import Window')
	const numbered = (port: string, side: 'left' | 'right'): string => {
		const frame = context.input(operator, port)
		const names = list(keys.map((key) => keyText(key[side], key.collation)))
		const window = `Window.partitionBy(${names}).orderBy(${list(orderTexts(frame.order))})`
		return `${frame.name}.withColumn("${nth}", F.row_number().over(${window})).alias(${pyString(side)})`
	}
	const same = `${keyCondition(keys, true).code} & (F.col("left.${nth}") == F.col("right.${nth}"))`
	return {
		base: numbered(left, 'left'),
		calls: [`join(${numbered(right, 'right')}, ${same}, "full")`],
		missing: (side) => method(sideColumn(side, nth), 'isNull'),
	}
}

/** Are the values equal, nulls too? */
export function sameValues(values: readonly KeyPair[]): Py {
	const tests = values.map(({ left, right, collation }) => {
		const side = (which: 'left' | 'right', name: string): Py => foldedColumn(sideColumn(which, name), collation)
		return method(side('left', left), 'eqNullSafe', side('right', right))
	})
	return allOf(tests) ?? lit(true)
}

/** The order of the pairs: by key, then by the place among the rows of a key. Columns to select, and what they order. */
export function pairOrder(keys: readonly KeyPair[]): { readonly items: readonly string[]; readonly order: RowOrder } {
	const values = keys.map(({ left, right }, index) => ({
		column: `${hidden}_key_${index}`,
		value: fn('coalesce', sideColumn('right', right), sideColumn('left', left)),
	}))
	const place = { column: `${hidden}${nth}`, value: fn('coalesce', sideColumn('right', nth), sideColumn('left', nth)) }
	const all = [...values, place]
	return {
		items: all.map(({ column, value }) => method(value, 'alias', column).code),
		order: all.map(({ column }) => byHidden(column)),
	}
}
