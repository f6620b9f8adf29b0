/** Lowers the stages of one job, upstream first; what a stage refuses becomes one opaque operator with all its links. */
import type { AccountingItem, Outcome } from '#model/accounting.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Connection, DifferenceOccurrence } from '#model/job.ts'
import type { OpaqueOperator } from '#model/operators.ts'
import { schemaOf } from './columns.ts'
import type { LowerInside } from './containers.ts'
import { insideLocal, isContainerStage, lowerContainer } from './containers.ts'
import { elementText } from './element-text.ts'
import type { FlowBuilder, Stream } from './flow.ts'
import { createFlow } from './flow.ts'
import { nestedProblem } from './nested-columns.ts'
import { lowerFor } from './registry.ts'
import { serverLowerFor } from './server/registry.ts'
import type {
	JobContext,
	StageContext,
	StageDifference,
	StageInput,
	StageOutput,
	StageStreams,
	StatementAround,
} from './stage-context.ts'
import { createStageContext } from './stage-context.ts'
import { opaqueReason } from './stages/opaque-reasons.ts'
import type { Stage, StageLink, Structure } from './structure.ts'

export interface LoweredJob {
	readonly flow: FlowBuilder
	readonly accounting: readonly AccountingItem[]
	readonly differences: readonly DifferenceOccurrence[]
	/** Shared containers that were expanded into it. */
	readonly containers: readonly string[]
	readonly connections: readonly Connection[]
	/** What stages run once before or after the flow, in the order of the stages. */
	readonly statements: readonly (StatementAround & { readonly element: string })[]
}

interface Lowering {
	readonly job: JobContext
	readonly flow: FlowBuilder
	readonly structure: Structure
	readonly streams: Map<string, Stream>
	readonly differences: StageDifference[]
	readonly items: Map<Stage, AccountingItem>
	readonly containers: Set<string>
	readonly connections: Map<string, Connection>
	readonly statements: (StatementAround & { readonly element: string })[]
}

export function lowerJob(job: JobContext, structure: Structure): LoweredJob {
	const lowering: Lowering = {
		job,
		flow: createFlow(),
		structure,
		streams: new Map(),
		differences: [],
		items: new Map(),
		containers: new Set(),
		connections: new Map(),
		statements: [],
	}
	// Only a container has rows from outside; in a job, stages that no container stands for get none.
	for (const link of job.kind === 'container' ? structure.borderLinks : [])
		if (structure.borders.includes(link.from))
			lowering.streams.set(link.output.id, declaredStream(job, link.from, link, 'out'))
	const inside = insideLocal(structure)
	lowerStages(
		lowering,
		structure.stages.filter((stage) => !inside.has(stage)),
	)
	const accounting = structure.stages.flatMap((stage) => lowering.items.get(stage) ?? [])
	const { flow, differences, containers, connections, statements } = lowering
	return {
		flow,
		accounting,
		differences,
		containers: [...containers],
		connections: [...connections.values()],
		statements,
	}
}

function lowerStages(lowering: Lowering, stages: readonly Stage[]): void {
	const { job, structure, streams } = lowering
	const links = structure.links.filter(({ from, to }) => stages.includes(from) && stages.includes(to))
	for (const stage of inFlowOrder({ stages, links })) {
		const all = [...structure.links, ...structure.borderLinks]
		const outputs = outputsOf(stage, all)
		const result = lowerStage(lowering, stage, inputsOf(stage, all, streams), outputs)
		for (const { pin, link } of outputs)
			streams.set(pin.id, result.streams.get(pin.id) ?? declaredStream(job, stage, link, 'out0'))
		lowering.differences.push(...result.differences)
		for (const connection of result.connections) lowering.connections.set(connection.name, connection)
		lowering.statements.push(...result.statements.map((one) => ({ ...one, element: stage.element })))
		lowering.items.set(stage, accountingItem(job, stage, result))
	}
}

/**
 * Lowers what a container holds. The stages of a shared container are no elements of this job: what is opaque in them or
 * differs is told of the stage that uses it.
 */
function lowerInside(outer: Lowering, context: StageContext, opaque: string[]): LowerInside {
	return (container, streams) => {
		const isLocal = container.kind === 'local'
		for (const [pin, stream] of isLocal ? outer.streams : []) if (!streams.has(pin)) streams.set(pin, stream)
		const inner: Lowering = {
			...outer,
			job: container.job,
			structure: container.structure,
			streams,
			...(isLocal ? {} : { differences: [], items: new Map() }),
		}
		lowerStages(inner, container.stages)
		if (isLocal) return
		outer.containers.add(container.name)
		for (const { id, detail } of inner.differences) context.differ(id, detail)
		for (const { outcome, name, type, reason } of inner.items.values())
			if (outcome === 'opaque') opaque.push(`${name} (${type}) in it is not translated: ${reason ?? ''}`)
	}
}

/** Every stage after those that feed it. Stages on a circle, which no sound job has, come last. */
export function inFlowOrder({ stages, links }: Pick<Structure, 'stages' | 'links'>): readonly Stage[] {
	const waiting = new Map(stages.map((stage) => [stage, links.filter(({ to }) => to === stage).length]))
	const ready = stages.filter((stage) => waiting.get(stage) === 0)
	const ordered: Stage[] = []
	for (let stage = ready.shift(); stage !== undefined; stage = ready.shift()) {
		ordered.push(stage)
		waiting.delete(stage)
		for (const { to } of links.filter(({ from }) => from === stage)) {
			const left = (waiting.get(to) ?? 1) - 1
			if (waiting.has(to)) waiting.set(to, left)
			if (left === 0 && waiting.has(to)) ready.push(to)
		}
	}
	return [...ordered, ...waiting.keys()]
}

