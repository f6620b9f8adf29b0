/** Job sequences: their activities and triggers are read and shown; nothing of them is translated. */
import type { AccountingItem } from '#model/accounting.ts'
import type { ControlFlow, OpaqueTask, Precedence } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import { boolean } from '#model/types.ts'
import { textOf } from './columns.ts'
import { elementText } from './element-text.ts'
import { inFlowOrder } from './lower-job.ts'
import type { Stage, StageLink, Structure } from './structure.ts'

const sequenceReason = 'job sequences are not translated yet'

/** `ConditionType` of a trigger: 0 unconditional, 2 OK, 3 failed; 1, 4, 6 and 7 are conditions with an expression of their own. */
const outcomes: Readonly<Record<string, Precedence['outcome']>> = { '0': 'completion', '2': 'success', '3': 'failure' }

export function readSequence(
	structure: Structure,
	file: string,
): { readonly control: ControlFlow; readonly accounting: readonly AccountingItem[] } {
	const provenance = (stage: Stage) => ({ file, path: stage.element, lines: stage.record.lines })
	const tasks = inFlowOrder(structure).map(
		(stage): OpaqueTask => ({
			kind: 'opaque',
			id: stage.element,
			element: stage.element,
			name: stage.name,
			provenance: provenance(stage),
			disabled: false,
			sourceType: stage.type,
			reason: sequenceReason,
			text: elementText(stage),
		}),
	)
	const accounting = structure.stages.map(
		(stage): AccountingItem => ({
			id: stage.element,
			type: stage.type,
			name: stage.name,
			outcome: 'opaque',
			reason: sequenceReason,
			provenance: provenance(stage),
		}),
	)
	const joins = structure.stages
		.filter((stage) => structure.links.filter(({ to }) => to === stage).length > 1)
		.map((stage) => ({
			task: stage.element,
			needs: textOf(stage.record.values, 'SequencerType') === '1' ? ('any' as const) : ('all' as const),
		}))
	return { control: { tasks, precedences: structure.links.map((link) => precedence(link, file)), joins }, accounting }
}

function precedence(link: StageLink, file: string): Precedence {
	const { values } = link.output.record
	const type = textOf(values, 'ConditionType')
	const outcome = type === '' ? 'completion' : outcomes[type]
	const text = textOf(values, 'TriggerExpression')
	const condition: SourcedExpression = {
		expression: { kind: 'opaque', text, reason: sequenceReason, type: boolean },
		text,
	}
	return {
		id: `${link.from.element} > ${link.to.element} (${link.name})`,
		from: link.from.element,
		to: link.to.element,
		...(outcome === undefined ? { condition } : { outcome }),
		combine: 'and',
		provenance: { file, path: `${link.from.element}/${link.name}`, lines: link.lines },
	}
}
