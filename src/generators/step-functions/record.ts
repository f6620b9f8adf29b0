import type { Task } from '#model/control-flow.ts'
import { added, jsonata } from './asl.ts'
import { directly, leaving } from './guards.ts'
import type { Region } from './scope.ts'

/** Takes a note of triggers that are looked at later than they fire; gives the state to go on with. */
export function recordTriggers(task: Task, next: string, region: Region): string {
	const { machine, control, scope } = region
	const fields = leaving(control, task.id).flatMap((trigger) => {
		const key = machine.recorded.get(trigger.id)
		return key === undefined ? [] : [`'${key}': ${directly(trigger, region)}`]
	})
	if (fields.length === 0) return next
	const name = machine.memory.state(`${task.name}: triggers`)
	scope.states.set(name, {
		Type: 'Pass',
		Comment: 'Which of its triggers fired, for what looks at them later',
		Output: jsonata(added(fields.join(', '))),
		Next: next,
	})
	return name
}
