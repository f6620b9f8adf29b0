/** Calls that only spell a text which nobody can type, such as `Char(9)`. */
import type { CallExpression, Expression } from '#model/expressions.ts'
import { makeTimestamp } from '#model/values.ts'
import { evaluate } from './evaluate.ts'

const spelling: ReadonlySet<string> = new Set(['basic.char', 'datastage.char', 'datastage.space', 'datastage.str'])
const longest = 200

const unknown = (): never => {
	throw new Error('a constant names nothing')
}

/** The text itself where all arguments are constants: scripts are read more easily with it. */
export function spelled(call: CallExpression): Expression {
	if (!spelling.has(call.operation)) return call
	if (call.args.some((argument) => argument.kind !== 'literal' || argument.value === null)) return call
	const run = { at: makeTimestamp(0n), job: '', project: '', host: '', invocation: '' }
	const value = evaluate(call, { column: unknown, parameter: unknown, variable: unknown, run })
	if (typeof value !== 'string' || value.length > longest) return call
	return { kind: 'literal', value, type: call.type, ...(call.span === undefined ? {} : { span: call.span }) }
}
