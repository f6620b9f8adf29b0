import type { SourceData } from '#reference/context.ts'
import type { RunFailure } from '#reference/stop.ts'

/** Inputs of one data flow, by read operator. */
export type FlowInputs = ReadonlyMap<string, SourceData>

/** One run of a job: its inputs, and how it is expected to end. */
export interface Scenario {
	/** `main`, `empty inputs`, `failing at <operator>`. */
	readonly name: string
	readonly kind: 'main' | 'empty' | 'failing'
	/** By flow id. */
	readonly flows: ReadonlyMap<string, FlowInputs>
	/** The reference stops here on these inputs. */
	readonly failure?: RunFailure
}
