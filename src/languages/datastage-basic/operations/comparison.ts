/** Comparison of values without types (IBM: DataStage BASIC, relational operators). */
import { compareText } from '#model/code-points.ts'
import { boolean } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import type { Arguments, PysparkContext } from '../../catalogue.ts'
import { string } from '../../datastage-parallel/operations/define.ts'
import { type BinaryOperator, binary, call, type Py } from '../../python.ts'
import { looksNumeric, numberText } from '../numbers.ts'
import { family, valueParameter } from './define.ts'

const asText = (value: Value): string => (typeof value === 'number' ? numberText(value) : string(value))
const isNumber = (value: Value): boolean => typeof value === 'number' || looksNumeric(string(value))

/** Both look like numbers: by value. Otherwise as texts; the empty text is no number here, so it never equals 0. */
function order(left: Value, right: Value): number {
	if (!isNumber(left) || !isNumber(right)) return compareText(asText(left), asText(right))
	return Number(left) < Number(right) ? -1 : Number(left) > Number(right) ? 1 : 0
}

const flipped: Partial<Record<BinaryOperator, BinaryOperator>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' }
const zero: Py = { code: '0', level: 'atom' }

/** A number stands first in the helper that compares it with a text; then the sign turns round. */
function ordered([left, right]: Arguments<Py>, sign: BinaryOperator, { types }: PysparkContext): Py {
	if (types[0]?.kind === 'float') return binary(sign, call('number_order', left, right), zero)
	if (types[1]?.kind === 'float') return binary(flipped[sign] ?? sign, call('number_order', right, left), zero)
	return binary(sign, call('text_order', left, right), zero)
}

const comparison = (sign: BinaryOperator, holds: (order: number) => boolean) => ({
	parameters: [valueParameter('left'), valueParameter('right')],
	result: ([left, right]: Arguments<{ readonly kind: string }>) =>
		left.kind === 'float' && right.kind === 'float' ? { problem: 'one side must be a text' } : boolean,
	evaluate: ([left, right]: Arguments<Value>) => holds(order(left, right)),
	pyspark: (args: Arguments<Py>, context: PysparkContext) => ordered(args, sign, context),
})

export const comparisons = family('IBM: DataStage BASIC, relational operators', {
	eq: comparison('==', (sign) => sign === 0),
	ne: comparison('!=', (sign) => sign !== 0),
	lt: comparison('<', (sign) => sign < 0),
	gt: comparison('>', (sign) => sign > 0),
	le: comparison('<=', (sign) => sign <= 0),
	ge: comparison('>=', (sign) => sign >= 0),
})
