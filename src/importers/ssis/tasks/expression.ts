import type { Task } from '#model/control-flow.ts'
import { walk } from '../../xml/element.ts'
import type { Refusal } from '../flow/parts.ts'
import { isAssignment, lowerAssignment } from './assignment.ts'
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

	const assignment = lowerAssignment(text, scope)
	return isAssignment(assignment) ? { ...taskBase(context), kind: 'assign', assignments: [assignment] } : assignment
}
