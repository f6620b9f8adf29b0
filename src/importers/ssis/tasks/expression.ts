import { lowerSsis } from '#languages/ssis/lower.ts'
import type { Task } from '#model/control-flow.ts'
import { walk } from '../../xml/element.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { assign } from '../flow/values.ts'
import type { TaskContext } from './task-context.ts'
import { taskBase } from './task-context.ts'

/** Expression task: `@[User::X] = expression`. */
export function lowerExpressionTask(context: TaskContext): Task | Refusal {
	const { executable, scope } = context
	let text = ''
	if (executable.data !== undefined) {
		walk(executable.data, (element) => {
			if (element.name === 'ExpressionTask') text = element.attributes.get('Expression') ?? ''
		})
	}
	// Some packages write `:=`; a blank in place of the colon keeps every position.
	const plain = text.replace(/^(\s*@(?:\[[^\]]*\]|\w+)\s*):=/, '$1 =')
	const lowered = lowerSsis(plain, { columns: [], variables: scope.symbols }, { assignment: true })
	const { target, type } = lowered
	if (type === undefined || target === undefined) {
		const why = lowered.problems.map((problem) => problem.message).join('; ')
		return refuse(`its expression was not understood: ${why || 'it assigns to no variable'}`)
	}
	const name = target.namespace === undefined ? target.name : `${target.namespace}::${target.name}`
	const variable = scope.value(name)
	if (variable?.kind !== 'variable') return refuse(`no variable has the name ${JSON.stringify(name)}`)
	const expression = assign(lowered.expression.expression, type, variable.type)
	const assignments = [{ variable: variable.name, value: { expression, text } }]
	return { ...taskBase(context), kind: 'assign', assignments }
}
