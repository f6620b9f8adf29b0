/** `@[User::X] = expression`, as Expression tasks and For loops write it. */
import { lowerSsis } from '#languages/ssis/lower.ts'
import type { Assignment } from '#model/loops.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { assign } from '../flow/values.ts'
import type { PackageScope } from '../package-scope.ts'
import { symbolsIn } from '../package-scope.ts'
import { asHeld } from '../variable-values.ts'

export function lowerAssignment(text: string, scope: PackageScope): Assignment | Refusal {
	// Some packages write `:=`; a blank in place of the colon keeps every position.
	const plain = text.replace(/^(\s*@(?:\[[^\]]*\]|\w+)\s*):=/, '$1 =')
	const lowered = lowerSsis(plain, { columns: [], ...symbolsIn(scope) }, { assignment: true })
	const { target, type } = lowered
	if (type === undefined || target === undefined) {
		const why = lowered.problems.map((problem) => problem.message).join('; ')
		return refuse(`its expression was not understood: ${why || 'it assigns to no variable'}`)
	}
	const name = target.namespace === undefined ? target.name : `${target.namespace}::${target.name}`
	const variable = scope.value(name)
	if (variable?.kind !== 'variable') return refuse(`no variable has the name ${JSON.stringify(name)}`)
	const value = lowered.expression.expression
	const expression =
		variable.isObject === true ? assign(value, type, variable.type) : asHeld(value, type, variable.type)
	return { variable: variable.name, value: { expression, text } }
}

export const isAssignment = (result: Assignment | Refusal): result is Assignment => 'variable' in result
