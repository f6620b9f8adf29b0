/** Loops over what a task of their own finds out when they start. */
import type { LoopTask, SequenceTask, Task } from '#model/control-flow.ts'
import type { LoopBinding } from '#model/loops.ts'
import { text } from '#model/types.ts'
import { failureRules } from './settings.ts'
import type { TaskContext } from './task-context.ts'
import { placeOf, taskBase } from './task-context.ts'

/**
 * Asks first, and then goes over the answer.
 * @param what is gone over: `objects`
 * @param asking the task that puts rows into the variable
 */
export function askFirst(
	context: TaskContext,
	what: string,
	bindings: readonly LoopBinding[],
	asking: (base: ReturnType<typeof taskBase>, variable: string) => Task,
): SequenceTask {
	const { executable, collected } = context
	const base = taskBase(context)
	const { id, name, provenance } = base
	const type = text()
	const variable = `User::${name} ${what}`
	const initial = { kind: 'literal', value: '', type } as const
	collected.variables.push({ name: variable, scope: executable.refId, type, initial, provenance: placeOf(context) })
	const query = asking({ ...base, id: `${id}\\${what}`, name: `${name}, its ${what}`, disabled: false }, variable)
	const failure = failureRules(context)
	const loop: LoopTask = {
		...base,
		id: `${id}\\each`,
		name: `${name}, each of them`,
		disabled: false,
		kind: 'loop',
		over: { kind: 'rows', variable, bindings },
		body: context.inside(),
		...(failure === undefined ? {} : { failure }),
	}
	const order = {
		id: `${id}\\order`,
		from: query.id,
		to: loop.id,
		outcome: 'success',
		combine: 'and',
		provenance,
	} as const
	return { ...base, kind: 'sequence', body: { tasks: [query, loop], precedences: [order], joins: [] } }
}
