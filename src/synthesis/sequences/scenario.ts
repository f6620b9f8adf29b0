import type { JobStatus } from '#reference/sequence/world.ts'

/** One run of a sequence: the texts of its parameters, and how its activities end. */
export interface SequenceScenario {
	/** What is special about it. */
	readonly name: string
	readonly parameters: ReadonlyMap<string, string>
	/** By task id; all others end well. */
	readonly ends: ReadonlyMap<string, JobStatus>
	/** Tasks whose patterns no file fits. */
	readonly noFiles?: ReadonlySet<string>
	/** User statuses that jobs set, by task id. */
	readonly statuses?: ReadonlyMap<string, string>
}
