/** Lowers the stages of one job, upstream first; what a stage refuses becomes one opaque operator with all its links. */
import type { AccountingItem, Outcome } from '#model/accounting.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { DifferenceOccurrence } from '#model/job.ts'
import type { OpaqueOperator } from '#model/operators.ts'
import { schemaOf } from './columns.ts'
import { elementText } from './element-text.ts'
import type { FlowBuilder, Stream } from './flow.ts'
import { createFlow } from './flow.ts'
import { lowerFor } from './registry.ts'
import type { JobContext, StageInput, StageOutput, StageStreams } from './stage-context.ts'
import { createStageContext } from './stage-context.ts'
import type { Stage, StageLink, Structure } from './structure.ts'

export interface LoweredJob {
	readonly flow: FlowBuilder
	readonly accounting: readonly AccountingItem[]
	readonly differences: readonly DifferenceOccurrence[]
}

/** @param declined why no stage of this job is translated at all, when that is so. */
export function lowerJob(job: JobContext, structure: Structure, declined?: string): LoweredJob {
	const flow = createFlow()
	const streams = new Map<string, Stream>()
	const differences: DifferenceOccurrence[] = []
	const items = new Map<Stage, AccountingItem>()
	for (const stage of inFlowOrder(structure)) {
		const inputs = inputsOf(stage, structure.links, streams)
		const outputs = outputsOf(stage, structure.links)
		const result = lowerStage(job, stage, flow, inputs, outputs, declined)
		for (const { pin, link } of outputs)
			streams.set(pin.id, result.streams.get(pin.id) ?? declaredStream(job, stage, link, 'out0'))
		differences.push(...result.differences)
		items.set(stage, accountingItem(job, stage, result))
	}
	const accounting = structure.stages.flatMap((stage) => items.get(stage) ?? [])
	return { flow, accounting, differences }
}

/** Every stage after those that feed it. Stages on a circle, which no sound job has, come last. */
export function inFlowOrder({ stages, links }: Structure): readonly Stage[] {
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
	readonly differences: readonly DifferenceOccurrence[]
	/** It only shows rows to a developer. */
	readonly debug: boolean
}

function lowerStage(
	job: JobContext,
	stage: Stage,
	flow: FlowBuilder,
	inputs: readonly StageInput[],
	outputs: readonly StageOutput[],
	declined: string | undefined,
): StageResult {
	const lower = lowerFor(stage.type)
	const { context, notes } = createStageContext(job, stage, flow, inputs, outputs)
	const mark = flow.mark()
	let streams: StageStreams = new Map()
	if (declined !== undefined) context.refuse(declined)
	else if (lower === undefined) context.refuse(`the stage type ${stage.type} is not translated`)
	else if (inputs.length < stage.inputs.filter((pin) => pin.record.values.get('Partner')).length)
		context.refuse('its links form a circle or lead nowhere')
	else streams = lower(context)
	if (notes.reasons.length === 0) {
		const declared = [...new Set(notes.differences.map(({ id }) => id))]
		for (const [index, operator] of flow.operators.entries())
			if (index >= mark.operators) flow.operators[index] = { ...operator, differences: declared }
		for (const diagnostic of notes.diagnostics) job.report(diagnostic)
		return {
			streams,
			reasons: [],
			differences: notes.differences,
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
	path: stage.element,
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
		provenance: { file: job.file, path: `${stage.element}/${link.name}`, lines: link.lines },
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
