/** `x is string`: what a value is follows from its type, where that is known (C# specification 12.12.12; Visual Basic: TypeOf). */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import type { Syntax } from '../syntax.ts'
import { callOf } from './coerce.ts'
import { outside } from './outside.ts'
import { bind } from './recursion.ts'
import type { MethodScope } from './scope.ts'
import { isReference, sameType, typeOf } from './types.ts'

const { boolean } = scriptTypes

export function typeTest(node: Extract<Syntax, { kind: 'type-test' }>, scope: MethodScope): ScriptExpression {
	const { line } = node
	const value = bind(node.operand, scope)
	const type = typeOf(node.type, node)
	const isKnown = ['value', 'char', 'decimal'].includes(value.type.kind) && type.kind !== 'object'
	if (!isKnown) return outside(`a test whether a ${scriptTypeKey(value.type)} is a ${scriptTypeKey(type)}`, node)
	const is = (answer: boolean): ScriptExpression => ({ kind: 'literal', value: answer, type: boolean, line })
	if (!sameType(value.type, type)) return is(false)
	if (node.name !== undefined) {
		if (scope.before === undefined) return outside('a test that declares a local where it may not be evaluated', node)
		const { name } = scope.declare(node.name, type)
		scope.before.push({ kind: 'set', target: { kind: 'local', name }, value, declares: true, line })
	}
	// Null is of no type.
	const nothing: ScriptExpression = { kind: 'literal', value: null, type, line }
	return isReference(type) ? callOf('Compare.NotEqual', [value, nothing], boolean, line) : is(true)
}

/** What a local of type object is given is what it holds; where it is set to another type later, that is refused there. */
export function boxed(written: ScriptType | undefined, given: ScriptType): ScriptType | undefined {
	const isKnown = ['value', 'char', 'decimal'].includes(given.kind)
	return written?.kind === 'object' && isKnown ? given : undefined
}
