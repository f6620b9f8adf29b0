import type { AssignTask } from '#model/control-flow.ts'
import { textOf } from '../../columns.ts'
import type { ActivityContext } from '../activity-context.ts'

/** Variables are computed once, in order; each may use those before it. The expression stands in `Description`. */
export function lower({ base, stage, expression }: ActivityContext): AssignTask {
	const assignments = (stage.record.collections.get('Variables') ?? []).map(({ values }) => {
		const name = textOf(values, 'Name')
		return { variable: `${stage.name}.${name}`, value: expression(textOf(values, 'Description'), name) }
	})
	return { ...base, kind: 'assign', assignments }
}
