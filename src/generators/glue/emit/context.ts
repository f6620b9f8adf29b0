/** What emitters share while one data flow is printed. */
import type { PysparkScope } from '#languages/pyspark.ts'
import type { Py } from '#languages/python.ts'
import type { Expression } from '#model/expressions.ts'
import type { Link, Operator, OperatorKind, OperatorOf } from '#model/operators.ts'
import type { Node } from '../../text/tree.ts'
import type { HelperName } from '../helpers/registry.ts'
import type { RowOrder } from '../plan/row-order.ts'

/** A frame that a port gives: its Python variable, and its order as far as it is carried. */
export interface Frame {
	readonly name: string
	readonly order: RowOrder
	/** The rows stand in that order already. */
	readonly isSorted: boolean
}

export interface FlowContext {
	readonly scope: PysparkScope
	/** The value of a package variable or parameter as translated scripts take it. */
	scriptValue(this: void, kind: 'variable' | 'parameter', name: string): Py
	/** Python text of a value that reads no row, where `spark` is not at hand. */
	driverText(this: void, expression: Expression): string
	/** Python text of a database connection. */
	connection(this: void, name: string): string
	/** A path of the old job as it is now. */
	movedPath(this: void, path: Py): Py
	/** Must this operator's outputs carry their order? */
	carries(operator: Operator): boolean
	/** Should this sort move rows, because they reach a target as they are? */
	sorts(operator: Operator): boolean
	/** Does the source promise an order of this operator's rows? */
	promises(operator: { readonly id: string }): boolean
	/** The link that enters a port. */
	link(operator: Operator, port: string): Link
	/** The frame that enters a port. */
	input(operator: Operator, port: string): Frame
	/** Frames of every link that enters, in the order of the links. */
	inputs(operator: Operator): readonly Frame[]
	/** Links that leave a port. */
	links(operator: Operator, port: string): readonly Link[]
	/** Output ports that somebody reads, in the order of the links. */
	linkedPorts(operator: Operator): readonly string[]
	/** The variable for a port's frame: named after its only link, otherwise after the operator. */
	variable(operator: Operator, port: string): string
	/** A fresh variable of that name. */
	fresh(name: string): string
	/** Says what a port gives. */
	give(operator: Operator, port: string, frame: Frame): void
	/** Name of a read or write: key of `inputs` or `outputs`, and part of its function's name. */
	place(operator: Operator): string
	/** Says what a write is given: Python text of a frame. */
	output(operator: Operator, frame: string): void
	/** Needs a printed helper; gives its name. */
	use(helper: HelperName): HelperName
	/** Needs an import line. */
	needs(line: string): void
	/** `Stage NAME: what`, or `Component NAME: what` for SSIS: how every failure names its element. */
	message(operator: Operator, what: string): string
	/** A variable of the job that gets something behind the last row. */
	observe(taken: VariableTaken): void
}

export interface VariableTaken {
	readonly variable: string
	/** What is asked, by its name in the transform function, its type, and the field that the variable gets. */
	readonly key: string
	readonly type: 'Observation' | 'HandedOver'
	readonly field: string
}

/** Prints the steps of one operator, and says with `give` what its ports carry. */
export type Emitter<K extends OperatorKind> = (operator: OperatorOf<K>, context: FlowContext) => Node

/** `name = base.first(…).second(…)`, broken by the formatter where it is long. */
export function assign(name: string, base: string, calls: readonly string[]): Node {
	if (calls.length === 0) return `${name} = ${base}`
	if (calls.length === 1) return `${name} = ${base}.${calls[0]}`
	return [`${name} = (`, `    ${base}`, ...calls.map((call) => `    .${call}`), ')']
}
