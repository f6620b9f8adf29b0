/** Lowers the pipeline of a data flow task: components in the order of their paths, each to its operators. */
import type { AccountingItem } from '#model/accounting.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { DifferenceOccurrence, InferredType } from '#model/job.ts'
import type { DataFlow, Link, Operator } from '#model/operators.ts'
import type { Provenance } from '#model/provenance.ts'
import { lowererOf } from '../components/registry.ts'
import { unsupportedReason } from '../components/unsupported.ts'
import type { ComponentRecord, ExecutableRecord, PathRecord, PipelineRecord } from '../formats/records.ts'
import { UniqueNames } from '../formats/unique-names.ts'
import type { PackageScope } from '../package-scope.ts'
import { arrange } from './arrange.ts'
import type { Buffer, Stream } from './buffer.ts'
import { schemaOf } from './buffer.ts'
import type { ComputedProperties } from './computed-properties.ts'
import { computedProperties } from './computed-properties.ts'
import { identifyColumns, numberColumns, usedLineages } from './lineage.ts'
import { fillOpaque } from './opaque.ts'
import type { ComponentContext, Parts, Refusal } from './parts.ts'
import { refuse } from './parts.ts'

export interface LoweredFlow {
	readonly flow: DataFlow
	readonly accounting: readonly AccountingItem[]
	readonly differences: readonly DifferenceOccurrence[]
	readonly diagnostics: readonly Diagnostic[]
	readonly inferred: readonly InferredType[]
}

export function lowerFlow(task: ExecutableRecord, pipeline: PipelineRecord, scope: PackageScope): LoweredFlow {
	const place = (path: string, lines: Provenance['lines']): Provenance => ({ file: scope.file, path, lines })
	const paths = wholePaths(pipeline)
	const used = usedLineages(pipeline)
	const numbers = numberColumns(pipeline)
	const names = new UniqueNames()
	const streams = new Map<string, Stream>()
	const operators: Operator[] = []
	const links: Link[] = []
	const result = {
		accounting: [] as AccountingItem[],
		differences: [] as DifferenceOccurrence[],
		diagnostics: [] as Diagnostic[],
		inferred: [] as InferredType[],
	}
	for (const path of pipeline.paths.filter((one) => !paths.includes(one)))
		result.diagnostics.push(dangling(path, place(path.id, path.lines)))
	for (const component of arrange(pipeline.components, paths)) {
		const id = names.take(component.name)
		const entering = paths.filter((path) => component.inputs.some((input) => input.id === path.to))
		const computed = computedProperties(task, component, scope)
		const makeContext = (): ComponentContext => ({
			component,
			scope,
			task,
			provenance: place(component.refId, component.lines),
			id,
			parts: emptyParts(),
			text: (property) => computed.text(property),
			arriving: (input) => bufferAt(entering, streams, input?.id),
			isLinked: (output) => output !== undefined && paths.some((path) => path.from === output.id),
			isFed: (input) => entering.some((path) => path.to === input.id),
			isUsed: (lineage) => used.has(lineage),
			columnNumber: (lineage) => numbers.get(lineage) ?? 0,
			columnNames: () => identifyColumns(pipeline, numbers),
		})
		const isFed = (input: string): boolean => entering.some(({ from, to }) => to === input && streams.has(from))
		const { parts, refusal } = lowerComponent(component, makeContext, computed, isFed)
		operators.push(...withDifferences(parts))
		links.push(...parts.links)
		for (const [output, stream] of parts.gives) streams.set(output, stream)
		for (const path of entering) {
			const from = streams.get(path.from)
			const to = parts.takes.get(path.to)
			if (from === undefined || to === undefined) continue
			const { lines } = path
			links.push({
				id: path.id,
				name: path.name,
				from: from.from,
				to,
				schema: schemaOf(from.buffer),
				provenance: place(path.id, lines),
			})
		}
		result.accounting.push(account(component, parts, refusal, place(component.refId, component.lines)))
		result.differences.push(...parts.differences)
		result.diagnostics.push(...parts.diagnostics)
		result.inferred.push(...parts.inferred)
	}
	const flow = { id: task.refId, name: task.name, operators, links, provenance: place(task.refId, task.lines) }
	return { flow, ...result }
}

function lowerComponent(
	component: ComponentRecord,
	makeContext: () => ComponentContext,
	computed: ComputedProperties,
	isFed: (input: string) => boolean,
): { parts: Parts; refusal?: Refusal } {
	const context = makeContext()
	const refusal = refusalOf(component, context) ?? computed.refusal() ?? starved(component, context.parts, isFed)
	if (refusal === undefined) return { parts: context.parts }
	const opaque = makeContext()
	fillOpaque(opaque, refusal)
	return { parts: opaque.parts, refusal }
}

/** An input that takes rows, and that no path brings any: the designer says that such a package is not valid. */
function starved(
	{ inputs }: ComponentRecord,
	{ takes }: Parts,
	isFed: (input: string) => boolean,
): Refusal | undefined {
	const hungry = inputs.find(({ id }) => takes.has(id) && !isFed(id))
	return hungry === undefined ? undefined : refuse(`no path brings rows to its input ${hungry.name}`)
}

function refusalOf(component: ComponentRecord, context: ComponentContext): Refusal | undefined {
	const lower = lowererOf(component.type)
	return lower === undefined ? refuse(unsupportedReason(component.type)) : lower(context)
}

const emptyParts = (): Parts => ({
	operators: [],
	links: [],
	takes: new Map(),
	gives: new Map(),
	differences: [],
	diagnostics: [],
	inferred: [],
})

function bufferAt(
	entering: readonly PathRecord[],
	streams: ReadonlyMap<string, Stream>,
	input: string | undefined,
): Buffer {
	const path = entering.find((one) => one.to === input)
	return path === undefined ? [] : (streams.get(path.from)?.buffer ?? [])
}

/** Paths whose two ends are there; exactly one may enter an input. */
function wholePaths(pipeline: PipelineRecord): readonly PathRecord[] {
	const outputs = new Set(pipeline.components.flatMap((component) => component.outputs.map((output) => output.id)))
	const free = new Set(pipeline.components.flatMap((component) => component.inputs.map((input) => input.id)))
	return pipeline.paths.filter((path) => outputs.has(path.from) && free.delete(path.to))
}

function dangling(path: PathRecord, provenance: Provenance): Diagnostic {
	return diagnose('package/dangling-reference', provenance, {
		what: `The path ${path.name} was left out.`,
		why: 'It begins or ends at something that is not in the data flow, or another path enters the same input.',
	})
}

/** The main operator carries the element's differences. */
function withDifferences(parts: Parts): readonly Operator[] {
	const ids = [...new Set(parts.differences.map((difference) => difference.id))]
	if (ids.length === 0) return parts.operators
	return parts.operators.map((operator) => (operator.id.includes('#') ? operator : { ...operator, differences: ids }))
}

function account(
	component: ComponentRecord,
	parts: Parts,
	refusal: Refusal | undefined,
	provenance: Provenance,
): AccountingItem {
	const item = { id: component.refId, type: component.type, name: component.name, provenance }
	if (refusal !== undefined) return { ...item, outcome: 'opaque', reason: refusal.reason }
	if (parts.differences.length === 0) return { ...item, outcome: 'exact' }
	const ids = [...new Set(parts.differences.map((difference) => difference.id))]
	return { ...item, outcome: 'declared', reason: ids.join(', ') }
}
