/** What the names in a sequence's expressions stand for: results of activities, user variables, loop counters, job statuses. */

import type { TaskOutput, Variable } from '#model/control-flow.ts'
import { text } from '#model/types.ts'
import { textOf } from '../columns.ts'
import { textLiteral } from '../expressions.ts'
import type { Stage, Structure } from '../structure.ts'

/** DSJ.H: what `DSJS.RUNOK` and its like stand for. */
export const jobStatuses: ReadonlyMap<string, string> = new Map(
	Object.entries({
		'DSJS.RUNNING': '0',
		'DSJS.RUNOK': '1',
		'DSJS.RUNWARN': '2',
		'DSJS.RUNFAILED': '3',
		'DSJS.VALOK': '11',
		'DSJS.VALWARN': '12',
		'DSJS.VALFAILED': '13',
		'DSJS.RESET': '21',
		'DSJS.CRASHED': '96',
		'DSJS.STOPPED': '97',
		'DSJS.NOTRUNNABLE': '98',
		'DSJS.NOTRUNNING': '99',
	}),
)

/** Activity variables by kind of activity, as the token list of generated job control code names them. */
const results: Readonly<Record<string, Readonly<Record<string, TaskOutput['what']>>>> = {
	CJobActivity: { $JobStatus: 'status', $UserStatus: 'user-status', $JobName: 'job-name' },
	CExecCommandActivity: {
		$ReturnValue: 'return-value',
		$CommandOutput: 'command-output',
		$CommandName: 'command-name',
	},
	CWaitForFileActivity: { $ReturnValue: 'return-value' },
	CRoutineActivity: { $ReturnValue: 'return-value', $RoutineName: 'command-name' },
}

const others: Readonly<Record<string, readonly string[]>> = {
	CStartLoopActivity: ['$Counter'],
	CExceptionHandler: ['$ErrSource', '$ErrNumber', '$ErrMessage'],
}

/** Full names of the variables that an activity sets. */
function namesOf(stage: Stage): readonly string[] {
	const own = [...Object.keys(results[stage.type] ?? {}), ...(others[stage.type] ?? [])]
	const user =
		stage.type === 'CUserVarsActivity'
			? stage.record.collections.get('Variables')
			: stage.type === 'CRoutineActivity'
				? stage.record.collections.get('ParameterValues')
				: undefined
	return [...own, ...(user ?? []).map(({ values }) => textOf(values, 'Name'))].map((name) => `${stage.name}.${name}`)
}

/** What the activity tells about its end, and in which variables. */
export function outputsOf(stage: Stage): readonly TaskOutput[] {
	return Object.entries(results[stage.type] ?? {}).map(([name, what]) => ({ what, variable: `${stage.name}.${name}` }))
}

/** Variables of the sequence. BASIC takes one that nobody has set for an empty text. */
export function variablesOf(structure: Structure, file: string): readonly Variable[] {
	return structure.stages.flatMap((stage) =>
		namesOf(stage).map((name) => ({
			name,
			type: text(),
			initial: textLiteral(''),
			provenance: { file, path: stage.element, lines: stage.record.lines },
		})),
	)
}
