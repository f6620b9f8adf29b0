import type { Value } from '#model/values.ts'
import type { SourceData } from '#reference/context.ts'
import type { RunFailure } from '#reference/stop.ts'

/** Inputs of one data flow, by read operator. */
export type FlowInputs = ReadonlyMap<string, SourceData>

/** How the world around the control flow behaves. */
export interface ControlInputs {
	/** Id of a task whose work outside fails. */
	readonly failing?: string
	/** What variables take from the outside, where it is not an everyday value. */
	readonly values?: ReadonlyMap<string, Value>
	/** How many rows a result set has that a loop may go over. */
	readonly rows: number
	/** How many files a folder has that a loop goes over. */
	readonly files: number
	/** What the files hold that a script reads, by its operator or task. Absent: their names. */
	readonly contents?: ReadonlyMap<string, string>
}

/** One run of a job: its inputs, and how it is expected to end. */
export interface Scenario {
	/** `main`, `empty inputs`, `one row each`, `failing at <operator>`. */
	readonly name: string
	readonly kind: 'main' | 'empty' | 'few' | 'failing' | 'control'
	/** By flow id. */
	readonly flows: ReadonlyMap<string, FlowInputs>
	/** What variables of the job begin with, where not with the job's own values. */
	readonly variables?: ReadonlyMap<string, Value>
	/** Absent: nothing fails, and loops have several passes. */
	readonly control?: ControlInputs
	/** The reference stops here on these inputs. */
	readonly failure?: RunFailure
}
