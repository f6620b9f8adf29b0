import type { Py } from '#languages/python.ts'
import { binary, fn, lit, method, pyString, unary } from '#languages/python.ts'
import type { Change, ChangeApplyOperator } from '#model/changes.ts'
import type { Node } from '../../text/tree.ts'
import { orFalse, reference, sideColumn } from './columns.ts'
import type { Emitter, FlowContext } from './context.ts'
import { assign } from './context.ts'
import type { Paired } from './pairing.ts'
import { paired, pairOrder, sameValues } from './pairing.ts'

/** Rows before with their changes: each pair leaves the changed row, the row before, both, or nothing. */
export const changeApply: Emitter<'change-apply'> = (operator, context) => {
	const name = context.variable(operator, 'out')
	const pairs = paired(operator, ['before', 'changes'], operator.keys, context)
	const both = context.fresh(`${name}_paired`)
	const { items: orders, order } = context.carries(operator) ? pairOrder(operator.keys) : { items: [], order: [] }
	const rows = (which: 'before' | 'change'): Py => {
		const fields = operator.columns.map((one) =>
			method(sideColumn(which === 'before' ? 'left' : 'right', one[which]), 'alias', one.name),
		)
		return fn('struct', ...fields)
	}
	const changed = fn('when', orFalse(leavesChange(operator, pairs)), rows('change'))
	const before = fn('when', orFalse(leavesBefore(operator, pairs)), rows('before'))
	const array = fn('array_compact', fn('array', changed, before))
	const items = operator.columns.map((one) => method(fn('col', `_row.${reference(one.name)}`), 'alias', one.name).code)
	const hiddenNames = order.map(({ column }) => pyString(column))
	context.give(operator, 'out', { name, order, isSorted: false })
	return [
		...codeCheck(operator, both, pairs, context),
		assign(name, both, [
			`select(${[`F.explode(${array.code}).alias("_row")`, ...orders].join(', ')})`,
			`select(${[...items, ...hiddenNames].join(', ')})`,
		]),
	]
}

function codeCheck(operator: ChangeApplyOperator, both: string, pairs: Paired, context: FlowContext): readonly Node[] {
	const codes = [...new Set(Object.values(operator.codes))].join(', ')
	const known = fn('coalesce', { code: `${code(operator).code}.isin(${codes})`, level: 'atom' }, lit(false))
	const unknown = binary('&', unary('~', pairs.missing('right')), unary('~', known))
	const message = pyString(context.message(operator, `${operator.code} is no code of a change`))
	return [
		assign(both, pairs.base, pairs.calls),
		`${both} = ${context.use('ensure')}(${both}, ${unknown.code}, ${message})`,
	]
}

const code = (operator: ChangeApplyOperator): Py => sideColumn('right', operator.code)

const is = (operator: ChangeApplyOperator, change: Change): Py =>
	binary('==', code(operator), { code: String(operator.codes[change]), level: 'atom' })

/** An insert or an edit; a copy too, where there is no row before. */
function leavesChange(operator: ChangeApplyOperator, pairs: Paired): Py {
	const always = `${code(operator).code}.isin(${operator.codes.insert}, ${operator.codes.edit})`
	return binary('|', { code: always, level: 'atom' }, binary('&', pairs.missing('left'), is(operator, 'copy')))
}

/** There is no change, or one that leaves the row: a copy, an insert beside it, a delete of other values. */
function leavesBefore(operator: ChangeApplyOperator, pairs: Paired): Py {
	const kept: Py = {
		code: `${code(operator).code}.isin(${operator.codes.copy}, ${operator.codes.insert})`,
		level: 'atom',
	}
	const other =
		operator.deleteValues.length === 0
			? kept
			: binary('|', kept, binary('&', is(operator, 'delete'), unary('~', sameValues(operator.deleteValues))))
	return binary('&', unary('~', pairs.missing('left')), binary('|', pairs.missing('right'), other))
}
