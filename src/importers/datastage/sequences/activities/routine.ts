import type { BarrierTask } from '#model/control-flow.ts'
import { textOf } from '../../columns.ts'
import type { ActivityContext } from '../activity-context.ts'

/** A routine is BASIC of the old server that does something by itself; a state machine has nothing to run it with. */
export function lower({ base, stage, refuse }: ActivityContext): BarrierTask {
	const name = textOf(stage.record.values, 'CatalogueName') || textOf(stage.record.values, 'Routinename')
	refuse(`it calls the routine ${name}, whose BASIC code runs on the old server`)
	return { ...base, kind: 'barrier' }
}
