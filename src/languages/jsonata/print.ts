/** Expressions of job sequences as JSONata, the language of AWS Step Functions. */
import type { Expression } from '#model/expressions.ts'
import type { DataType } from '#model/types.ts'
import { typesOf } from '../evaluate.ts'
import { numberOf, truthOf } from './numbers.ts'
import { jsonataOperations } from './operations.ts'
import type { Printed } from './text.ts'
import { literalText, numberCode, parts, textCode, truthCode } from './text.ts'

export interface JsonataScope {
	variable(name: string): Printed
	parameter(name: string, type: DataType): Printed
	/** Name of the sequence in the old tool. */
	readonly job: string
}

/** The text, or why there is none. */
export type PrintResult = Printed | { readonly problem: string }

export function printJsonata(expression: Expression, scope: JsonataScope): PrintResult {
	switch (expression.kind) {
		case 'literal':
			return printLiteral(expression.value)
		case 'variable':
			return scope.variable(expression.name)
		case 'parameter':
			return scope.parameter(expression.name, expression.type)
		case 'call':
			return printCall(expression, scope)
		case 'if':
			return printIf(expression, scope)
		case 'cast': {
			const operand = printJsonata(expression.operand, scope)
			if ('problem' in operand) return operand
			return castTo(operand, expression.type) ?? problem(`a conversion to ${expression.type.kind}`)
		}
		case 'column':
			return problem('a column')
		case 'loop':
		case 'bound':
			return problem('a loop')
		case 'opaque':
			return { problem: expression.reason }
	}
}

const problem = (what: string) => ({ problem: `Step Functions cannot compute ${what}` })

function printLiteral(value: Extract<Expression, { kind: 'literal' }>['value']): PrintResult {
	if (typeof value === 'string') return textCode(literalText(value))
	if (typeof value === 'bigint') return numberCode(String(value), value >= 0n)
	if (typeof value === 'number' && Number.isFinite(value))
		return numberCode(String(value), value >= 0, Number.isInteger(value))
	if (typeof value === 'boolean') return truthCode(String(value), true)
	return problem('with a null')
}

function printCall(expression: Extract<Expression, { kind: 'call' }>, scope: JsonataScope): PrintResult {
	const { operation, args } = expression
	const print = Object.hasOwn(jsonataOperations, operation) ? jsonataOperations[operation] : undefined
	if (print === undefined) return problem(operation.replace(/^[^.]*\./, ''))
	const clocks = args.map(clockOf)
	const printed: Printed[] = []
	for (const [index, argument] of args.entries()) {
		// Day and time as numbers have no text of their own here: only a format of them does.
		const text = clocks[index] === undefined ? printJsonata(argument, scope) : textCode("''")
		if ('problem' in text) return text
		printed.push(text)
	}
	const { literals } = typesOf(expression)
	return (
		print(printed, { literals, clocks, job: scope.job }) ??
		problem(`${operation.replace(/^[^.]*\./, '')} of these values`)
	)
}

function clockOf(argument: Expression): string | undefined {
	if (argument.kind === 'cast') return clockOf(argument.operand)
	const clock = argument.kind === 'call' && /^basic\.(?:date|time)$/.test(argument.operation)
	return clock ? argument.operation : undefined
}

function printIf(expression: Extract<Expression, { kind: 'if' }>, scope: JsonataScope): PrintResult {
	const condition = printJsonata(expression.condition, scope)
	const then = printJsonata(expression.then, scope)
	const otherwise = printJsonata(expression.otherwise, scope)
	for (const part of [condition, then, otherwise]) if ('problem' in part) return part
	if ('problem' in condition || 'problem' in then || 'problem' in otherwise) return problem('this')
	return {
		code: `(${parts(condition)} ? ${parts(then)} : ${parts(otherwise)})`,
		kind: then.kind,
		closed: true,
		whole: then.whole === true && otherwise.whole === true,
	}
}

/** BASIC values have no types; where a number, a text or a truth is needed, this is what becomes of another. */
function castTo(value: Printed, { kind }: Pick<DataType, 'kind'>): Printed | undefined {
	switch (kind) {
		case 'string':
			if (value.kind === 'truth') return { ...textCode(`(${value.code} ? '1' : '0')`), canonical: true }
			// A number with a fraction is cut to four digits, which JSONata rounds by another rule.
			if (value.kind === 'number') return value.whole === true ? textCode(`$string(${value.code})`) : undefined
			return value
		case 'int':
			if (value.kind === 'number') return value.whole === true ? value : undefined
			return value.kind === 'truth' ? numberCode(`(${value.code} ? 1 : 0)`) : undefined
		case 'float':
			if (value.kind === 'text') return numberCode(numberOf(value.code), true, false)
			return value.kind === 'truth' ? numberCode(`(${value.code} ? 1 : 0)`) : value
		case 'boolean':
			if (value.kind === 'text') return truthCode(truthOf(value), true)
			return value.kind === 'number' ? truthCode(`${parts(value)} != 0`) : value
		default:
			return undefined
	}
}
