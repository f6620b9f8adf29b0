/** One derived column: its text, and the tests that send a row away. */

import { literalText } from '#languages/literals.ts'
import type { PysparkScope } from '#languages/pyspark.ts'
import { pysparkFails, pysparkValue } from '#languages/pyspark.ts'
import type { Py } from '#languages/python.ts'
import { atom, fn, method, unary } from '#languages/python.ts'
import { conversion, operation } from '#languages/registry.ts'
import { cutPyspark, isLonger } from '#languages/text-length.ts'
import type { Expression } from '#model/expressions.ts'
import type { FailurePolicy, ProjectColumn } from '#model/operators.ts'

/** A row for which `test` is true does not go on. The test may be null, which is false. */
export interface Exit {
	readonly test: Py
	readonly policy: Extract<FailurePolicy, { kind: 'fail' | 'drop' | 'redirect' }>
	/** What went wrong, for messages. */
	readonly what: string
}

export interface Settled {
	readonly value: Py
	readonly exits: readonly Exit[]
	/** Python variable for a text that occurs more than once. */
	readonly variable?: { readonly name: string; readonly value: Py }
}

/** Error, then length, then null: the order in which an engine meets them. */
export function settle(column: ProjectColumn, scope: PysparkScope, nameFor: (column: string) => string): Settled {
	const exits: Exit[] = []
	const { expression } = column.value
	const computed = pysparkValue(expression, scope)
	let value = computed

	function apply(
		policy: FailurePolicy,
		test: Py,
		what: string,
		replaced: { readonly cut: Py; readonly null: Py },
	): void {
		switch (policy.kind) {
			case 'fail':
			case 'drop':
			case 'redirect':
				exits.push({ test, policy, what: `column ${column.name}: ${what}` })
				break
			case 'null':
				value = replaced.null
				break
			case 'cut':
				value = replaced.cut
				break
			case 'default':
				value = method(fn('when', test, literalText(policy.value, column.type)), 'otherwise', value)
		}
	}

	const fails = pysparkFails(expression, scope)
	if (fails !== undefined) {
		const gone = isNullWhenFailed(expression, scope) ? computed : fn('when', unary('~', fails), computed)
		apply(column.onError, fails, 'the value cannot be computed', { cut: gone, null: gone })
	}
	const length = limit(column)
	if (length !== undefined && column.type.kind === 'string') {
		const long = isLonger(value, length, column.type)
		const short = unary('~', long)
		const cut = cutPyspark(value, length, column.type)
		apply(column.onTruncation, long, `a text of more than ${length} characters`, {
			cut,
			null: fn('when', short, value),
		})
	}
	if (column.onNull.kind === 'default') value = fn('coalesce', value, literalText(column.onNull.value, column.type))
	else if (column.onNull.kind !== 'allow' && mayBeNull(expression)) {
		apply(column.onNull, method(value, 'isNull'), 'null in a column that takes none', { cut: value, null: value })
	}
	return shared({ value, exits }, computed, () => nameFor(column.name))
}

/** The length at which a text is cut, where its source does not promise that it fits. */
function limit({ type, value }: ProjectColumn): number | undefined {
	if (type.kind !== 'string' || type.length === undefined) return undefined
	return longest(value.expression) <= type.length ? undefined : type.length
}

/**
 * Most characters that a text can have. Columns keep the length of their type, for whatever made them was tested like this;
 * what operations and conversions say of their result is no promise.
 */
function longest(expression: Expression): number {
	switch (expression.kind) {
		case 'literal':
			return typeof expression.value === 'string' ? expression.value.length : 0
		case 'column':
			return expression.type.kind === 'string' ? (expression.type.length ?? Infinity) : Infinity
		case 'if':
			return Math.max(longest(expression.then), longest(expression.otherwise))
		case 'cast': {
			const { type } = expression
			const isCut = conversion(expression.rule).cuts === true && type.kind === 'string'
			return isCut ? (type.length ?? Infinity) : longest(expression.operand)
		}
		default:
			return Infinity
	}
}

const mayBeNull = (expression: Expression): boolean => expression.kind !== 'literal' || expression.value === null

/** Failed operations give null, and null goes up through operations that propagate it; a condition or a null rule may hide it. */
function isNullWhenFailed(expression: Expression, scope: PysparkScope): boolean {
	if (pysparkFails(expression, scope) === undefined) return true
	if (expression.kind === 'cast') return isNullWhenFailed(expression.operand, scope)
	if (expression.kind === 'opaque') return true
	if (expression.kind !== 'call') return false
	const { nulls, fails } = operation(expression.operation)
	return nulls === 'propagate' && fails === undefined && expression.args.every((part) => isNullWhenFailed(part, scope))
}

/** Gives a long text that occurs several times a Python variable. */
function shared(settled: Settled, computed: Py, name: () => string): Settled {
	if (computed.level !== 'atom' || computed.code.length < 45) return settled
	const uses = [settled.value, ...settled.exits.map(({ test }) => test)]
	const count = uses.reduce((sum, { code }) => sum + code.split(computed.code).length - 1, 0)
	if (count < 2) return settled
	const variable = { name: name(), value: computed }
	const swap = (part: Py): Py => {
		const code = part.code.replaceAll(computed.code, () => variable.name)
		return code === variable.name ? atom(code) : { ...part, code }
	}
	return {
		value: swap(settled.value),
		exits: settled.exits.map((exit) => ({ ...exit, test: swap(exit.test) })),
		variable,
	}
}
