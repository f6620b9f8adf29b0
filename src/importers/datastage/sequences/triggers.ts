/** Output pins of activities: what makes a trigger fire. */
import type { Precedence } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import { textOf } from '../columns.ts'
import type { StageLink } from '../structure.ts'
import type { SequenceNames } from './expressions.ts'
import { lowerText } from './expressions.ts'

/** `ConditionType`: 0 unconditional, 1 otherwise, 2 OK, 3 failed, 4 warnings; their `TriggerExpression` is text for people. */
const outcomes: Readonly<Record<string, Precedence['outcome']>> = {
	'': 'completion',
	'0': 'completion',
	'1': 'otherwise',
	'2': 'success',
	'3': 'failure',
	'4': 'warning',
}

/** What the number in a comparison alone (`= 0`) is compared with: return value or, of a job, user status. */
const compared: Readonly<Record<string, string>> = {
	CJobActivity: '$UserStatus',
	CExecCommandActivity: '$ReturnValue',
	CRoutineActivity: '$ReturnValue',
	CWaitForFileActivity: '$ReturnValue',
}

export interface Trigger {
	readonly outcome?: Precedence['outcome']
	readonly condition?: SourcedExpression
	/** Why it is not understood. */
	readonly problem?: string
}

export function readTrigger(link: StageLink, names: SequenceNames): Trigger {
	const { values } = link.output.record
	const code = textOf(values, 'ConditionType')
	if (Object.hasOwn(outcomes, code)) return { outcome: outcomes[code] ?? 'completion' }
	const written = textOf(values, 'TriggerExpression').trim()
	if (code !== '6' && code !== '7') return { problem: `the trigger ${link.name} has the unknown type ${code}` }
	const text = code === '7' ? `${link.from.name}.${compared[link.from.type] ?? '$ReturnValue'} ${written}` : written
	const lowered = lowerText(text, names, 'boolean')
	if (lowered.problem !== undefined) return { problem: `the trigger ${link.name}: ${lowered.problem}` }
	return { condition: { expression: lowered.expression, text } }
}

export function precedenceOf(link: StageLink, from: string, trigger: Trigger, file: string): Precedence {
	const { outcome, condition } = trigger
	return {
		id: `${from} > ${link.to.element} (${link.name})`,
		from,
		to: link.to.element,
		...(outcome === undefined ? {} : { outcome }),
		...(condition === undefined ? {} : { condition }),
		combine: 'and',
		provenance: { file, path: `${link.from.element}/${link.name}`, lines: link.lines },
	}
}
