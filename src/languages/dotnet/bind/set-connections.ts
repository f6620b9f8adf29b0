/** Connection managers whose text a script sets (Microsoft: Connecting to Data Sources in the Script Task). */
import type { ScriptStatement } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import type { Statement, Syntax } from '../syntax.ts'
import { outside } from './outside.ts'
import { connectionKey } from './package-objects.ts'
import { bindAs } from './recursion.ts'
import type { MethodScope } from './scope.ts'

/** `Dts.Connections["Orders"].ConnectionString = path`: the file that the tasks behind this one find. */
export function connectionAssignment(
	{ value, operator, line }: Extract<Statement, { kind: 'assign' }>,
	target: Extract<Syntax, { kind: 'member' }>,
	scope: MethodScope,
): readonly ScriptStatement[] | undefined {
	if (target.name.toLowerCase() !== 'connectionstring') return undefined
	const key = connectionKey(target.target, scope)
	if (key === undefined) return undefined
	const text = scope.class.contract.connections.get(key)
	if (typeof text !== 'object' || text.mayBeSet !== true || operator !== '=')
		return outside(`the connection ${key}, which is set and is no file, or which an expression gives`, { line })
	const path = bindAs(value, scriptTypes.string, scope)
	return [{ kind: 'set', target: { kind: 'variable', name: text.name }, value: path, declares: false, line }]
}
