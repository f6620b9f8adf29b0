/** What the lowering of one component makes: operators, links between them, and where its inputs and outputs are. */

import type { SsisType } from '#languages/ssis/types.ts'
import { formatType } from '#languages/ssis/types.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import type { DifferenceId } from '#model/differences.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { DifferenceOccurrence, InferredType } from '#model/job.ts'
import type { Link, Operator, PortRef } from '#model/operators.ts'
import type { Provenance } from '#model/provenance.ts'
import type { ComponentRecord, ExecutableRecord, InputRecord, OutputRecord } from '../formats/records.ts'
import type { PackageScope } from '../package-scope.ts'
import type { Buffer, BufferColumn, Stream } from './buffer.ts'
import { schemaOf } from './buffer.ts'

/** Why a component stays opaque. */
export interface Refusal {
	readonly reason: string
	readonly diagnostics?: readonly Diagnostic[]
}

export const refuse = (reason: string): Refusal => ({ reason })

export interface Parts {
	readonly operators: Operator[]
	readonly links: Link[]
	/** Where the paths to its inputs end, by input id. */
	readonly takes: Map<string, PortRef>
	/** Where the paths from its outputs begin, by output id. */
	readonly gives: Map<string, Stream>
	readonly differences: DifferenceOccurrence[]
	readonly diagnostics: Diagnostic[]
	/** Types of columns that follow from what makes them. */
	readonly inferred: InferredType[]
}

/** A property that names or holds something outside: as stored, or as an expression of the data flow task computes it. */
export interface PropertyText {
	readonly value: SourcedExpression
	/** What the package stores, which is what the designer saw last: it tells the form of a statement. */
	readonly stored: string
}

export interface ComponentContext {
	readonly component: ComponentRecord
	readonly scope: PackageScope
	readonly provenance: Provenance
	/** Id of the main operator: the component's name. */
	readonly id: string
	readonly parts: Parts
	/** The Data Flow task that it stands in. */
	readonly task: ExecutableRecord
	/** A property of the component as text, computed where an expression sets it. */
	text(property: string): PropertyText
	/** Columns that arrive at an input; empty when no path leads there. */
	arriving(input: InputRecord | undefined): Buffer
	/** Does a path lead from it? */
	isLinked(output: OutputRecord | undefined): boolean
	/** Does a path lead to it? */
	isFed(input: InputRecord): boolean
	/** Is a column of that lineage read anywhere further on? */
	isUsed(lineage: string): boolean
	/** A number for a column in redirected rows: its id in formats 2 and 3, a running number of our own otherwise. */
	columnNumber(lineage: string): number
	/** Columns that an error can be about, by those numbers. */
	columnNames(): ReadonlyMap<number, string>
}

/** What every operator of a component has; `part` names those beside the main one. */
export function base(context: ComponentContext, part?: string) {
	const { component, id, provenance } = context
	return {
		id: part === undefined ? id : `${id}#${part}`,
		element: component.refId,
		name: component.name,
		provenance,
		differences: [] as readonly string[],
	}
}

export function port(operator: Operator, name: string): PortRef {
	return { operator: operator.id, port: name }
}

/** Adds operators; the first that takes an input does so by its port `in`. */
export function add(context: ComponentContext, ...operators: readonly Operator[]): void {
	context.parts.operators.push(...operators)
}

/** A link inside the component. */
export function connect(context: ComponentContext, from: Stream, to: PortRef): void {
	const id = `${from.from.operator}.${from.from.port} > ${to.operator}.${to.port}`
	const { provenance, component } = context
	context.parts.links.push({ id, name: component.name, from: from.from, to, schema: schemaOf(from.buffer), provenance })
}

export function declare(context: ComponentContext, id: DifferenceId, detail: string): void {
	const { component, provenance } = context
	context.parts.differences.push({ id, element: component.refId, detail, provenance })
}

/** Notes the type that follows for a column beside the one that the designer stored. */
export function infer(context: ComponentContext, target: BufferColumn, type: SsisType): void {
	const { component, parts } = context
	const [stored, inferred] = [formatType(target.type), formatType(type)]
	parts.inferred.push({ element: component.refId, column: target.name, stored, inferred })
}

export const mainInput = (component: ComponentRecord): InputRecord | undefined => component.inputs[0]
export const errorOutput = (component: ComponentRecord): OutputRecord | undefined =>
	component.outputs.find((output) => output.isError)
export const mainOutput = (component: ComponentRecord): OutputRecord | undefined =>
	component.outputs.find((output) => !output.isError)
