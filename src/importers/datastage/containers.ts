/**
 * Containers are expanded where they are used: the stages inside are lowered into the flow of the job, between the streams
 * that enter and leave the container's stage. The stages of a local container are elements of the job itself; those of a
 * shared container count once, in the container, and here as a part of the stage that uses it.
 */
import type { Operator } from '#model/operators.ts'
import { text } from '#model/types.ts'
import { textOf } from './columns.ts'
import type { FlowMark, Stream } from './flow.ts'
import { mapOutput } from './mapping.ts'
import type { ParameterTable } from './parameters.ts'
import { readParameters } from './parameters.ts'
import type { SharedContainer } from './project.ts'
import type { JobContext, StageContext, StageStreams } from './stage-context.ts'
import type { Pin, Stage, Structure } from './structure.ts'
import { readStructure } from './structure.ts'

/** The stages of a container, and the border that rows cross. */
export interface Container {
	readonly kind: 'local' | 'shared'
	readonly name: string
	readonly structure: Structure
	readonly stages: readonly Stage[]
	readonly border: Stage
	readonly job: JobContext
	/** Parameters of a shared container that stand for those of the job, by their names inside. */
	readonly renamed: ReadonlyMap<string, string>
}

/** Lowers stages into the flow; `streams` holds what they take, by output pin, and gets what they give. */
export type LowerInside = (container: Container, streams: Map<string, Stream>) => void

export const isContainerStage = ({ type, record }: Stage): boolean =>
	type === 'ContainerStage' || textOf(record.values, 'OLEType') === 'CContainerStage'

/** Stages that stand in the view of a local container; they are lowered with the container's stage. */
export function insideLocal(structure: Structure): ReadonlySet<Stage> {
	const containers = structure.stages.filter(isContainerStage)
	return new Set(
		containers.flatMap((stage) => {
			const border = localBorder(stage, structure)
			return border === undefined ? [] : stagesIn(border, structure)
		}),
	)
}

/** The view of a local container bears its record id in a key of the stage, or its name. */
function localBorder(stage: Stage, { borders }: Structure): Stage | undefined {
	const { values } = stage.record
	const view = ['ContainerView', 'View', 'Container', 'ContainerID'].map((key) => textOf(values, key)).find(Boolean)
	if (view !== undefined) return borders.find(({ id }) => id === view)
	return textOf(values, 'ContainerName') === '' ? borders.find(({ name }) => name === stage.name) : undefined
}

const stagesIn = (border: Stage, { stages }: Structure): readonly Stage[] =>
	stages.filter(({ id }) => id.startsWith(`${border.id}S`) || id.startsWith(`${border.id}A`))

/** Expands the container into the flow. Refuses the stage when the container is not there, or its links do not fit. */
export function lowerContainer(
	context: StageContext,
	structure: Structure,
	lowerInside: LowerInside,
	report: JobContext['report'],
): StageStreams {
	const container = findContainer(context, structure, report)
	if (container === undefined) return new Map()
	const mark = context.flow.mark()
	const streams = new Map<string, Stream>()
	for (const input of context.inputs) {
		const entry = pinNamed(container.border.outputs, partnerName(input.pin))
		const inner = container.structure.borderLinks.find(({ output }) => output === entry)
		if (entry === undefined || inner === undefined) {
			context.refuse(`its link ${input.link.name} meets no link of the container ${container.name}`)
			return new Map()
		}
		const entering = mapOutput(context, { pin: entry, link: inner }, input.stream, ({ name }) => name)
		streams.set(entry.id, { ...entering, name: input.link.name })
	}
	lowerInside(container, streams)
	renameParameters(context, mark, container.renamed)
	const leaving = new Map<string, Stream>()
	for (const output of context.outputs) {
		const exit = pinNamed(container.border.inputs, partnerName(output.pin))
		const inner = container.structure.borderLinks.find(({ input }) => input === exit)
		const stream = inner === undefined ? undefined : streams.get(inner.output.id)
		if (stream === undefined) {
			context.refuse(`its link ${output.link.name} meets no link of the container ${container.name}`)
			return new Map()
		}
		leaving.set(
			output.pin.id,
			mapOutput(context, output, stream, ({ name }) => name),
		)
	}
	return leaving
}

/** A pin of the stage names the link inside that it goes on with; without that, the links have the same name. */
const partnerName = ({ record, name }: Pin): string => textOf(record.values, 'PartnerLink') || name

