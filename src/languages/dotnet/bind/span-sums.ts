/** Sums and differences of moments and lengths of time (Microsoft: operators of DateTime and TimeSpan). */
import type { ScriptExpression } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import type { BinaryOperator } from '../syntax.ts'
import { callOf } from './coerce.ts'

const { moment, span } = scriptTypes

/** Undefined for operands of other types. */
export function spanSum(
	operator: BinaryOperator,
	left: ScriptExpression,
	right: ScriptExpression,
): ScriptExpression | undefined {
	const name = operator === '+' ? 'Add' : operator === '-' ? 'Subtract' : undefined
	if (name === undefined) return undefined
	const [first, second] = [scriptTypeKey(left.type), scriptTypeKey(right.type)]
	if (first === 'timestamp' && second === 'timestamp')
		return name === 'Subtract' ? callOf('DateTime.Subtract', [left, right], span, left.line) : undefined
	if (second !== 'TimeSpan') return undefined
	if (first === 'timestamp') return callOf(`DateTime.${name}(span)`, [left, right], moment, left.line)
	return first === 'TimeSpan' ? callOf(`TimeSpan.${name}`, [left, right], span, left.line) : undefined
}
