/**
 * The way back to the whole: a call binds its arguments, a member its target, a switch its bodies. The parts go through the
 * class they are bound in, so that no part imports the one that imports it.
 */
import type { ScriptExpression, ScriptField, ScriptStatement, ScriptType } from '#model/scripts.ts'
import type { ClassSyntax, Statement, Syntax } from '../syntax.ts'
import type { MethodScope } from './scope.ts'

export interface Binders {
	readonly expression: (node: Syntax, scope: MethodScope, expected?: ScriptType) => ScriptExpression
	readonly expressionAs: (node: Syntax, type: ScriptType, scope: MethodScope) => ScriptExpression
	readonly index: (target: Syntax, args: readonly Syntax[], scope: MethodScope, line: number) => ScriptExpression
	readonly call: (node: Extract<Syntax, { kind: 'call' }>, scope: MethodScope) => ScriptExpression
	readonly staticField: (holder: ClassSyntax, name: string, scope: MethodScope) => ScriptField | undefined
	readonly body: (body: readonly Statement[], scope: MethodScope) => readonly ScriptStatement[]
}

/** An expression; `expected` is the type that its place asks for. */
export const bind: Binders['expression'] = (node, scope, expected) =>
	scope.class.binders.expression(node, scope, expected)

/** An expression as a value of that type. */
export const bindAs: Binders['expressionAs'] = (node, type, scope) =>
	scope.class.binders.expressionAs(node, type, scope)

export const bindIndex: Binders['index'] = (target, args, scope, line) =>
	scope.class.binders.index(target, args, scope, line)

export const bindCall: Binders['call'] = (node, scope) => scope.class.binders.call(node, scope)

export const bindBody: Binders['body'] = (body, scope) => scope.class.binders.body(body, scope)