const pinNamed = (pins: readonly Pin[], name: string): Pin | undefined =>
	pins.find((pin) => pin.name === name) ??
	// A subflow has a node at its border for each link; the port outside names that node.
	pins.find((pin) => textOf(pin.record.values, 'BorderNode') === name) ??
	(pins.length === 1 ? pins[0] : undefined)

function findContainer(
	context: StageContext,
	structure: Structure,
	report: JobContext['report'],
): Container | undefined {
	const { stage, job } = context
	const border = localBorder(stage, structure)
	if (border !== undefined) {
		const stages = stagesIn(border, structure)
		return { kind: 'local', name: stage.name, structure, stages, border, job, renamed: new Map() }
	}
	const name = textOf(stage.record.values, 'ContainerName')
	if (job.within.includes(name)) {
		context.refuse(`the container ${name} contains itself`)
		return undefined
	}
	const found = job.project.containers().get(name)
	if (found === undefined) {
		context.refuse(
			name === '' ? 'it names no container' : `the shared container ${name} is neither in this export nor beside it`,
		)
		return undefined
	}
	return sharedContainer(context, name, found, report)
}

function sharedContainer(
	context: StageContext,
	name: string,
	{ section, file }: SharedContainer,
	report: JobContext['report'],
): Container | undefined {
	const { stage, job } = context
	const owner = { name, file, stageTypes: job.project.stageTypes, usedBy: stage, levels: job.kind === 'parallel' }
	const inner = readStructure(section, owner, report)
	const [innerBorder] = inner.borders
	if (innerBorder === undefined) {
		context.refuse(`the shared container ${name} has no links to the outside`)
		return undefined
	}
	const root = section.records.find(({ values }) => textOf(values, 'Identifier') === 'ROOT')
	const own = readParameters(root?.collections.get('Parameters') ?? [], job.project.sets, { name, file })
	const renamed = bindParameters(context, own)
	const outside = new Set(insideLocal(inner))
	return {
		kind: 'shared',
		name,
		structure: inner,
		stages: inner.stages.filter((one) => !outside.has(one)),
		border: innerBorder,
		job: { ...job, file, parameters: own, within: [...job.within, name] },
		renamed,
	}
}

/**
 * What the stage gives for the container's parameters: a parameter of the job, or a text of its own, which becomes a
 * parameter of the job named after the stage. What it does not give has the container's own default.
 */
function bindParameters(context: StageContext, own: ParameterTable): ReadonlyMap<string, string> {
	const { stage, job } = context
	const given = new Map(
		(stage.record.collections.get('ParameterValues') ?? []).map(({ values }) => [
			textOf(values, 'Name'),
			textOf(values, 'Value') || textOf(values, 'DisplayValue') || textOf(values, 'Description'),
		]),
	)
	return new Map(
		own.all.map((parameter) => {
			const value = given.get(parameter.name)
			const reference = /^#([^#]+)#$/.exec(value ?? '')?.[1]
			const outer = reference === undefined ? undefined : job.parameters.findOrAdd(reference)
			if (outer !== undefined) return [parameter.name, outer.name] as const
			if (value?.includes('#') === true)
				context.refuse(`its parameter ${parameter.name} is put together from others: ${value}`)
			const name = `${stage.name}.${parameter.name}`
			job.parameters.add({
				...parameter,
				name,
				...(value === undefined || parameter.secret ? {} : { type: text(), default: value }),
			})
			return [parameter.name, name] as const
		}),
	)
}

/** Operators hold no other objects of kind `parameter` than expressions. */
function renameParameters(context: StageContext, mark: FlowMark, names: ReadonlyMap<string, string>): void {
	if (names.size === 0) return
	const { operators } = context.flow
	for (const [index, operator] of operators.entries()) {
		if (index >= mark.operators) operators[index] = renamed(operator, names)
	}
}

function renamed(operator: Operator, names: ReadonlyMap<string, string>): Operator {
	const walk = (part: unknown): unknown => {
		if (Array.isArray(part)) return part.map(walk)
		if (typeof part !== 'object' || part === null) return part
		const entries = Object.entries(part).map(([key, value]) => [key, walk(value)] as const)
		const copy: Record<string, unknown> = Object.fromEntries(entries)
		const name = copy['kind'] === 'parameter' ? copy['name'] : undefined
		return typeof name === 'string' && names.has(name) ? { ...copy, name: names.get(name) } : copy
	}
	// A copy with other names in some places has the shape of the original.
	return walk(operator) as Operator
}
