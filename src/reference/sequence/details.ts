import type { SourcedExpression } from '#model/expressions.ts'
import { valueText } from '#model/json-values.ts'
import type { Coordinator } from './coordinator.ts'
import { computed } from './triggers.ts'
import type { Activity } from './world.ts'

/** Everything that an activity hands over when it starts, as texts by name. */
export function activityDetails(task: Activity, coordinator: Coordinator): Readonly<Record<string, string>> {
	const text = (value: SourcedExpression): string => valueText(computed(value, task.id, coordinator) ?? '')
	switch (task.kind) {
		case 'run-job':
			return {
				job: text(task.job),
				...Object.fromEntries(task.parameters.map(({ name, value }) => [`parameter ${name}`, text(value)])),
			}
		case 'file-operation':
			return {
				operation: task.operation,
				source: text(task.source),
				...(task.destination === undefined ? {} : { destination: text(task.destination) }),
				...(task.mayBeFolder === true && task.destination !== undefined ? { perhaps: text(task.destination) } : {}),
			}
		case 'files':
			return { pattern: task.pattern.map(text).join('\n') }
		case 'read-file':
			return { read: task.tells, path: text(task.path) }
		case 'wait-for-file':
			return { 'wait until': task.until, path: text(task.path) }
		case 'mail':
			return { from: text(task.from), to: text(task.to), subject: text(task.subject), text: text(task.text) }
	}
}
