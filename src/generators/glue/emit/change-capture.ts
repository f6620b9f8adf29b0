import { literalText } from '#languages/literals.ts'
import type { Py } from '#languages/python.ts'
import { fn, method, pyString, unary } from '#languages/python.ts'
import type { Change, ChangeCaptureOperator } from '#model/changes.ts'
import { sideColumn, typeText } from './columns.ts'
import type { Emitter } from './context.ts'
import { assign } from './context.ts'
import type { Paired } from './pairing.ts'
import { paired, pairOrder, sameValues } from './pairing.ts'

const changes: readonly Change[] = ['copy', 'insert', 'delete', 'edit']

/** What changed between two frames: they are joined row by row, and each pair gets its code. */
export const changeCapture: Emitter<'change-capture'> = (operator, context) => {
	const name = context.variable(operator, 'out')
	const pairs = paired(operator, ['before', 'after'], operator.keys, context)
	const kept = changes.filter((change) => operator.keeps.includes(change))
	const items = operator.columns.map((one) =>
		keepsItsName(one)
			? `${context.use('current_value')}(${pyString(one.name)})`
			: method(takenText(operator, one, pairs), 'alias', one.name).code,
	)
	const { items: orders, order } = context.carries(operator) ? pairOrder(operator.keys) : { items: [], order: [] }
	const filter = kept.length === changes.length ? [] : [`filter(${keptText(operator, pairs, kept).code})`]
	context.give(operator, 'out', { name, order, isSorted: false })
	return assign(name, pairs.base, [...pairs.calls, ...filter, `select(${[...items, ...orders].join(', ')})`])
}

/** Is it the column of that name, of the row after or else of the row before? */
const keepsItsName = ({ name, take }: ChangeCaptureOperator['columns'][number]): boolean =>
	take.kind === 'current' && take.before === name && take.after === name && /^\w+$/.test(name)

/** The code of each pair. */
function codeText({ codes, values }: ChangeCaptureOperator, pairs: Paired): Py {
	const code = (change: Change): Py => fn('lit', Number(codes[change]))
	const added = fn('when', pairs.missing('left'), code('insert'))
	const gone = method(added, 'when', pairs.missing('right'), code('delete'))
	if (values.length === 0) return method(gone, 'otherwise', code('copy'))
	return method(method(gone, 'when', sameValues(values), code('copy')), 'otherwise', code('edit'))
}

/** Is it one of the changes that leave a row? */
function keptText(operator: ChangeCaptureOperator, pairs: Paired, kept: readonly Change[]): Py {
	const keeps = (change: Change): Py => fn('lit', kept.includes(change))
	const added = fn('when', pairs.missing('left'), keeps('insert'))
	const gone = method(added, 'when', pairs.missing('right'), keeps('delete'))
	const both = (['copy', 'edit'] as const).map((change) => kept.includes(change))
	if (both[0] === both[1] || operator.values.length === 0) return method(gone, 'otherwise', keeps('copy'))
	const same = sameValues(operator.values)
	return method(gone, 'otherwise', both[0] === true ? same : unary('~', same))
}

function takenText(
	operator: ChangeCaptureOperator,
	{ take, type }: ChangeCaptureOperator['columns'][number],
	pairs: Paired,
): Py {
	switch (take.kind) {
		case 'code':
			return method(codeText(operator, pairs), 'cast', typeText(type))
		case 'current': {
			const now = sideColumn('right', take.after)
			const before = fn('when', pairs.missing('right'), sideColumn('left', take.before))
			return method(before, 'otherwise', now)
		}
		case 'before':
		case 'after': {
			const side = take.kind === 'before' ? 'left' : 'right'
			const value = sideColumn(side, take.column)
			if (take.whenMissing === null) return value
			return method(fn('when', pairs.missing(side), literalText(take.whenMissing, type)), 'otherwise', value)
		}
	}
}
