import type { ScriptExpression } from '#model/scripts.ts'
import { scriptOperation } from '../catalogue.ts'
import { outside } from './outside.ts'

/** A call whose literal arguments its operation accepts. */
export function checked(value: ScriptExpression): ScriptExpression {
	if (value.kind !== 'call') return value
	const { literals, refuses, id } = scriptOperation(value.operation)
	const given = value.args.map((argument) => (argument.kind === 'literal' ? argument.value : undefined))
	const missing = literals?.find((at) => value.args[at] !== undefined && given[at] === undefined)
	if (missing !== undefined) return outside(`${id} with a text that is only known at run time`, value)
	const refused = refuses?.(given)
	return refused === undefined ? value : outside(refused, value)
}
