import type { GeneratedSequence } from '#evidence/sequence.ts'
import type { StateMachineEntry } from '#generators/jobs-file.ts'
import { definitionProblems } from '#generators/step-functions/well-formed.ts'

/** A state machine with what keeps it from being well-formed (E1). */
export function readMachine(entry: StateMachineEntry, definition: string): GeneratedSequence {
	return {
		entry,
		definition,
		problems: definitionProblems(definition).map((problem) => `${entry.definition}: ${problem}`),
	}
}
