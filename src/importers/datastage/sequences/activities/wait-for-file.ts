import type { BarrierTask, WaitForFileTask } from '#model/control-flow.ts'
import { textOf } from '../../columns.ts'
import type { ActivityContext } from '../activity-context.ts'

/**
 * Wait for File. The keys are those that the reader of pipelines writes, whose inputs are documented (IBM: Wait for file, of
 * the SDK of watsonx.data integration); no public DSX export shows how this activity is spelled there.
 */
export function lower(context: ActivityContext): WaitForFileTask | BarrierTask {
	const { base, stage, refuse, expression, outputs } = context
	const { values } = stage.record
	const file = textOf(values, 'FileExpression')
	if (file === '') {
		refuse('it waits for a file, and how exports spell its settings is not known')
		return { ...base, kind: 'barrier' }
	}
	const timeout = textOf(values, 'TimeoutSeconds')
	return {
		...base,
		kind: 'wait-for-file',
		path: expression(file, 'its file'),
		until: textOf(values, 'WaitMode') === 'disappear' ? 'disappears' : 'appears',
		...(timeout === '' ? {} : { timeoutSeconds: Number(timeout) }),
		outputs,
	}
}