function inputsOf(
	stage: Stage,
	links: readonly StageLink[],
	streams: ReadonlyMap<string, Stream>,
): readonly StageInput[] {
	return stage.inputs.flatMap((pin) => {
		const link = links.find((other) => other.input === pin)
		const stream = link === undefined ? undefined : streams.get(link.output.id)
		return link === undefined || stream === undefined ? [] : [{ pin, link, stream }]
	})
}

function outputsOf(stage: Stage, links: readonly StageLink[]): readonly StageOutput[] {
	return stage.outputs.flatMap((pin) => {
		const link = links.find((other) => other.output === pin)
		return link === undefined ? [] : [{ pin, link }]
	})
}

interface StageResult {
	readonly streams: StageStreams
	readonly reasons: readonly string[]
	readonly differences: readonly StageDifference[]
	/** It only shows rows to a developer. */
	readonly debug: boolean
	readonly connections: readonly Connection[]
	readonly statements: readonly StatementAround[]
}

function lowerStage(
	lowering: Lowering,
	stage: Stage,
	inputs: readonly StageInput[],
	outputs: readonly StageOutput[],
): StageResult {
	const { job, flow } = lowering
	const opaque: string[] = []
	const { context, notes } = createStageContext(job, stage, flow, inputs, outputs, lowering.structure.links)
	const lower = isContainerStage(stage)
		? () => lowerContainer(context, lowering.structure, lowerInside(lowering, context, opaque), job.report)
		: job.kind === 'server'
			? serverLowerFor(stage.type)
			: lowerFor(stage.type)
	const nested = isContainerStage(stage) ? undefined : nestedProblem(stage, inputs, outputs)
	const mark = flow.mark()
	let streams: StageStreams = new Map()
	if (lower === undefined) context.refuse(opaqueReason(stage.type))
	// A format may hold what DSX has no place for; its reader says so.
	else if (stage.record.values.has('NotUnderstood')) context.refuse(stage.record.values.get('NotUnderstood') ?? '')
	else if (inputs.length < stage.inputs.filter((pin) => pin.record.values.get('Partner')).length)
		context.refuse('its links form a circle or lead nowhere')
	else if (nested !== undefined) context.refuse(nested)
	else streams = lower(context)
	if (notes.reasons.length === 0) {
		const declared = [...new Set(notes.differences.map(({ id }) => id))]
		for (const [index, operator] of flow.operators.entries())
			if (index >= mark.operators && operator.element === stage.element)
				flow.operators[index] = { ...operator, differences: declared }
		for (const diagnostic of notes.diagnostics) job.report(diagnostic)
		return {
			streams,
			reasons: opaque,
			differences: notes.differences,
			connections: notes.connections,
			statements: notes.statements,
			debug: stage.type === 'PxPeek' && outputs.length === 0,
		}
	}
	flow.rollback(mark)
	for (const diagnostic of notes.diagnostics.filter(({ severity }) => severity !== 'info')) job.report(diagnostic)
	job.report(unsupported(job, stage, notes.reasons))
	return {
		streams: lowerOpaque(job, stage, flow, inputs, outputs, notes.reasons),
		reasons: notes.reasons,
		differences: [],
		debug: false,
		connections: [],
		statements: [],
	}
}

function unsupported(job: JobContext, stage: Stage, reasons: readonly string[]): Diagnostic {
	return diagnose('stage/unsupported', provenanceOf(job, stage), {
		what: `${stage.name} (${stage.type}) is not translated`,
		why: sentence(reasons),
	})
}

const sentence = (reasons: readonly string[]): string => {
	const text = reasons.join('; ')
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

const provenanceOf = (job: JobContext, stage: Stage) => ({
	file: job.file,
	path: stage.path,
	lines: stage.record.lines,
})

function lowerOpaque(
	job: JobContext,
	stage: Stage,
	flow: FlowBuilder,
	inputs: readonly StageInput[],
	outputs: readonly StageOutput[],
	reasons: readonly string[],
): StageStreams {
	const operator: OpaqueOperator = {
		id: flow.freeId(stage.name),
		element: stage.element,
		name: stage.name,
		provenance: provenanceOf(job, stage),
		differences: [],
		kind: 'opaque',
		sourceType: stage.type,
		reason: reasons.join('; '),
		text: elementText(stage),
	}
	flow.add(operator, Object.fromEntries(inputs.map(({ stream }, index) => [`in${index}`, stream])))
	return new Map(
		outputs.map(({ pin, link }, index) => [
			pin.id,
			{ ...declaredStream(job, stage, link, `out${index}`), from: { operator: operator.id, port: `out${index}` } },
		]),
	)
}

/** What the export says about a link whose stage is opaque; a link without columns carries unknown ones. */
function declaredStream(job: JobContext, stage: Stage, link: StageLink, port: string): Stream {
	return {
		from: { operator: stage.name, port },
		schema: schemaOf(link.columns, link.open || link.columns.length === 0),
		name: link.name,
		provenance: { file: job.file, path: `${stage.path}/${link.name}`, lines: link.lines },
	}
}

function accountingItem(job: JobContext, stage: Stage, result: StageResult): AccountingItem {
	const declared = result.differences.map(({ id, detail }) => `${id}: ${detail}`).join('; ')
	const outcome: Outcome =
		result.reasons.length > 0 ? 'opaque' : result.debug ? 'dropped' : declared === '' ? 'exact' : 'declared'
	const reason =
		outcome === 'opaque'
			? result.reasons.join('; ')
			: outcome === 'dropped'
				? 'shows rows in the log, and changes nothing'
				: declared
	return {
		id: stage.element,
		type: stage.type,
		name: stage.name,
		outcome,
		...(reason === '' ? {} : { reason }),
		provenance: provenanceOf(job, stage),
	}
}
