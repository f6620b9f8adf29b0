import type { TerminateTask } from '#model/control-flow.ts'
import { textOf } from '../../columns.ts'
import type { ActivityContext } from '../activity-context.ts'

/**
 * `TerminationType` 0: stop requests to all running jobs, then abort; 3: abort alone (generated job control code of 8.7 and
 * 11.5). 1 and 2 are not documented and none is public: what they can be, by the designer's dialogue, ends the sequence too.
 */
export function lower({ base, stage }: ActivityContext): TerminateTask {
	const stops = (textOf(stage.record.values, 'TerminationType') || '0') === '0'
	return {
		...base,
		kind: 'terminate',
		message: textOf(stage.record.values, 'FinalMessage').trim(),
		sends: stops ? 'stop' : 'abort',
	}
}
