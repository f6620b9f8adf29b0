/** A job sequence: activities become tasks, triggers precedences; a loop becomes one task with a body. */
import type { AccountingItem } from '#model/accounting.ts'
import type { ControlFlow, EventHandler, LoopTask, Precedence, Task, Variable } from '#model/control-flow.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { DifferenceId } from '#model/differences.ts'
import type { DifferenceOccurrence } from '#model/job.ts'
import { mayOverlap } from '#model/triggers.ts'
import { longerWaits } from '#model/waiting.ts'
import { textOf } from '../columns.ts'
import { elementText } from '../element-text.ts'
import type { DsxRecord } from '../formats/dsx/records.ts'
import { inFlowOrder } from '../lower-job.ts'
import type { JobContext } from '../stage-context.ts'
import type { Stage, StageLink, Structure } from '../structure.ts'
import type { ActivityNotes } from './activity-context.ts'
import { createActivityContext } from './activity-context.ts'
import { aroundSequence } from './around.ts'
import type { SequenceNames } from './expressions.ts'
import { loopOver } from './loop.ts'
import { sequenceOptions } from './options.ts'
import { circular, handlerRegion, loopRegion, within } from './regions.ts'
import { lowerActivityFor, notTranslated } from './registry.ts'
import { routinesOf } from './routines.ts'
import { variablesOf } from './symbols.ts'
import { precedenceOf, readTrigger } from './triggers.ts'

export interface LoweredSequence {
	readonly control: ControlFlow
	readonly variables: readonly Variable[]
	readonly accounting: readonly AccountingItem[]
	readonly differences: readonly DifferenceOccurrence[]
}

/** A sequence while it is lowered. */
interface Lowering {
	readonly job: JobContext
	readonly whole: Structure
	readonly names: SequenceNames
	readonly items: Map<Stage, AccountingItem>
	readonly differences: DifferenceOccurrence[]
}

export function readSequence(drawn: Structure, root: DsxRecord, job: JobContext): LoweredSequence {
	const structure = withoutLoopBacks(drawn)
	const variables = variablesOf(structure, job.file)
	const names = { variables, parameters: job.parameters, routines: routinesOf(job.project) }
	const lowering: Lowering = { job, whole: structure, names, items: new Map(), differences: [] }
	const { triggers, differences } = sequenceOptions(structure, root, job)
	lowering.differences.push(...differences)
	const handlerStage = structure.stages.find(({ type }) => type === 'CExceptionHandler')
	const region = handlerStage === undefined ? undefined : handlerRegion(handlerStage, structure.links)
	const body = region instanceof Set ? region : new Set<Stage>()
	const rest = new Set(structure.stages.filter((stage) => !body.has(stage)))
	const circle = circular(structure)
	const declined = new Map([...circle].map((stage) => [stage, 'its triggers form a circle']))
	if (handlerStage !== undefined && region !== undefined && 'problem' in region)
		declined.set(handlerStage, region.problem)
	const control = controlOf(within(structure, rest), lowering, declined)
	const handlers =
		handlerStage === undefined || body.size === 0
			? []
			: [handlerOf(handlerStage, within(structure, body), lowering, declined)]
	const concurrent = triggers.unhandled === 'raise' ? declareConcurrency(control, lowering) : []
	const waiting = declareWaiting(control, lowering)
	const around = aroundSequence(control, root, job)
	return {
		control: { ...around.control, ...(handlers.length === 0 ? {} : { handlers }), triggers },
		variables,
		accounting: [...structure.stages.flatMap((stage) => lowering.items.get(stage) ?? []), ...around.accounting],
		differences: [...lowering.differences, ...concurrent, ...waiting, ...around.differences],
	}
}

/** Designer draws a link from End Loop back to its Start Loop; `StartActivityID` says the same. */
function withoutLoopBacks(structure: Structure): Structure {
	const isBack = ({ from, to }: StageLink): boolean =>
		from.type === 'CEndLoopActivity' && textOf(from.record.values, 'StartActivityID') === to.id
	return { ...structure, links: structure.links.filter((link) => !isBack(link)) }
}

/** Jobs that may run beside others: a failure elsewhere stops them in the new sequence. */
function declareConcurrency(control: ControlFlow, lowering: Lowering): readonly DifferenceOccurrence[] {
	const jobs = control.tasks.filter(({ kind }) => kind === 'run-job')
	return jobs
		.filter((task) => jobs.some((other) => mayOverlap(task.id, other.id, control)))
		.flatMap((task) =>
			declare(task.id, 'RG-D063', 'it may run beside other jobs, and a failure of one of them stops it', lowering),
		)
}

/** Where the graph is not one of a well-structured program. */
function declareWaiting(control: ControlFlow, lowering: Lowering): readonly DifferenceOccurrence[] {
	const inner = control.tasks.flatMap((task) => (task.kind === 'loop' ? declareWaiting(task.body, lowering) : []))
	const own = longerWaits(control).flatMap(({ task, forTasks }) =>
		declare(
			task.id,
			'RG-D065',
			`it starts when all of ${forTasks.map(({ name }) => name).join(', ')} have ended`,
			lowering,
		),
	)
	return [...own, ...inner]
}

/** A difference that shows only when the whole sequence is known. */
function declare(
	element: string,
	id: DifferenceId,
	detail: string,
	{ items, job }: Lowering,
): readonly DifferenceOccurrence[] {
	for (const [stage, item] of items) {
		if (item.id !== element || item.outcome === 'opaque') continue
		const reason = [item.reason, `${id}: ${detail}`].filter((one) => one !== undefined).join('; ')
		items.set(stage, { ...item, outcome: 'declared', reason })
		return [{ id, element, detail, provenance: { file: job.file, path: stage.element, lines: stage.record.lines } }]
	}
	return []
}

