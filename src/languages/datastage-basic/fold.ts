/** Constants are computed here and now: loops of routines end where a condition of constants says so. */
import type { Expression } from '#model/expressions.ts'
import { isError, makeTimestamp } from '#model/values.ts'
import { evaluate } from '../evaluate.ts'

/** They may ask the clock of the run, which fills up incomplete dates. */
const atRunTime: ReadonlySet<string> = new Set(['basic.iconv', 'basic.oconv'])
const run = { at: makeTimestamp(0n), job: '', project: '', host: '', invocation: '' }

const unknown = (): never => {
	throw new Error('a constant names nothing')
}

const isConstant = (expression: Expression): boolean => expression.kind === 'literal'
const truth = (expression: Expression | undefined): unknown =>
	expression?.kind === 'literal' ? expression.value : undefined

/** The expression with its constant parts computed; an error in one of them stays for the run to meet. */
export function folded(expression: Expression): Expression {
	switch (expression.kind) {
		case 'call': {
			const args = expression.args.map(folded)
			const [left, right] = args
			const decides = expression.operation === 'shared.and' ? false : expression.operation === 'shared.or'
			// One side is enough: null or not, the other changes nothing.
			if (/^shared\.(?:and|or)$/.test(expression.operation)) {
				if (truth(left) === decides || truth(right) === decides)
					return { ...expression, kind: 'literal', value: decides }
				if (truth(left) === !decides && right !== undefined) return right
				if (truth(right) === !decides && left !== undefined) return left
			}
			const plain = args.length > 0 && args.every(isConstant) && !atRunTime.has(expression.operation)
			return constant({ ...expression, args }, plain)
		}
		case 'cast': {
			const operand = folded(expression.operand)
			return constant({ ...expression, operand }, isConstant(operand))
		}
		case 'if': {
			const condition = folded(expression.condition)
			const [then, otherwise] = [folded(expression.then), folded(expression.otherwise)]
			if (condition.kind === 'literal' && condition.value !== null) return condition.value === true ? then : otherwise
			return { ...expression, condition, then, otherwise }
		}
		default:
			return expression
	}
}

function constant(expression: Expression, plain: boolean): Expression {
	if (!plain) return expression
	const value = evaluate(expression, { column: unknown, parameter: unknown, variable: unknown, run })
	if (isError(value)) return expression
	const span = expression.span === undefined ? {} : { span: expression.span }
	return { kind: 'literal', value, type: expression.type, ...span }
}
