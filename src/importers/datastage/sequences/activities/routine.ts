import type { AssignTask, BarrierTask } from '#model/control-flow.ts'
import { textOf } from '../../columns.ts'
import { textLiteral } from '../../expressions.ts'
import type { ActivityContext } from '../activity-context.ts'
import { lowerText } from '../expressions.ts'

/**
 * A routine that only computes becomes the expression of its BASIC code; one that does something else has nothing to run it.
 * Any value but 0 is a failure (job control code of 11.5: `If r <> 0 Then … Unhandled failure encountered calling routine`).
 */
export function lower(context: ActivityContext): AssignTask | BarrierTask {
	const { base, stage, names, refuse, expression } = context
	const { values, collections } = stage.record
	const name = textOf(values, 'CatalogueName') || textOf(values, 'Routinename')
	const routine = names.routines?.get(name.toLowerCase().replace(/^dsu\./, ''))
	if (routine === undefined) {
		refuse(`it calls the routine ${name}, whose BASIC code runs on the old server and is not in the export`)
		return { ...base, kind: 'barrier' }
	}
	const given = (collections.get('ParameterValues') ?? []).map((item) => ({
		variable: `${stage.name}.${textOf(item.values, 'Name')}`,
		written: textOf(item.values, 'Description').trim() || '""',
	}))
	const call = `${routine.name}(${given.map(({ written }) => written).join(', ')})`
	const result = `${stage.name}.$ReturnValue`
	const fails = lowerText(`${result} <> 0`, names, 'boolean')
	return {
		...base,
		kind: 'assign',
		assignments: [
			...given.map(({ variable, written }) => ({ variable, value: expression(written, variable) })),
			{ variable: result, value: expression(call, 'its value') },
			{ variable: `${stage.name}.$RoutineName`, value: { expression: textLiteral(name), text: name } },
		],
		failsWhen: { expression: fails.expression, text: `${result} <> 0` },
	}
}
