/** Settings of the sequence as a whole: `JobSeqCodeGenOpts`, the compilation options, as a list of words. */
import type { TriggerRules } from '#model/control-flow.ts'
import type { DifferenceOccurrence } from '#model/job.ts'
import { textOf } from '../columns.ts'
import type { DsxRecord } from '../formats/dsx/records.ts'
import type { JobContext } from '../stage-context.ts'
import type { Structure } from '../structure.ts'

/**
 * `handleaborts`: Automatically handle activities that fail. `logjoberrors`: Log warnings after activities that finish with
 * status other than OK, which makes the sequence end with warnings. Both stand in the code that DataStage generates for them.
 */
export function sequenceOptions(
	{ stages }: Structure,
	root: DsxRecord,
	job: JobContext,
): { readonly triggers: TriggerRules; readonly differences: readonly DifferenceOccurrence[] } {
	const words = new Set(
		textOf(root.values, 'JobSeqCodeGenOpts')
			.toLowerCase()
			.split(/[,\s]+/),
	)
	const provenance = { file: job.file, path: job.name, lines: root.lines }
	const restarts = [...words].some((word) => /restart|checkpoint/.test(word))
	const handler = stages.find(({ type }) => type === 'CExceptionHandler')
	return {
		triggers: {
			unhandled: words.has('handleaborts') ? 'raise' : 'ignore',
			warns: words.has('logjoberrors'),
			...(handler === undefined
				? {}
				: {
						error: {
							source: `${handler.name}.$ErrSource`,
							number: `${handler.name}.$ErrNumber`,
							message: `${handler.name}.$ErrMessage`,
						},
					}),
		},
		differences: restarts
			? [{ id: 'RG-D062', element: job.name, detail: 'the sequence can be restarted where it failed', provenance }]
			: [],
	}
}