type Declined = ReadonlyMap<Stage, string>

function handlerOf(stage: Stage, structure: Structure, lowering: Lowering, declined: Declined): EventHandler {
	const provenance = { file: lowering.job.file, path: stage.element, lines: stage.record.lines }
	return {
		event: 'error',
		id: stage.element,
		body: controlOf(structure, lowering, declined),
		contains: true,
		provenance,
	}
}

/** Loops first, outer ones before those inside: all that a loop holds stands for one task. */
function controlOf(structure: Structure, lowering: Lowering, declined: Declined): ControlFlow {
	const tasks: Task[] = []
	const inLoops = new Map<Stage, Stage>()
	for (const stage of inFlowOrder(structure)) {
		if (inLoops.has(stage)) continue
		if (stage.type !== 'CStartLoopActivity') {
			tasks.push(lowerActivity(stage, lowering, declined))
			continue
		}
		const region = declined.has(stage) ? { problem: declined.get(stage) ?? '' } : loopRegion(stage, structure)
		if ('problem' in region) {
			tasks.push(opaque(stage, [region.problem], lowering))
			continue
		}
		for (const inner of region.body) inLoops.set(inner, stage)
		tasks.push(loopTask(stage, region.end, within(structure, region.body), lowering, declined))
	}
	const owner = (stage: Stage): Stage => inLoops.get(stage) ?? stage
	const outer = structure.links.filter(({ from, to }) => owner(from) !== owner(to) && !inLoops.has(to))
	const precedences = outer.map((link) => precedence(link, owner(link.from).element, lowering))
	return { tasks, precedences, joins: joinsOf(tasks, precedences, structure) }
}

function loopTask(stage: Stage, end: Stage, body: Structure, lowering: Lowering, declined: Declined): Task {
	const { job, whole, names } = lowering
	const { context, notes } = createActivityContext(job, whole, names, stage)
	const over = loopOver(context)
	const control = controlOf(body, lowering, declined)
	if (notes.reasons.length > 0) return { ...opaque(stage, notes.reasons, lowering), body: control }
	account(stage, notes, lowering)
	const task: LoopTask = { ...context.base, kind: 'loop', over, body: control, continues: end.element }
	return task
}

function lowerActivity(stage: Stage, lowering: Lowering, declined: Declined): Task {
	const { job, whole, names } = lowering
	const { context, notes } = createActivityContext(job, whole, names, stage)
	const refused = declined.get(stage)
	const lower = lowerActivityFor(stage.type)
	if (refused !== undefined) return opaque(stage, [refused], lowering)
	if (lower === undefined)
		return opaque(stage, [notTranslated[stage.type] ?? `the activity type ${stage.type} is not translated`], lowering)
	const task = lower(context)
	for (const link of whole.links.filter(({ from }) => from === stage)) {
		const { problem } = readTrigger(link, names)
		if (problem !== undefined) context.refuse(problem)
	}
	if (notes.reasons.length > 0) return opaque(stage, notes.reasons, lowering)
	account(stage, notes, lowering)
	return task
}

function precedence(link: StageLink, from: string, { names, job }: Lowering): Precedence {
	const trigger = readTrigger(link, names)
	// The activity is opaque then, and nothing that leaves it is reached.
	return precedenceOf(link, from, trigger.problem === undefined ? trigger : { outcome: 'success' }, job.file)
}

/** Only a sequencer may be entered by several triggers; anything else starts with the first that fires. */
function joinsOf(
	tasks: readonly Task[],
	precedences: readonly Precedence[],
	{ stages }: Structure,
): ControlFlow['joins'] {
	return tasks
		.filter(({ id }) => precedences.filter(({ to }) => to === id).length > 1)
		.map(({ id }) => {
			const stage = stages.find(({ element }) => element === id)
			const all = stage?.type === 'CSequencer' && textOf(stage.record.values, 'SequencerType') !== '1'
			return { task: id, needs: all ? 'all' : 'any' }
		})
}

function account(stage: Stage, notes: ActivityNotes, { job, items, differences }: Lowering): void {
	const reason = notes.differences.map(({ id, detail }) => `${id}: ${detail}`).join('; ')
	differences.push(...notes.differences)
	items.set(stage, {
		id: stage.element,
		type: stage.type,
		name: stage.name,
		outcome: reason === '' ? 'exact' : 'declared',
		...(reason === '' ? {} : { reason }),
		provenance: { file: job.file, path: stage.element, lines: stage.record.lines },
	})
}

function opaque(stage: Stage, reasons: readonly string[], { job, items }: Lowering): Extract<Task, { kind: 'opaque' }> {
	const reason = reasons.join('; ')
	const provenance = { file: job.file, path: stage.element, lines: stage.record.lines }
	items.set(stage, { id: stage.element, type: stage.type, name: stage.name, outcome: 'opaque', reason, provenance })
	job.report(
		diagnose('stage/unsupported', provenance, {
			what: `${stage.name} (${stage.type}) is not translated`,
			why: `${reason}.`,
		}),
	)
	return {
		id: stage.element,
		element: stage.element,
		name: stage.name,
		provenance,
		disabled: false,
		kind: 'opaque',
		sourceType: stage.type,
		reason,
		text: elementText(stage),
	}
}
