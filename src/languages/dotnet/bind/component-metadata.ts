/** What a script asks its own component: texts of error codes, and which column an error is about. */
import type { ScriptExpression } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import type { LocalSyntax, Syntax } from '../syntax.ts'
import { callOf } from './coerce.ts'
import { outside } from './outside.ts'
import { chain, matches } from './package-objects.ts'
import { bindAs } from './recursion.ts'
import type { MethodScope } from './scope.ts'

const { string, int } = scriptTypes
const metadata = 'ComponentMetaData'

/** `var data = this.ComponentMetaData as IDTSComponentMetaData130;`: another name for it. */
export function namesComponent(local: LocalSyntax, scope: MethodScope): boolean {
	if (local.value === undefined || !isComponent(local.value, scope)) return false
	scope.declare(local.name, { kind: 'thing', name: metadata })
	return true
}

/** A component has the interface of the version that it was made for: `data != null` holds. Undefined for other comparisons. */
export function componentTest(node: Syntax, scope: MethodScope): ScriptExpression | undefined {
	if (node.kind !== 'binary' || !/^(?:==|!=|is|is-not)$/.test(node.operator)) return undefined
	const isNull = node.right.kind === 'literal' && node.right.type === 'null'
	if (!isNull || !isComponent(node.left, scope)) return undefined
	const value = node.operator === '!=' || node.operator === 'is-not'
	return { kind: 'literal', value, type: scriptTypes.boolean, line: node.line }
}

/** `ComponentMetaData.GetErrorDescription(code)`, `GetIdentificationStringByID(column)`. */
export function componentCall(node: Syntax, scope: MethodScope): ScriptExpression | undefined {
	if (node.kind !== 'call' || node.target.kind !== 'member') return undefined
	const { target, name } = node.target
	const [first, ...more] = node.args
	if (first === undefined || more.length > 0 || !isComponent(target, scope)) return undefined
	const number = (): ScriptExpression => bindAs(first.value, int, scope)
	if (/^GetErrorDescription$/i.test(name)) return callOf('Component.GetErrorDescription', [number()], string, node.line)
	if (!/^GetIdentificationStringByID$/i.test(name)) return undefined
	const names = scope.class.contract.columnNames
	if (names === undefined) return outside('the name of a column', node)
	const entries = [...names].flatMap(([key, value]): readonly ScriptExpression[] => [
		{ kind: 'literal', value: BigInt(key), type: int, line: node.line },
		{ kind: 'literal', value, type: string, line: node.line },
	])
	const known = callOf('Map.of', entries, { kind: 'map', of: string, key: int }, node.line)
	return callOf('Component.GetIdentificationStringByID', [known, number()], string, node.line)
}

function isComponent(node: Syntax, scope: MethodScope): boolean {
	if (node.kind === 'cast') return isComponent(node.operand, scope)
	const held = node.kind === 'name' ? scope.local(node.name) : undefined
	if (held !== undefined) return held.type.kind === 'thing' && held.type.name === metadata
	return matches(chain(node), metadata)
}
