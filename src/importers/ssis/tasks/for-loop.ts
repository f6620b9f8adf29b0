import type { Task } from '#model/control-flow.ts'
import { isProblem, lowerInScope } from '../flow/expressions.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { property } from '../formats/properties.ts'
import { isAssignment, lowerAssignment } from './assignment.ts'
import type { TaskContext } from './task-context.ts'
import { placeOf, taskBase } from './task-context.ts'

/** For Loop container: its condition is tested before each pass (Microsoft: For Loop Container). */
export function lowerForLoop(context: TaskContext): Task | Refusal {
	const { executable, scope } = context
	const text = (name: string): string => property(executable.element, name)?.trim() ?? ''
	const condition = text('EvalExpression')
	if (condition === '') return refuse('it has no condition')
	const test = lowerInScope(condition, scope, executable.name, placeOf(context))
	if (isProblem(test)) return test
	const ends = ['InitExpression', 'AssignExpression'].map((name) =>
		text(name) === '' ? undefined : lowerAssignment(text(name), scope),
	)
	const [initial, step] = ends
	if (initial !== undefined && !isAssignment(initial)) return initial
	if (step !== undefined && !isAssignment(step)) return step
	return {
		...taskBase(context),
		kind: 'loop',
		over: {
			kind: 'condition',
			...(initial === undefined ? {} : { initial }),
			while: { expression: test.expression, text: test.text },
			...(step === undefined ? {} : { step }),
		},
		body: context.inside(),
	}
}
