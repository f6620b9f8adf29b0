import type { BarrierTask } from '#model/control-flow.ts'
import type { ActivityContext } from '../activity-context.ts'

/** Sequencer, Nested Condition, End Loop, Exception Handler: places where triggers meet, part or begin. */
export function lower({ base }: ActivityContext): BarrierTask {
	return { ...base, kind: 'barrier' }
}
