/** What the lowering of an activity sees and does. */
import type { Task, TaskOutput } from '#model/control-flow.ts'
import type { DifferenceId } from '#model/differences.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { DifferenceOccurrence } from '#model/job.ts'
import type { Provenance } from '#model/provenance.ts'
import type { JobContext } from '../stage-context.ts'
import type { Stage, Structure } from '../structure.ts'
import type { SequenceNames } from './expressions.ts'
import { lowerText } from './expressions.ts'
import { outputsOf } from './symbols.ts'

export interface ActivityContext {
	readonly job: JobContext
	readonly structure: Structure
	readonly names: SequenceNames
	readonly stage: Stage
	/** What it tells about its end. */
	readonly outputs: readonly TaskOutput[]
	/** Fields that the activity's task begins with. */
	readonly base: Pick<Task, 'id' | 'element' | 'name' | 'provenance' | 'disabled'>
	/** Gives the activity up: it becomes opaque, for this reason. */
	readonly refuse: (reason: string) => void
	/** Declares a difference at this activity. */
	readonly differ: (id: DifferenceId, detail: string) => void
	/** A BASIC expression; what cannot be read refuses the activity. `of`: what it is the value of. */
	readonly expression: (text: string, of: string) => SourcedExpression
}

/** What a command of the old server's shell needs to know: activities are not all that has one. */
export type CommandContext = Pick<ActivityContext, 'base' | 'differ' | 'names' | 'outputs' | 'refuse'> & {
	/** Activities whose user variables hold a command. */
	readonly structure: Pick<Structure, 'stages'>
}

/** What came of asking an activity to lower itself. */
export interface ActivityNotes {
	readonly reasons: readonly string[]
	readonly differences: readonly DifferenceOccurrence[]
}

export function createActivityContext(
	job: JobContext,
	structure: Structure,
	names: SequenceNames,
	stage: Stage,
): { readonly context: ActivityContext; readonly notes: ActivityNotes } {
	const reasons: string[] = []
	const differences: DifferenceOccurrence[] = []
	const provenance: Provenance = { file: job.file, path: stage.element, lines: stage.record.lines }
	const refuse = (reason: string): void => void (reasons.includes(reason) || reasons.push(reason))
	const context: ActivityContext = {
		job,
		structure,
		names,
		stage,
		outputs: outputsOf(stage),
		base: { id: stage.element, element: stage.element, name: stage.name, provenance, disabled: false },
		refuse,
		differ(id, detail) {
			if (!differences.some((known) => known.id === id && known.detail === detail))
				differences.push({ id, element: stage.element, detail, provenance })
		},
		expression(text, of) {
			const { expression, problem } = lowerText(text, names)
			if (problem !== undefined) refuse(`${of}: ${problem}`)
			return { expression, text: text.trim() }
		},
	}
	return { context, notes: { reasons, differences } }
}
