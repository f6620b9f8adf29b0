/** A declared difference switched the other way: some operators of a run keep the meaning of the old job. */
import type { LegacyMeaning } from '#model/legacy-meanings.ts'
import type { Operator, OperatorKind } from '#model/operators.ts'
import type { FlowContext, Ports } from '../context.ts'

export interface LegacySwitch {
	readonly meaning: LegacyMeaning
	/** Those that keep it, as `<flow>/<operator>`. */
	readonly operators: ReadonlySet<string>
}

/** Runs an operator with the meaning of the new job. */
export type Run = (operator: Operator, inputs: Ports, context: FlowContext) => Ports

/** How operators of these kinds run under a meaning of the old job; those of other kinds run as ever. */
export interface LegacyWay {
	readonly kinds: readonly OperatorKind[]
	readonly run: (operator: Operator, inputs: Ports, context: FlowContext, run: Run) => Ports
}
